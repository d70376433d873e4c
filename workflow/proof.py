"""What a procedure is refused for when it loads; every sentence names file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from workflow.field import PERSONS, Field
from workflow.machine import leads_anywhere_else, sources, targets
from workflow.proving.rows import each_resident_has_his_row, what_is_numbered_is_met_by_its_number
from workflow.proving.source import Contradiction, at, misspelt
from workflow.wording import has_wording
from workflow.words.acts import Act
from workflow.words.chapter import InvalidProcedure
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.what import Document
from workflow.words.when import Clock, Earliest, Window
from workflow.words.where import new, same
from workflow.words.who import Above, Role, Turn

Found = Iterator[Contradiction]


def prove(procedure: type[Procedure]) -> type[Procedure]:
    """Gives the procedure back; raises `InvalidProcedure` with every contradiction found in it."""
    if found := list(contradictions(procedure)):
        raise InvalidProcedure("\n".join(map(str, found)))
    return procedure


def contradictions(procedure: type[Procedure]) -> Found:
    yield from misspelt(procedure)
    for proof in PROOFS:
        yield from proof(procedure)


# States


def every_state_is_reached_and_left(procedure: type[Procedure]) -> Found:
    acts = list(procedure.all_acts())
    reached = {target for act in acts for target in targets(procedure, act)}
    for state in procedure.states.values():
        here = [act for act in acts if state.id in sources(procedure, act)]
        leaving = [act for act in here if leads_anywhere_else(procedure, act, state)]
        if state.id not in reached:
            yield at(procedure, state, f"{state.id} is never reached")
        if not state.final and not leaving:
            yield at(procedure, state, f"{state.id} is a dead end")
        if state.final and not state.reopens and leaving:
            yield at(procedure, state, f"{state.id} is final but {leaving[0].id} leaves it; say reopens=True")
        if state.waiting and not any(runs_in(clock, state.id) for clock in procedure.all_clocks()):
            yield at(procedure, state, f"{state.id} waits without a clock")


def runs_in(clock: Clock, state: str) -> bool:
    return not clock.states or state in {id_of(each) for each in clock.states}


def some_act_opens_a_case(procedure: type[Procedure]) -> Found:
    if not any(new in act.arrow.sources for act in procedure.all_acts()):
        yield Contradiction(procedure.file, 1, "no act opens a case")


# Acts


def every_act_has_its_law(procedure: type[Procedure]) -> Found:
    words: list[Act | Clock] = [*procedure.all_acts(), *procedure.all_clocks()]
    for word in words:
        if word.source is None:
            yield at(procedure, word, f"{word.id} stands outside a law's block")


def every_act_is_done_by_somebody(procedure: type[Procedure]) -> Found:
    for act in procedure.all_acts():
        for who in (*(each for hand in act.hands for each in hand), *several(act.via), *several(act.tells)):
            if not isinstance(who, Field | Turn) and id_of(who) not in procedure.roles:
                yield at(procedure, act, f"{act.id} names {who}, who is no role of this procedure")
        if not act.by and act.id not in procedure.fired and not asks_the_case(act):
            yield at(procedure, act, f"{act.id} is done by nobody and would happen by itself without a condition")
        for document in several(act.issues):
            if not isinstance(document, Document) or id_of(document) not in procedure.documents:
                yield at(procedure, act, f"{act.id} issues {document}, which is no document of this procedure")


def asks_the_case(act: Act) -> bool:
    return "must" in act.body.__code__.co_names


def nothing_goes_round_by_itself(procedure: type[Procedure]) -> Found:
    for act in procedure.all_acts():
        if act.by or act.id in procedure.fired:
            continue
        if same.id in targets(procedure, act) and not act.body.__code__.co_names[-1:]:
            yield at(procedure, act, f"{act.id} happens by itself and changes nothing: it would go round for ever")
        for target in targets(procedure, act):
            if target in leads_back(procedure, act, target):
                yield at(procedure, act, f"{act.id} can go round for ever through {target}")


def leads_back(procedure: type[Procedure], act: Act, target: str) -> set[str]:
    """States reached from `target` by acts by themselves alone, if they lead back to where `act` begins."""
    by_itself = [each for each in procedure.all_acts() if not each.by and each.id not in procedure.fired]
    seen, todo = set[str](), [target]
    while todo:
        state = todo.pop()
        for each in by_itself:
            if state in sources(procedure, each):
                fresh = set(targets(procedure, each)) - seen - {same.id}
                seen |= fresh
                todo += fresh
    return {target} if seen & set(sources(procedure, act)) else set()


# Clocks


def every_clock_is_possible(procedure: type[Procedure]) -> Found:
    for clock in procedure.all_clocks():
        for name in unresolved(procedure, clock):
            yield at(procedure, clock, f"{clock.id} names {name}, which is no act of this procedure")
        for rung in clock.rungs:
            if rung.act and id_of(rung.act) in procedure.acts and not meets(procedure, clock, id_of(rung.act)):
                yield at(procedure, clock, f"{clock.code} does {id_of(rung.act)} where it can never happen")
            for role in rung.tell:
                if id_of(role) not in procedure.roles:
                    yield at(procedure, clock, f"{clock.code} tells {role}, who is no role of this procedure")
        for state in clock.states:
            if id_of(state) not in procedure.states:
                yield at(procedure, clock, f"{clock.id} runs in {id_of(state)}, which is no state of this procedure")


def unresolved(procedure: type[Procedure], clock: Clock) -> Iterator[str]:
    named: list[Any] = [*clock.starting, *clock.ending, *(rung.act for rung in clock.rungs if rung.act)]
    named += [*(clock.pause.between or ())] if clock.pause else []
    named += [clock.extension.act, clock.extension.asked_by] if clock.extension else []
    named += [*several(clock.opens)] if isinstance(clock, Earliest) else []
    named += [*several(clock.closes)] if isinstance(clock, Window) else []
    named += [clock.met_by]
    return (id_of(act) for act in named if act and id_of(act) not in procedure.acts)


def meets(procedure: type[Procedure], clock: Clock, trigger: str) -> bool:
    places = {place for act in procedure.acts[trigger] for place in sources(procedure, act)}
    return not clock.states or bool(places & {id_of(state) for state in clock.states})


def no_two_clocks_of_one_code_run_together(procedure: type[Procedure]) -> Found:
    for one, other in combinations(procedure.all_clocks(), 2):
        if one.code == other.code and lives_meet(one, other) and places_meet(one, other):
            yield at(procedure, other, f"{one.id} and {other.id} both run as {one.code}")


def lives_meet(one: Clock, other: Clock) -> bool:
    if one.source is None or other.source is None:
        return True
    return one.source.since < other.source.until and other.source.since < one.source.until


def places_meet(one: Clock, other: Clock) -> bool:
    first, second = {id_of(each) for each in one.states}, {id_of(each) for each in other.states}
    return not first or not second or bool(first & second)


# Roles, settings, documents


def every_office_is_known(procedure: type[Procedure]) -> Found:
    for role in procedure.roles.values():
        for named in several(role.of):
            place = bottom_of(named)
            if isinstance(place, str) and not isinstance(vars(procedure).get(place), Field):
                yield at(procedure, role, f"{role.id} stands at {place}, which is no line of the file")


def bottom_of(place: Any) -> Any:
    return bottom_of(place.unit) if isinstance(place, Above) else place


def every_setting_is_lawful(procedure: type[Procedure]) -> Found:
    for setting in procedure.settings.values():
        if not setting.allows(setting.default):
            yield at(procedure, setting, f"the default of {setting.id} is not on the lawful side")


def every_document_has_its_wording(procedure: type[Procedure]) -> Found:
    for document in procedure.documents.values():
        if not has_wording(procedure, document):
            yield at(procedure, document, f"documents/{procedure.id}/{document.id}.txt is missing")


def what_is_shown_is_a_secret(procedure: type[Procedure]) -> Found:
    for act in procedure.all_acts():
        for field in several(act.reveals):
            if getattr(field, "privacy", "") != "secret" or procedure.fields.get(field.id) is not field:
                yield at(procedure, act, f"{act.id} reveals {field}, which is no secret line of the file")


# The four invariants


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
        for act in several(measure.of):
            if isinstance(act, Act) and is_outside(act) and measure.about != "office":
                yield at(procedure, measure, f"{measure.id} counts {act.id}, the use of a right, as a fault")


def is_outside(act: Act) -> bool:
    return any(isinstance(who, Role) and who.outside for hand in act.hands for who in hand)


PROOFS: tuple[Callable[[type[Procedure]], Found], ...] = (
    every_state_is_reached_and_left,
    some_act_opens_a_case,
    every_act_has_its_law,
    every_act_is_done_by_somebody,
    nothing_goes_round_by_itself,
    every_clock_is_possible,
    what_is_numbered_is_met_by_its_number,
    no_two_clocks_of_one_code_run_together,
    every_office_is_known,
    each_resident_has_his_row,
    what_is_shown_is_a_secret,
    every_setting_is_lawful,
    every_document_has_its_wording,
    no_timer_decides_about_a_person,
    nobody_acts_in_his_own_case,
    no_measure_counts_the_use_of_a_right,
)
