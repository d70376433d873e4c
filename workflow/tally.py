"""The days of a term laid out one after another: counted, at rest, paused, added or rolled over, up to the due day.

Pauses and extensions lay out anew what lies after them, in the order in which they happened, so that the last day is
the due day that the clock was given on the way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, pairwise
from typing import Literal

from workflow.calendar import ONE_DAY, Calendar
from workflow.snapshot import Move, RunningClock
from workflow.terms import Span

Mark = Literal["start", "counted", "rest", "paused", "extended", "rolled", "named", "kept"]
COUNTED: frozenset[Mark] = frozenset(("counted", "extended"))


@dataclass(frozen=True)
class Marked:
    on: date
    mark: Mark


Tally = tuple[Marked, ...]


@dataclass(frozen=True)
class Step:
    """How the days lay after a move, and the act that caused it; the first step, before any move, has none."""

    tally: Tally
    move: Move | None = None
    cause: str = ""

    @property
    def due_on(self) -> date:
        return self.tally[-1].on


def steps(clock: RunningClock, calendar: Calendar) -> list[Step]:
    """The days as first laid out, then after each move; a paused clock's open pause has not moved it yet."""
    done = [Step(first(clock, calendar))]
    pause: Move | None = None
    for move in since_redated(clock.moves):
        tally = done[-1].tally
        if move.kind == "pause":
            pause = move
        elif move.kind == "resume" and pause:
            done.append(Step(resumed(tally, (pause.on, move.on), clock, calendar), move, pause.note))
        elif move.kind == "extend":
            done.append(Step(rolled(lengthened(tally, move, clock, calendar), clock, calendar), move, move.note))
    return done


def since_redated(moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """A clock dated anew has a new start and first due day; of what went before, only a pause still open counts."""
    last = max((n for n, move in enumerate(moves) if move.kind == "redate"), default=-1)
    stops = [move for move in moves[: last + 1] if move.kind in ("pause", "resume")]
    still_open = (stops[-1],) if stops and stops[-1].kind == "pause" else ()
    return (*still_open, *moves[last + 1 :])


def first(clock: RunningClock, calendar: Calendar) -> Tally:
    start = (Marked(clock.started_on, "start"),)
    if not clock.count:
        if clock.first_due_on < clock.started_on:
            return (Marked(clock.first_due_on, "named"),)
        return (*start, *all_days(clock.started_on, clock.first_due_on, "named"))
    span = Span(clock.count * max(clock.number, 1), clock.unit)
    return rolled((*start, *laid(clock.started_on, span, calendar, "counted")), clock, calendar)


def all_days(after: date, through: date, mark: Mark) -> Tally:
    return tuple(Marked(after + timedelta(days=n), mark) for n in range(1, (through - after).days + 1))


def laid(after: date, span: Span, calendar: Calendar, mark: Mark) -> Tally:
    if span.unit == "working_days":
        return on_working_days(after, [mark] * span.count, calendar)
    return all_days(after, calendar.add(after, span).on, mark)


def on_working_days(after: date, marks: Iterable[Mark], calendar: Calendar) -> Tally:
    laid_out: list[Marked] = []
    ahead = (after + timedelta(days=n) for n in count(1))
    for mark in marks:
        while not calendar.is_working(on := next(ahead)):
            laid_out.append(Marked(on, "rest"))
        laid_out.append(Marked(on, mark))
    return tuple(laid_out)


def rolled(tally: Tally, clock: RunningClock, calendar: Calendar) -> Tally:
    if not clock.rolls:
        return tally
    last = tally[-1].on
    return (*tally, *all_days(last, calendar.next_working(last), "rolled"))


def lengthened(tally: Tally, move: Move, clock: RunningClock, calendar: Calendar) -> Tally:
    """By the span that the move tells; where it tells none, up to the day it tells."""
    last = tally[-1].on
    if move.count:
        return (*tally, *laid(last, Span(move.count, move.unit), calendar, "extended"))
    days = all_days(last, move.due_on, "extended")
    if clock.unit == "working_days":
        days = tuple(day if calendar.is_working(day.on) else Marked(day.on, "rest") for day in days)
    return (*tally, *days)


def resumed(tally: Tally, pause: tuple[date, date], clock: RunningClock, calendar: Calendar) -> Tally:
    """The days after the pause began, moved as they are behind its end; nothing is lost before the term's start."""
    begin, end = pause
    if tally[-1].on < begin:
        return tally
    used_up = max(begin - ONE_DAY if clock.whole_days else begin, clock.started_on)
    end = max(end, clock.started_on)
    before = tuple(day for day in tally if day.on <= used_up or day.mark == "start")
    left = [day for day in tally if day.on > used_up and day.mark != "start"]
    stood = (*before, *all_days(before[-1].on, end, "paused"))
    if clock.unit == "working_days":
        marks = [day.mark for day in left if calendar.is_working(day.on)]
        return rolled((*stood, *on_working_days(end, marks, calendar)), clock, calendar)
    ahead = enumerate((day.mark for day in left), 1)
    return rolled((*stood, *(Marked(end + timedelta(days=n), mark) for n, mark in ahead)), clock, calendar)


def is_provisional(tally: Tally, clock: RunningClock, calendar: Calendar) -> bool:
    """Whether a day that had to be told from a rest day is unconfirmed; for working days and terms that roll."""
    if clock.unit == "working_days":
        looked_at = [day.on for day in tally if day.mark not in ("start", "paused")]
    else:
        turned = [(day, after) for day, after in pairwise(tally) if "rolled" in (day.mark, after.mark)]
        looked_at = [tally[-1].on, *(day.on for day, _ in turned)]
    return not all(calendar.is_confirmed(on) for on in looked_at)


def aligned(tally: Tally, due_on: date) -> Tally:
    """Up to the due day the clock has: a later arrangement of holidays does not move what is fixed."""
    upto = tuple(day for day in tally if day.on <= due_on) or tally[:1]
    return (*upto, *all_days(upto[-1].on, due_on, "kept"))
