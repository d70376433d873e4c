"""What a case may stand in, hold and run by, name by name: two definitions that differ in it are two versions."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.field import Field
from workflow.words.procedure import Procedure


def fingerprint(procedure: type[Procedure]) -> tuple[str, ...]:
    return tuple(sorted({*states(procedure), *lines(procedure), *clocks(procedure), *persons_and_acts(procedure)}))


def states(procedure: type[Procedure]) -> Iterator[str]:
    for state in procedure.states.values():
        marks = (mark for mark in ("waiting", "final", "detour") if getattr(state, mark))
        yield " ".join(("state", state.id, *marks))


def lines(procedure: type[Procedure]) -> Iterator[str]:
    for field in procedure.fields.values():
        yield from line(field.id, field)


def line(name: str, field: Field) -> Iterator[str]:
    """A column and an option stand behind their line: `line goods.food`."""
    yield f"line {name} {field.kind}"
    yield from (f"line {name}.{option}" for option in field.options)
    for part in field.parts:
        yield from line(f"{name}.{part.id}", part)


def clocks(procedure: type[Procedure]) -> Iterator[str]:
    for name, texts in procedure.clocks.items():
        for number, clock in enumerate(texts):
            yield f"clock {name} {type(clock).__name__}{f' {number}' if number else ''}"


def persons_and_acts(procedure: type[Procedure]) -> Iterator[str]:
    for role in procedure.roles.values():
        yield f"role {role.id}{' outside' if role.outside else ''}"
    yield from (f"act {name}" for name in procedure.acts)
