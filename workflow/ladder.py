"""The ladder beside a clock: when each rung is due, which are still to be climbed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from workflow.calendar import Calendar, at
from workflow.machine import places
from workflow.snapshot import AT_ONCE, CaseSnapshot, Facts, RunningClock
from workflow.terms import Span
from workflow.words.naming import id_of
from workflow.words.procedure import Procedure
from workflow.words.when import Clock, Posting, Recurring, Rung

ONE_DAY = timedelta(days=1)
NEXT = "next"  # the rung every recurring duty has without saying so: its period is over


class DueRung(NamedTuple):
    """A rung and the moment it is due; `rung` is nothing for the turn of a recurring duty's period.

    `since` is the day of the act that an act of the clock had to wait for, where it had to.
    """

    at: datetime
    key: str
    clock: RunningClock
    rung: Rung | None
    step: int = -1
    since: date = date.min

    @property
    def act(self) -> str:
        """Id of the act it does, or nothing."""
        return id_of(self.rung.act) if self.rung and self.rung.act else ""


def pending(procedure: type[Procedure], snapshot: CaseSnapshot, facts: Facts, until: datetime) -> list[DueRung]:
    """All rungs due by then that can be climbed where the case stands, the oldest first."""
    ripe = (row for row in snapshot.clocks if row.next_at and row.next_at <= until)
    due = (rung for row in ripe for rung in ahead(procedure, snapshot, row, facts.calendar))
    return sorted((rung for rung in due if rung.at <= until), key=order)


def first_due(
    procedure: type[Procedure], snapshot: CaseSnapshot, calendar: Calendar, until: datetime
) -> DueRung | None:  # fmt: skip
    """The oldest of them; only the clocks that say so themselves are looked at."""
    first = min((row.next_at for row in snapshot.clocks if row.next_at), default=None)
    if first is None or first > until:
        return None
    ripe = (row for row in snapshot.clocks if row.next_at == first)
    due = (rung for row in ripe for rung in ahead(procedure, snapshot, row, calendar))
    return min((rung for rung in due if rung.at <= until), key=order, default=None)


def order(due: DueRung) -> tuple[datetime, bool, str, int]:
    """By time; at one moment people are told before anything is done, each ladder in the order it is written."""
    return due.at, bool(due.act), due.clock.code, due.step


def ahead(
    procedure: type[Procedure], snapshot: CaseSnapshot, row: RunningClock, calendar: Calendar
) -> Iterator[DueRung]:
    """The rungs of one clock that may be climbed yet, without those that must wait for the case to move."""
    if row.status != "running" or is_silent(procedure, snapshot):
        return
    for due in rungs_of(procedure.clock(row.id, row.text), row, calendar):
        if not is_past(due) and (not due.act or is_possible(procedure, snapshot, due.act)):
            yield after_waiting(due) if due.act else due


def after_waiting(due: DueRung) -> DueRung:
    """What could not be done when it was due is done with the act that made it possible, and not before."""
    at, on = due.clock.freed_at, due.clock.freed_on
    return due._replace(at=at, since=on) if at and on and at > due.at else due


def is_silent(procedure: type[Procedure], snapshot: CaseSnapshot) -> bool:
    state = procedure.states.get(snapshot.state)
    return state is not None and state.silent


def is_past(due: DueRung) -> bool:
    """A warning that was due before the clock was dated warns nobody any more."""
    dated = due.clock.dated_at
    return bool(due.rung and due.rung.moment.warns and due.rung.moment.kind != "at_once" and dated and due.at <= dated)


def is_possible(procedure: type[Procedure], snapshot: CaseSnapshot, trigger: str) -> bool:
    return any(snapshot.state in places(procedure, act) for act in procedure.acts[trigger])


def with_next(
    procedure: type[Procedure], snapshot: CaseSnapshot, calendar: Calendar, clocks: tuple[RunningClock, ...]
) -> tuple[RunningClock, ...]:
    """Each clock with the moment its next rung is due."""
    return tuple(timed(procedure, snapshot, row, calendar) for row in clocks)


def timed(
    procedure: type[Procedure], snapshot: CaseSnapshot, row: RunningClock, calendar: Calendar
) -> RunningClock:  # fmt: skip
    first = next_at(procedure, snapshot, row, calendar)
    return row if first == row.next_at else replace(row, next_at=first)


def next_at(
    procedure: type[Procedure], snapshot: CaseSnapshot, row: RunningClock, calendar: Calendar, done: str = ""
) -> datetime | None:
    """When the next rung is due; `done` is the key of one that is just being climbed."""
    found = (due.at for due in ahead(procedure, snapshot, row, calendar) if due.key != done)
    return min(found, default=None)


# The moments


def rungs_of(clock: Clock, row: RunningClock, calendar: Calendar) -> Iterator[DueRung]:
    """Every rung neither climbed nor set aside, with its key: `warn:D6:2`, `after:D6:1`, or `act:D6` for an act."""
    gone = row.climbed | row.waiting
    if isinstance(clock, Recurring) and (turn := f"{NEXT}:{row.code}") not in gone:
        yield DueRung(at(row.due_on + ONE_DAY, 0, 5), turn, row, None)
    for step, (rung, word, number) in enumerate(numbered(clock)):
        if (key := f"{word}:{row.code}{number}") not in gone:
            yield DueRung(moment(rung, row, calendar), key, row, rung, step)


@cache
def numbered(clock: Clock) -> tuple[tuple[Rung, str, str], ...]:
    """Each rung with its word, and with its number among those of that word where there are several."""
    words = [AT_ONCE if rung.moment.kind == AT_ONCE else word_of(rung) for rung in clock.rungs]
    numbers = [f":{words[: n + 1].count(word)}" if words.count(word) > 1 else "" for n, word in enumerate(words)]
    return tuple(zip(clock.rungs, words, numbers, strict=True))


def word_of(rung: Rung) -> str:
    if rung.act:
        return id_of(rung.act)
    return "warn" if rung.moment.warns else rung.moment.kind


def moment(rung: Rung, row: RunningClock, calendar: Calendar) -> datetime:
    """Warnings at 09:00, on a rest day the working day before; overdue at 00:05 of the next day; later rungs at 09:00
    of a working day; what a clock counted in hours does, it does at its minute (C8 of the specifications)."""
    (span,) = rung.moment.spans
    match rung.moment.kind:
        case "at_once":
            return row.started_at
        case "since":
            return morning(calendar, row.started_on, stretched(span, row))
        case "before":
            return morning(calendar, row.due_on, Span(-span.count, span.unit))
        case "on_the_day":
            return at(row.due_on, 0, 5) if rung.act else morning(calendar, row.due_on, span)
        case "overdue":
            return first_moment_after(row)
        case _:
            return morning(calendar, row.due_on, span, late=True)


@lru_cache(maxsize=4096)  # most cases of a day share them
def morning(calendar: Calendar, on: date, span: Span, late: bool = False) -> datetime:
    """09:00 of the day so far from that one; on a rest day of the working day before, or of the next where `late`."""
    day = calendar.add(on, span).on
    return at(calendar.next_working(day) if late else calendar.previous_working(day), 9)


def first_moment_after(row: RunningClock) -> datetime:
    return row.due_at if row.unit == "hours" else at(row.due_on + ONE_DAY, 0, 5)


def stretched(span: Span, row: RunningClock) -> Span:
    """Days that stood still do not bring the n-th day of the term any nearer."""
    if not row.moves or span.unit != "days":
        return span
    pauses = [move for move in row.moves if move.kind in ("pause", "resume")]
    stood = sum((end.on - begin.on).days for begin, end in zip(pauses[::2], pauses[1::2], strict=False))
    return Span(span.count + stood, span.unit)


def day_of_act(clock: Clock, due: DueRung) -> date:
    """The day an act of the clock is dated: the last day of a term; the day after for a posting; else its own; never
    before the act it waited for."""
    if due.rung and due.rung.moment.kind == "overdue":
        return max(due.clock.due_on + ONE_DAY if isinstance(clock, Posting) else due.clock.due_on, due.since)
    return max(due.at.date(), due.since)
