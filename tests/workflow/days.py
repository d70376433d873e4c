"""The calendar of the worked examples, and clocks as the law would have dated them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from models.almanac import almanac
from workflow.calendar import Calendar, at, end_of
from workflow.counting import after_pause, extended
from workflow.snapshot import Move, RunningClock
from workflow.terms import Span

CALENDAR = Calendar(almanac(2024, 2029))


def running(start: date, span: Span, *, rolls: bool = False, whole_days: bool = False) -> RunningClock:
    due = CALENDAR.add(start, span)
    due = CALENDAR.forward(due) if rolls else due
    return RunningClock(
        id="handling",
        code="D6",
        started_on=start,
        started_at=at(start, 9),
        due_on=due.on,
        due_at=end_of(due.on),
        first_due_on=due.on,
        term=str(span),
        provisional=due.provisional,
        unit=span.unit,
        count=span.count,
        rolls=rolls,
        whole_days=whole_days,
    )


def paused(clock: RunningClock, begin: date, end: date, note: str = "听证") -> RunningClock:
    """Paused and running again, dated by the plain arithmetic of pauses."""
    working = clock.unit == "working_days"
    due = after_pause(
        CALENDAR, clock.due_on, begin, end, working=working, whole_days=clock.whole_days, started_on=clock.started_on
    )
    due = CALENDAR.forward(due) if clock.rolls else due
    moves = (Move("pause", 2, begin, clock.due_on, note), Move("resume", 3, end, due.on))
    return replace(clock, due_on=due.on, due_at=end_of(due.on), moves=(*clock.moves, *moves))


def prolonged(clock: RunningClock, on: date, span: Span, *, told: bool = True) -> RunningClock:
    """Extended, with or without the length on record."""
    due = extended(CALENDAR, clock.due_on, span)
    due = CALENDAR.forward(due) if clock.rolls else due
    move = Move("extend", 4, on, due.on, "批准延期", span.count if told else 0, span.unit)
    return replace(clock, due_on=due.on, due_at=end_of(due.on), moves=(*clock.moves, move))
