"""The four invariants over all procedures (house.md: silence, timers, one's own case, the use of a right)."""

from __future__ import annotations

from workflow.field import PERSONS
from workflow.fields import Field
from workflow.proving.contradiction import Found, at
from workflow.words.acts import Act
from workflow.words.measures import Measure
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.who import Role


def no_timer_decides_about_a_person(procedure: type[Procedure]) -> Found:
    """Invariants 1 and 2: what grants, refuses, grades, admits, expels or charges is done by a person."""
    for act in procedure.all_acts():
        if act.decides and (not act.by or act.id in procedure.fired):
            yield at(procedure, act, f"{act.id} decides and must be done by a person, never by a clock or by itself")


def nobody_acts_in_his_own_case(procedure: type[Procedure]) -> Found:
    persons = [field for field in procedure.fields.values() if names_persons(field)]
    if persons and not several(procedure.parties):
        yield at(procedure, persons[0], "a procedure with persons on file names its parties")


def names_persons(field: Field) -> bool:
    return any(each.kind in PERSONS for each in (field, *field.parts))


def no_measure_counts_the_use_of_a_right(procedure: type[Procedure]) -> Found:
    for measure in procedure.measures.values():
        for act in several(measure.of) if isinstance(measure, Measure) and measure.about != "office" else ():
            if isinstance(act, Act) and is_outside(act):
                yield at(procedure, measure, f"{measure.id} counts {act.id}, the use of a right, as a fault")


def is_outside(act: Act) -> bool:
    return any(isinstance(who, Role) and who.outside for hand in act.hands for who in hand)


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
                yield at(procedure, clock, f"{clock.code} issues {id_of(rung.document)}, the paper of a decision")
