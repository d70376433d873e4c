"""Running clocks as readers see them: what is left, how much is used, and how the day came about."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from web.languages import gettext as _
from web.languages import said, t
from web.views.case import Clock
from web.views.due import Cell, Due, Pause, Receipt, Standing
from workflow import receipts
from workflow.calendar import Calendar
from workflow.calendar import today as day_of
from workflow.receipts import WHY
from workflow.snapshot import RunningClock
from workflow.words.procedure import Procedure
from workflow.words.when import Deadline

Law = type[Procedure]
MARKS: dict[str, Literal["", "休", "班"]] = {"working": "", "rest": "休", "make_up": "班"}


def due(law: Law, clock: RunningClock, now: datetime, calendar: Calendar) -> Due:
    """An office's term is told in working days, a person's in days, a short one in hours."""
    on, unit = day_of(now), unit_of(law, clock)
    if unit == "working_days" and clock.due_on > on and not days_left(clock, on, calendar, working=True):
        unit = "days"  # only rest days are left, yet it is not due today
    left = hours_left(clock, now) if unit == "hours" else days_left(clock, on, calendar, unit == "working_days")
    return Due(
        label(law, clock), clock.due_on, left, unit,  # type: ignore[arg-type]
        standing=standing(law, clock, now), used=used(clock, on), since=clock.paused_on, ended_on=clock.ended_on,
        provisional=clock.provisional,
    )  # fmt: skip


def label(law: Law, clock: RunningClock) -> str:
    return t(law.clock(clock.id, clock.text).label, f"{law.id}.{clock.id}")


def unit_of(law: Law, clock: RunningClock) -> str:
    if clock.unit == "hours":
        return "hours"
    return "working_days" if law.clock(clock.id, clock.text).binds_office else "days"


def hours_left(clock: RunningClock, now: datetime) -> int:
    return math.floor((clock.due_at - now).total_seconds() / 3600)


def days_left(clock: RunningClock, on: date, calendar: Calendar, working: bool) -> int:
    """Below zero: so many days after the due day, today included."""
    if clock.due_on >= on:
        return int(calendar.left(on, clock.due_on, working=working).count)
    return -max(int(calendar.left(clock.due_on, on, working=working).count), 1)


def standing(law: Law, clock: RunningClock, now: datetime) -> Standing:
    if clock.is_live:
        if clock.status == "paused":
            return "paused"
        return "overdue" if now > clock.due_at and is_duty(law, clock) else "running"
    if not is_duty(law, clock) or clock.ended == "waived":
        return "left"
    return "kept" if clock.ended_on is None or clock.ended_on <= clock.due_on else "missed"


def is_duty(law: Law, clock: RunningClock) -> bool:
    """Whether letting it pass is the office's fault."""
    return law.clock(clock.id, clock.text).overdue_after


def used(clock: RunningClock, on: date) -> float:
    whole = (clock.due_on - clock.started_on).days
    return 100.0 if whole <= 0 else round(100 * min(max((on - clock.started_on).days / whole, 0), 1), 1)


def foremost(law: Law, clocks: tuple[RunningClock, ...]) -> RunningClock | None:
    """The one a list shows: the office's next duty, else whatever else runs."""
    live = sorted((clock for clock in clocks if clock.is_live), key=lambda clock: clock.due_at)
    return next(
        (clock for clock in live if isinstance(law.clock(clock.id, clock.text), Deadline)), next(iter(live), None)
    )


# The explanation


def explained(law: Law, clock: RunningClock, now: datetime, calendar: Calendar) -> Clock:
    text = law.clock(clock.id, clock.text)
    shown = receipt(law, clock, calendar, day_of(now))
    paused = sum(cell.kind == "stopped" for cell in shown.cells)
    return Clock(
        clock.code, label(law, clock), str(text.source or ""), clock.started_on, length(law, clock),
        due(law, clock, now, calendar), paused=paused, receipt=shown,
    )  # fmt: skip


def length(law: Law, clock: RunningClock) -> str:
    """A term without a length of its own ends on a day that somebody has set."""
    return t(clock.term, law.id) if clock.term != law.clock(clock.id, clock.text).label else _("到指定的日期")


def receipt(law: Law, clock: RunningClock, calendar: Calendar, on: date | None = None) -> Receipt:
    """With the day it is read, a term that stands still is told up to that day and no further."""
    kind = type(law.clock(clock.id, clock.text)).__name__
    found = receipts.receipt(kind, clock, calendar)
    is_counted = clock.unit != "hours" and any(row.counted for row in found.rows)
    daily = tuple(cells(found, calendar)) if is_counted else ()
    if on and clock.paused_on and daily:
        daily = (*(cell for cell in daily if cell.on < clock.paused_on), *stopped(clock.paused_on, on, calendar))
    return Receipt(
        tuple(said(sentence) for sentence in found.sentences), daily, tuple(pauses(daily)), clock.started_on,
        clock.due_on, clock.unit == "working_days",
    )  # fmt: skip


def stopped(since: date, on: date, calendar: Calendar) -> Iterator[Cell]:
    for number in range((on - since).days + 1):
        day = since + timedelta(days=number)
        yield Cell(day, "stopped", 0, MARKS[calendar.day(day).kind])


def cells(found: receipts.Receipt, calendar: Calendar) -> Iterator[Cell]:
    for place, row in enumerate(found.rows):
        kind = "start" if place == 0 else "due" if row.on == found.due_on else "counted" if row.counted else "skipped"
        is_stopped = row.why.template == WHY["paused"]
        unsure = not row.counted and not calendar.is_confirmed(row.on)
        yield Cell(row.on, "stopped" if is_stopped else kind, row.number or 0, MARKS[row.day_kind], "", unsure)  # type: ignore[arg-type]


def pauses(daily: tuple[Cell, ...]) -> Iterator[Pause]:
    """Runs of days that stood still."""
    run: list[date] = []
    for cell in (*daily, None):
        if cell and cell.kind == "stopped":
            run.append(cell.on)
        elif run:
            yield Pause(run[0], run[-1])
            run = []
