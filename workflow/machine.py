"""A procedure as one shared `transitions` machine, asked one question at a time on a token that is thrown away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

from transitions import EventData, Machine

from workflow.words.acts import Act
from workflow.words.case import Case, Unfilled
from workflow.words.procedure import Procedure
from workflow.words.where import Here, State, Target, anywhere, back, new, same, still_open

UNOPENED = "unopened"


@dataclass(eq=False)
class Token:
    """Carries one case and the filled-in form through one question; never registered with the machine."""

    state: str
    case: Case
    act: Act
    form: dict[str, Any]
    positional: list[Any]
    target: str = ""


@cache
def machine(procedure: type[Procedure]) -> Machine:
    """Shared by all threads and never changed: `queued=False`, no model, no transition but those written."""
    return Machine(
        model=None,
        states=[UNOPENED, *procedure.states],
        initial=UNOPENED,
        transitions=[arrow for act in procedure.all_acts() for arrow in arrows(procedure, act)],
        auto_transitions=False,
        send_event=True,
        queued=False,
    )


def arrows(procedure: type[Procedure], act: Act) -> Iterator[dict[str, object]]:
    """One arrow for each end an act may have; the body says which is taken."""
    for target in targets(procedure, act):
        dest = "=" if target == same.id else target
        conditions = [leads_to(act, target)]
        yield {"trigger": act.id, "source": sources(procedure, act), "dest": dest, "conditions": conditions}


def sources(procedure: type[Procedure], act: Act) -> list[str]:
    """Ids of the states the act is possible in; `unopened` for one that opens a case."""
    return [state for source in act.arrow.sources for state in standing(procedure, source)]


@cache
def places(procedure: type[Procedure], act: Act) -> frozenset[str]:
    """The same, to be asked whether a state is among them."""
    return frozenset(sources(procedure, act))


def standing(procedure: type[Procedure], source: Target) -> list[str]:
    if source is new:
        return [UNOPENED]
    if source is anywhere:
        return list(procedure.states)
    if source is still_open:
        return [state.id for state in procedure.states.values() if not state.final]
    return [source.id]


def targets(procedure: type[Procedure], act: Act) -> list[str]:
    """Ids of the states it may lead to; `same` for staying; `back` is spelt out as where the detour began."""
    found = [target.id for target in act.arrow.targets if target is not back]
    return found + (origins(procedure, act) if back in act.arrow.targets else [])


def origins(procedure: type[Procedure], act: Act) -> list[str]:
    detours = set(sources(procedure, act))
    entering = [each for each in procedure.all_acts() if detours & {target.id for target in each.arrow.targets}]
    found = [state for each in entering for state in sources(procedure, each)]
    return list(dict.fromkeys(state for state in found if state not in detours))


def leads_to(act: Act, target: str) -> Callable[[EventData], bool]:
    def led(event: EventData) -> bool:
        token: Any = event.model
        if token.act is not act:
            return False
        ask_once(token)
        return not token.case.refusals and token.target == target

    return led


def ask_once(token: Token) -> None:
    if not token.target:
        chosen = token.act.body(token.case, *token.positional, **token.form)
        token.target = destination(token, chosen)


def destination(token: Token, chosen: Any) -> str:
    allowed = token.act.arrow.targets
    chosen = chosen.state if isinstance(chosen, Here) else chosen or allowed[0]
    if chosen not in allowed:
        raise ValueError(f"{token.act} cannot lead to {chosen}")
    return token.case.snapshot.left if chosen is back else str(chosen.id)


def attempt(case: Case, act: Act, positional: list[Any], form: dict[str, Any]) -> str:
    """The state after the act; what speaks against it stands in `case.refusals`, and then nothing has moved."""
    token = Token(case.snapshot.state or UNOPENED, case, act, form, positional)
    with suppress(Unfilled):
        machine(type(case)).events[act.id].trigger(token)  # type: ignore[arg-type]
    return token.state


def leads_anywhere_else(procedure: type[Procedure], act: Act, state: State) -> bool:
    return any(target not in (same.id, state.id) for target in targets(procedure, act))
