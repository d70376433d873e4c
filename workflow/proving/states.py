"""States: every one reached, none a dead end, nobody waits without a clock, a detour leads back."""

from __future__ import annotations

from workflow.machine import leads_anywhere_else, sources, targets
from workflow.proving.contradiction import Found, at, on_line
from workflow.proving.places import runs_in
from workflow.words.acts import Act
from workflow.words.procedure import Procedure
from workflow.words.where import back, new, same


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


def some_act_opens_a_case(procedure: type[Procedure]) -> Found:
    if not any(new in act.arrow.sources for act in procedure.all_acts()):
        yield on_line(procedure, "", "no act opens a case")


def some_state_ends_the_case(procedure: type[Procedure]) -> Found:
    """From every state an end can be reached, by whatever detours."""
    ends = {state.id for state in procedure.states.values() if state.final}
    if not ends:
        yield on_line(procedure, "", "no state is final: a case never ends")
        return
    leads = {
        (place, to) for act in procedure.all_acts() for place in sources(procedure, act) for to in aims(procedure, act)
    }
    seen, todo = set(ends), list(ends)
    while todo:
        end = todo.pop()
        fresh = {place for place, to in leads if to == end} - seen
        seen |= fresh
        todo += fresh
    for state in procedure.states.values():
        if state.id not in seen:
            yield at(procedure, state, f"from {state.id} no end can be reached")


def aims(procedure: type[Procedure], act: Act) -> list[str]:
    return [target for target in targets(procedure, act) if target != same.id]


def every_detour_leads_back(procedure: type[Procedure]) -> Found:
    returning = [act for act in procedure.all_acts() if back in act.arrow.targets]
    for state in procedure.states.values():
        if state.detour and not any(state.id in sources(procedure, act) for act in returning):
            yield at(procedure, state, f"{state.id} is a detour that nothing leads back from")
    for act in returning:
        for place in sources(procedure, act):
            if not procedure.states[place].detour:
                yield at(procedure, act, f"{act.id} goes back from {place}, which is no detour")


def marks_of_a_state_agree(procedure: type[Procedure]) -> Found:
    labels: dict[str, str] = {}
    for state in procedure.states.values():
        if state.reopens and not state.final:
            yield at(procedure, state, f"{state.id} reopens and is not final")
        if state.waiting and state.final:
            yield at(procedure, state, f"{state.id} is final and waits for nobody")
        if state.silent and not state.detour:
            yield at(procedure, state, f"{state.id} is silent and no detour: its ladders would rest for good")
        if labels.setdefault(state.label, state.id) != state.id:
            yield at(procedure, state, f"{state.id} and {labels[state.label]} bear one label")


def reopened_states_are_left(procedure: type[Procedure]) -> Found:
    for state in procedure.states.values():
        here = [act for act in procedure.all_acts() if state.id in sources(procedure, act)]
        if state.reopens and not any(leads_anywhere_else(procedure, act, state) for act in here):
            yield at(procedure, state, f"{state.id} says reopens and nothing leaves it")
