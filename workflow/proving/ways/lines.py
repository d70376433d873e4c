"""What is on file has its place in the new version, and no more people read it than before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from workflow.field import Field
from workflow.proving.contradiction import Found
from workflow.proving.ways.people import newly
from workflow.proving.ways.wrong import wrong
from workflow.words.acts import Act
from workflow.words.migration import Way
from workflow.words.naming import id_of, several
from workflow.words.outside import Register
from workflow.words.who import Role

PRIVACY = ("public", "internal", "personal", "sensitive", "secret")


def every_line_has_its_place(way: Way) -> Found:
    for field in way.old.fields.values():
        name = way.migration.line(field.id)
        aim = way.new.fields.get(name)
        if name and aim is None:
            sentence = f"what stands in {field.id} has no place in the new version; say left_out"
            yield wrong(way, "lines", field.id, sentence)
        elif aim is not None:
            yield from (wrong(way, "lines", field.id, each) for each in unlike(way, field, aim))
    for name in shared(map(way.migration.line, way.old.fields)):
        yield wrong(way, "lines", "", f"several lines become {name}")


def unlike(way: Way, field: Field, aim: Field) -> Iterable[str]:
    """A column is held to the same as a line."""
    columns = list(zip(field.parts, aim.parts, strict=False))
    if field.kind != aim.kind or len(field.parts) != len(aim.parts) or any(a.id != b.id for a, b in columns):
        yield f"{field.id} is {field.kind} and {aim.id} {aim.kind}, or of other parts"
    if gone := sorted(field.options.keys() - aim.options.keys()):
        yield f"{aim.id} has no option {gone[0]}"
    if PRIVACY.index(aim.privacy) < PRIVACY.index(field.privacy) or is_shown_to_more(way, field, aim):
        yield f"{aim.id} is open to more people than {field.id}"
    yield from (each for one, other in columns for each in unlike(way, one, other))


def is_shown_to_more(way: Way, field: Field, aim: Field) -> bool:
    """Whether a role sees the line that did not; said of none, all see it."""
    return bool(several(field.seen_by)) and (not several(aim.seen_by) or bool(newly(way, field.seen_by, aim.seen_by)))


def no_secret_is_shown_to_more(way: Way) -> Found:
    """A new act may show what is new; what is on file is shown to whom it was shown before."""
    lines = {way.migration.line(name) for name in way.old.fields}
    for act in way.new.all_acts():
        for field in several(act.reveals):
            before = [who for each in way.old.all_acts() if reveals(way, each, field) for who in doing(each)]
            for role in newly(way, before, doing(act)) if field.id in lines else ():
                yield wrong(way, "acts", act.id, f"{act.id} shows {field.id} to {role}, to whom it was not shown")


def reveals(way: Way, act: Act, field: Field) -> bool:
    return field.id in {way.migration.line(each.id) for each in several(act.reveals)}


def doing(act: Act) -> list[Role]:
    return [who for hand in act.hands for who in hand if isinstance(who, Role)]


def shared(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(filter(None, names)).items() if times > 1]


def every_poll_has_its_place(way: Way) -> Found:
    """Codes that are out already still open their form, and every answer can still be given."""
    for name, poll in way.old.polls.items():
        aim = way.new.polls.get(name)
        if aim is None:
            yield wrong(way, "", "", f"codes of {name} may be out, and it has no place in the new version")
            continue
        if gone := sorted(poll.options.keys() - aim.options.keys()):
            yield wrong(way, "", "", f"{name} has no answer {gone[0]} in the new version")
        was = {way.migration.state(id_of(state)) for state in several(poll.open_in)}
        if was - set(map(id_of, several(aim.open_in))):
            yield wrong(way, "", "", f"{name} is not open everywhere where it was")


def registers_keep_their_columns(way: Way) -> Found:
    for name in way.old.registers.keys() & way.new.registers.keys():
        register, aim = way.old.registers[name], way.new.registers[name]
        if columns(register) != columns(aim):
            yield wrong(way, "", "", f"{name} has other columns; entries outlive the cases that wrote them")
        pairs = ((each, aim.columns[key]) for key, each in register.columns.items() if key in aim.columns)
        yield from (wrong(way, "", "", f"{name}: {told}") for pair in pairs for told in unlike(way, *pair))


def columns(register: Register) -> set[tuple[str, str]]:
    return {(each.id, each.kind) for each in register.columns.values()}
