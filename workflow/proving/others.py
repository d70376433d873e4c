"""What one procedure asks of another is there: links, cases counted over, cases opened, names told apart."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from workflow.fields import Field
from workflow.proving.bodies import bodies, calls
from workflow.proving.contradiction import Contradiction, Found, at, on_line, perhaps
from workflow.words.acts import Act
from workflow.words.naming import id_of, several
from workflow.words.outside import Cases, Census
from workflow.words.procedure import Procedure
from workflow.words.where import new

House = Mapping[str, type[Procedure]]


def between(procedures: House) -> Found:
    """Contradictions that no procedure shows by itself; `procedures` are all that run together, by id."""
    for procedure in procedures.values():
        for proof in PROOFS:
            yield from proof(procedure, procedures)


def links_lead_somewhere(procedure: type[Procedure], house: House) -> Found:
    for field in procedure.fields.values():
        for line in (field, *field.parts):
            if line.kind == "case" and line.of not in house:
                yield at(procedure, field, f"{field.id} names cases of {line.of}, which is no procedure here")


def cases_counted_over_can_be_found(procedure: type[Procedure], house: House) -> Found:
    for word in procedure.words(Cases).values():
        other = house.get(word.procedure)
        if other is None:
            yield at(procedure, word, f"{word.id} asks for cases of {word.procedure}, which is no procedure here")
        elif word.by and not leads_to(other, word.by, procedure):
            yield at(procedure, word, f"{word.id}: {word.by} of {other.id} is no link to {procedure.id}")
        else:
            yield from lines_in_common(procedure, word, other)


def censuses_count_what_there_is(procedure: type[Procedure], house: House) -> Found:
    for word in procedure.words(Census).values():
        other = house.get(word.procedure)
        if other is None:
            guess = perhaps(word.procedure, house)
            yield at(procedure, word, f"{word.id} counts cases of {word.procedure}, which is no procedure here{guess}")
        elif not leads_to(other, word.by, procedure):
            yield at(procedure, word, f"{word.id}: {word.by} of {other.id} is no link to {procedure.id}")


def what_is_waited_for_is_an_act_there(procedure: type[Procedure], house: House) -> Found:
    for word in procedure.words(Cases).values():
        other = house.get(word.procedure)
        for act in several(word.after) if other else ():
            if other and id_of(act) not in other.acts:
                guess = perhaps(id_of(act), other.acts)
                yield at(procedure, word, f"{word.id} waits for {id_of(act)}, which is no act of {other.id}{guess}")


def leads_to(other: type[Procedure], name: str, procedure: type[Procedure]) -> bool:
    field = other.fields.get(name)
    return field is not None and field.kind == "case" and field.of == procedure.id


def lines_in_common(procedure: type[Procedure], word: Cases, other: type[Procedure]) -> Found:
    for field in word.same:
        theirs = other.fields.get(field.id)
        if theirs is None or theirs.kind != field.kind:
            yield at(procedure, word, f"{word.id}: {other.id} has no line {field.id} of that kind")


def what_is_opened_can_be_opened(procedure: type[Procedure], house: House) -> Found:
    for line, opener, given in (*opened_by_bodies(procedure), *opened_by_rungs(procedure)):
        act = opening_act(house, opener)
        if act is None:
            yield Contradiction(procedure.file, line, f"{opener} opens no case of any procedure here")
            continue
        asked = {each.field.id: each.field for each in act.form}
        for name in sorted(given - asked.keys()) if given is not None else ():
            yield Contradiction(procedure.file, line, f"{opener} does not ask {name}")
        for name in missing(asked, given):
            yield Contradiction(procedure.file, line, f"{opener} asks {name}, which is not given")


def missing(asked: Mapping[str, Field], given: set[str] | None) -> list[str]:
    """What must be filled in and is not; nothing can be said where the names are worked out."""
    return (
        [] if given is None else sorted(name for name, field in asked.items() if field.required and name not in given)
    )


def opening_act(house: House, opener: str) -> Act | None:
    name, _, trigger = opener.partition(".")
    texts = house[name].acts.get(trigger, ()) if name in house else ()
    return next((act for act in texts if new in act.arrow.sources), None)


def opened_by_bodies(procedure: type[Procedure]) -> Iterator[tuple[int, str, set[str] | None]]:
    """Line, opener and names given, wherever a body opens a case; None where a mapping brings the names."""
    for body in bodies(procedure):
        for call in calls(body, "open"):
            opener = written_as(procedure, call.args[0]) if call.args else ""
            names = {word.arg.rstrip("_") for word in call.keywords if word.arg and word.arg != "at"}
            yield body.line(call), opener, None if any(word.arg is None for word in call.keywords) else names


def written_as(procedure: type[Procedure], node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    name = ast.unparse(node)
    known = {each.__name__: each.id for each in Procedure.by_version.values()}
    owner, _, trigger = name.rpartition(".")
    return f"{known.get(owner, procedure.id)}.{trigger.rstrip('_')}"


def opened_by_rungs(procedure: type[Procedure]) -> Iterator[tuple[int, str, None]]:
    for clock in procedure.all_clocks():
        for rung in clock.rungs:
            if rung.opening:
                yield at(procedure, clock, "").line, rung.opening[0], None


def numbers_are_told_apart(procedure: type[Procedure], house: House) -> Found:
    others = (other for other in house.values() if other is not procedure and other.id < procedure.id)
    for other in others:
        if other.number_prefix == procedure.number_prefix:
            yield on_line(procedure, "number_prefix", f"{procedure.number_prefix} is the prefix of {other.id} already")


def one_post_is_one_office(procedure: type[Procedure], house: House) -> Found:
    """A role's id is the post that is held: an outsider's in one procedure is not staff's in another."""
    for other in house.values():
        for name in sorted(procedure.roles.keys() & other.roles.keys()) if other.id < procedure.id else ():
            if procedure.roles[name].outside != other.roles[name].outside:
                yield at(
                    procedure, procedure.roles[name], f"{name} is staff here or in {other.id}, and outside in the other"
                )


PROOFS = (
    links_lead_somewhere, cases_counted_over_can_be_found, censuses_count_what_there_is,
    what_is_waited_for_is_an_act_there, what_is_opened_can_be_opened, numbers_are_told_apart,
    one_post_is_one_office,
)  # fmt: skip
