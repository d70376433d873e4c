"""What a new arrangement of holidays does to a clock that is running already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from workflow.calendar import Calendar, end_of
from workflow.snapshot import Move, RunningClock
from workflow.tally import Step, is_provisional, steps


def recounted(clock: RunningClock, calendar: Calendar, *, notified: bool, on: date, seq: int) -> RunningClock:
    """The clock as the new calendar dates it; `on` and `seq` are the day and the event of the arrangement.

    A term of which a resident has been `notified` is lengthened but never shortened. Where the day stays, only
    `provisional` may change and nothing is moved. The next rung is for the caller to work out.
    """
    if not depends_on_holidays(clock):
        return clock
    done = steps(clock, calendar)
    provisional = is_provisional(done[-1].tally, clock, calendar)
    due_on = max(done[-1].due_on, clock.due_on) if notified else done[-1].due_on
    if due_on == clock.due_on:
        return replace(clock, provisional=provisional)
    return moved(clock, due_on, done, Move("calendar", seq, on, due_on), provisional=provisional)


def depends_on_holidays(clock: RunningClock) -> bool:
    """Not a day that somebody set, nor hours, nor calendar days that no rest day moves; nor what has ended."""
    return clock.is_live and bool(clock.count) and (clock.unit == "working_days" or clock.rolls)


def moved(clock: RunningClock, due_on: date, done: list[Step], move: Move, *, provisional: bool) -> RunningClock:
    return replace(
        clock,
        due_on=due_on,
        due_at=end_of(due_on),
        first_due_on=done[0].due_on,
        provisional=provisional,
        moves=(*clock.moves, move),
        climbed=frozenset(),
        dating=clock.dating + 1,
    )
