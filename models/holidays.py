"""A year's notice of holidays: which running terms it moves, told beforehand and then done in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, insert, text
from sqlalchemy.orm import Session

from models import casework, db
from models.almanac import NOTICE, UnreadableNotice, arranged, forgotten, year_told
from models.organisation import organisation
from models.tables import CalendarDay
from workflow.calendar import Calendar, Day, at, today
from workflow.ladder import next_at
from workflow.record import load_clock
from workflow.recounting import is_promised, recounted
from workflow.registry import definition
from workflow.sentences import Sentence
from workflow.snapshot import Actor, CaseSnapshot, RunningClock

log = logging.getLogger(__name__)
BATCH = 5_000

# Acts wait from their first statement on, or they might begin a clock by the calendar before and keep it afterwards.
HOLD_ACTS = text("LOCK TABLE cases IN EXCLUSIVE MODE")
# What lies before the first changed day, or begins after the last one, cannot move.
LIVE = text("""
SELECT k.case_id, c.no, c.procedure, c.definition, c.state, k.body FROM clocks k JOIN cases c ON c.id = k.case_id
WHERE k.status <> 'ended' AND k.started_on <= :last AND (k.due_on >= :first OR k.next_at >= :first_moment)
""")
# A timely act entered late goes back to the case as it was before the clock acted; its days are kept in the memory.
WITH_A_CASE_BEFORE = text("SELECT id FROM cases WHERE jsonb_typeof(memory -> 'earlier') = 'object'")


class Line(NamedTuple):
    """One term that the notice changes; `counted_on` is its day by the new calendar, `to_day` the one it will have.

    They differ where a person was told a later day. `confirmed`: it is provisional no longer.
    """

    no: str
    code: str
    case_id: int
    procedure: str
    definition: str
    clock: str
    text: int
    from_day: date
    to_day: date
    counted_on: date
    confirmed: bool

    @property
    def by_days(self) -> int:
        """Calendar days; negative where the term ends earlier."""
        return (self.to_day - self.from_day).days

    @property
    def is_kept(self) -> bool:
        return self.to_day != self.counted_on


@dataclass(frozen=True)
class Preview:
    """What a notice changes; `changed` are the days that are not as they stand, `looked_at` the terms recounted.

    `forgotten` are holidays of the statute of which the notice says nothing.
    """

    year: int
    notice: Mapping[date, Day]
    changed: Mapping[date, Day]
    forgotten: tuple[str, ...]
    looked_at: int = 0
    lines: tuple[Line, ...] = ()

    @property
    def later(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.by_days > 0)

    @property
    def earlier(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.by_days < 0)

    @property
    def kept(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_kept)

    @property
    def confirmed(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.confirmed)


def preview(session: Session, notice: Mapping[date, Day]) -> Preview:
    """Writes nothing. Raises UnreadableNotice where the notice is not one of this year or the next."""
    found, _ = surveyed(session, notice)
    return found


def apply(session: Session, notice: Mapping[date, Day], *, actor: Actor) -> Preview:
    """Replaces the days of the year and moves what hangs on them, in the caller's transaction; tells what it did.

    Nobody else acts on a case until that transaction ends. Lock order as everywhere: case, then clock.
    """
    session.execute(HOLD_ACTS)
    found, touched = surveyed(session, notice, ladders=True)
    if not found.changed:
        return found
    replace_days(session, found.changed)
    touched |= set(session.execute(WITH_A_CASE_BEFORE).scalars())
    cause = {"year": found.year, "source": NOTICE, "loaded_by": actor.person, "role": actor.role, "unit": actor.unit}
    casework.recount(session, sorted(touched), cause=cause)
    log.info("holidays of %s loaded by %s: %s terms changed", found.year, actor.person, len(found.lines))
    return found


def replace_days(session: Session, days: Mapping[date, Day]) -> None:
    """By this the calendar is stamped anew, and every process reads it before its next act."""
    session.execute(delete(CalendarDay).where(CalendarDay.day.in_(list(days))))
    session.execute(insert(CalendarDay), [{"day": on, **vars(day)} for on, day in days.items()])


# What changes


def surveyed(session: Session, notice: Mapping[date, Day], *, ladders: bool = False) -> tuple[Preview, set[int]]:
    """The preview and the cases to be written; with `ladders` also those of which only the next rung moves."""
    old, on = organisation(session).calendar, today(db.now(session))
    year = year_in_time(notice, on)
    days = {day: told for day, told in arranged(year, notice).items() if old.day(day) != told}
    new, lines, touched, looked_at = old.with_days(days), [], set(), 0
    for row in live(session, days):
        clock, looked_at = load_clock(row.body), looked_at + 1
        line = line_of(row, clock, new, on)
        lines += [line] if line else []
        if line or (ladders and next_rung(row, clock, new) != clock.next_at):
            touched.add(row.case_id)
    return Preview(year, notice, days, forgotten(year, notice), looked_at, tuple(sorted(lines))), touched


def year_in_time(notice: Mapping[date, Day], on: date) -> int:
    """A notice comes in the year before, or corrects the year that runs; any other year is a slip of the pen."""
    year = year_told(notice)
    if year not in (on.year, on.year + 1):
        span = {"first": on.year, "last": on.year + 1}
        raise UnreadableNotice(
            Sentence("通知是{year}年的，现在只能载入{first}年或者{last}年的通知。", year=year, **span)
        )
    return year


def live(session: Session, days: Mapping[date, Day]) -> Iterator[Row[Any]]:
    """Terms on which one of these days may bear, fetched by the thousand."""
    if days:
        bounds = {"first": min(days), "first_moment": at(min(days)), "last": max(days)}
        yield from session.execute(LIVE, bounds, execution_options={"yield_per": BATCH})


def line_of(row: Row[Any], clock: RunningClock, calendar: Calendar, on: date) -> Line | None:
    """The event is not known yet and stands as 0; its day and number are written when it is done."""
    counted = recounted(clock, calendar, notified=False, on=on, seq=0)
    shorter = counted.due_on < clock.due_on and is_promised(definition(row.procedure, row.definition), clock)
    new = recounted(clock, calendar, notified=True, on=on, seq=0) if shorter else counted
    if new == clock and not shorter:
        return None
    return Line(
        row.no, clock.code, row.case_id, row.procedure, row.definition, clock.id, clock.text, clock.due_on, new.due_on,
        counted.due_on, confirmed=clock.provisional and not new.provisional,
    )  # fmt: skip


def next_rung(row: Row[Any], clock: RunningClock, calendar: Calendar) -> datetime | None:
    procedure = definition(row.procedure, row.definition)
    return next_at(procedure, CaseSnapshot(row.no, row.procedure, row.state), clock, calendar)
