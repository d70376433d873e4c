"""A procedure as its public page shows it, read from its words alone."""

from __future__ import annotations

from datetime import date

from web.views.atlas import Atlas, Move, State, Term
from workflow.machine import UNOPENED, sources, targets
from workflow.words.acts import Act
from workflow.words.naming import several
from workflow.words.procedure import Procedure
from workflow.words.when import Clock, Posting, Recurring, Reminder, Window
from workflow.words.where import back

KINDS = ((Window, "当事人的期间"), (Posting, "公示期"), (Recurring, "周期性义务"), (Reminder, "提示"))


def of(procedure: type[Procedure], on: date) -> Atlas:
    """The texts in force on that day."""
    return Atlas(
        procedure.id,
        procedure.label,
        states=tuple(State(state.id, state.label, _kind(procedure, state.id)) for state in procedure.states.values()),
        moves=tuple(_move(procedure, act) for act in procedure.acts_on(on)),
        terms=tuple(_term(clock) for clock in _clocks(procedure, on)),
        papers=tuple((paper.id, paper.label) for paper in procedure.documents.values()),
    )


def _kind(procedure: type[Procedure], state: str) -> str:
    if procedure.states[state].final:
        return "final"
    opening = (act for act in procedure.all_acts() if UNOPENED in sources(procedure, act))
    return "start" if any(state in targets(procedure, act) for act in opening) else ""


def _move(procedure: type[Procedure], act: Act) -> Move:
    started = tuple(state for state in sources(procedure, act) if state != UNOPENED)
    return Move(
        act.id,
        act.label,
        started,
        tuple(state for state in targets(procedure, act) if state in procedure.states),
        tuple(dict.fromkeys(getattr(who, "label", "") for hand in act.hands for who in hand)),
        act.law,
        tuple(field.label for field in act.asks),
        tuple(paper.label for paper in several(act.issues)),
        back in act.arrow.targets,
    )


def _clocks(procedure: type[Procedure], on: date) -> list[Clock]:
    return [clock for clock in procedure.all_clocks() if clock.source is None or clock.source.is_in_force(on)]


def _term(clock: Clock) -> Term:
    kind = next((label for cls, label in KINDS if isinstance(clock, cls)), "机关的期限")
    length = str(clock.span or "")
    states = tuple(state.id for state in clock.states)
    return Term(clock.id, clock.label, kind, length, str(clock.source or ""), states)
