"""The four invariants over all procedures (house.md: silence, timers, one's own case, the use of a right)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workflow.field import PERSONS
from workflow.fields import Field
from workflow.machine import sources, targets
from workflow.proving.bodies import bodies_of, calls, of_case
from workflow.proving.contradiction import Found, at, coded
from workflow.words.acts import Act
from workflow.words.measures import Measure
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.where import State, same
from workflow.words.who import Role


def no_timer_decides_about_a_person(procedure: type[Procedure]) -> Found:
    """Invariants 1 and 2: what grants, refuses, grades, admits, expels or charges is done by a person."""
    for act in procedure.all_acts():
        if act.decides and (not act.by or act.id in procedure.fired):
            yield at(procedure, act, f"{act.id} decides and must be done by a person, never by a clock or by itself")


def what_a_clock_does_says_so(procedure: type[Procedure]) -> Found:
    """Invariant 1: silence approves nothing. What a person does, a clock does only where the act says `clock_may`."""
    for act in procedure.all_acts():
        fired = act.id in procedure.fired
        if fired and act.by and not act.clock_may:
            yield at(procedure, act, f"{act.id} is done by {doers(act)}, and a clock does it too; say clock_may=True")
        if act.clock_may and act.by and not fired:
            yield at(procedure, act, f"{act.id} says clock_may and no clock does it")


def doers(act: Act) -> str:
    return ", ".join(dict.fromkeys(id_of(who) for hand in act.hands for who in hand))


def nobody_is_judged_by_silence(procedure: type[Procedure]) -> Found:
    """Invariants 1 and 2: an act that nobody does neither takes the place of a decision nor writes about a person."""
    for act in procedure.all_acts():
        if act.by or act.clock_may:
            continue
        for decision in instead_of(procedure, act):
            yield at(procedure, act, f"{act.id} ends where {decision} decides, and nobody decides; say clock_may=True")
        if any(is_about_a_person(procedure, about) for about in entered_about(procedure, act)):
            yield at(
                procedure,
                act,
                f"{act.id} writes about a person into a register, and nobody does it; say clock_may=True",
            )


def instead_of(procedure: type[Procedure], act: Act) -> list[str]:
    """Decisions that lead to the same end, or the same way from the same state."""
    ends, begins = ends_of(procedure, act), set(sources(procedure, act))
    final = {state.id for state in procedure.states.values() if state.final}
    return [
        other.id for other in procedure.all_acts()
        if other.decides and (common := ends & ends_of(procedure, other))
        and (common & final or begins & set(sources(procedure, other)))
    ]  # fmt: skip


def ends_of(procedure: type[Procedure], act: Act) -> set[str]:
    return set(targets(procedure, act)) - {same.id}


def entered_about(procedure: type[Procedure], act: Act) -> Iterator[ast.expr]:
    """Whom or what the entries are about that its body, or what it calls, makes or ends."""
    for body in bodies_of(procedure, act):
        for call in (*calls(body, "enter"), *calls(body, "end")):
            yield from (*call.args[1:2], *(word.value for word in call.keywords if word.arg == "about"))


def is_about_a_person(procedure: type[Procedure], about: ast.expr) -> bool:
    """Whatever is not plainly the unit of the case or a line that names a unit."""
    name = of_case(about)
    field = vars(procedure).get(name)
    return not (name == "unit" or (isinstance(field, Field) and field.kind == "unit"))


def nobody_acts_in_his_own_case(procedure: type[Procedure]) -> Found:
    persons = [field for field in procedure.fields.values() if names_persons(field)]
    if persons and not several(procedure.parties):
        yield at(procedure, persons[0], "a procedure with persons on file names its parties")
    for party in several(procedure.parties):
        if isinstance(party, Field) and not names_persons(party):
            yield at(procedure, party, f"{party.id} of parties names no person")
    for act in procedure.all_acts():
        for who in (who for hand in act.hands for who in hand if act.decides):
            if is_party(procedure, who):
                sentence = f"{act.id} decides, and {id_of(who)} is no office: nobody decides in his own case"
                yield at(procedure, act, sentence)


def is_party(procedure: type[Procedure], who: object) -> bool:
    """Somebody from outside, or whom a line of the parties names."""
    line = procedure.fields.get(id_of(who.named)) if isinstance(who, Role) and who.is_no_post else who
    return bool(getattr(who, "outside", False)) or line in several(procedure.parties)


def names_persons(field: Field) -> bool:
    return any(each.kind in PERSONS for each in (field, *field.parts))


def no_measure_counts_the_use_of_a_right(procedure: type[Procedure]) -> Found:
    for measure in procedure.measures.values():
        for act in several(measure.of) if isinstance(measure, Measure) and measure.about != "office" else ():
            if is_a_right(procedure, act):
                yield at(procedure, measure, f"{measure.id} counts {act.id}, the use of a right, as a fault")


def is_a_right(procedure: type[Procedure], word: object) -> bool:
    """An act of somebody from outside, or a state to which such acts alone lead."""
    if isinstance(word, State):
        leading = [act for act in procedure.all_acts() if word.id in targets(procedure, act)]
        return bool(leading) and all(act.is_outsiders for act in leading)
    return isinstance(word, Act) and word.is_outsiders


def no_silence_decides(procedure: type[Procedure]) -> Found:
    """Invariant 1: the paper of a decision is issued by whoever decides, never because nobody answered."""
    deciding = {id_of(paper) for act in procedure.all_acts() if act.decides for paper in several(act.issues)}
    for act in procedure.all_acts():
        if (not act.by or act.id in procedure.fired) and (
            found := deciding & {id_of(each) for each in several(act.issues)}
        ):
            yield at(procedure, act, f"{act.id} issues {min(found)}, the paper of a decision, and nobody decides")
    for clock in procedure.all_clocks():
        for rung in clock.rungs:
            if rung.document and id_of(rung.document) in deciding:
                yield at(procedure, clock, f"{coded(clock)} issues {id_of(rung.document)}, the paper of a decision")
