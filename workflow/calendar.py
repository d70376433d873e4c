"""Working days, due days and the moments of a day in China; told which days are which, it looks nothing up."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from workflow.terms import Span, days, working_days

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)
SATURDAY = 5

DayKind = Literal["working", "rest", "make_up"]


@dataclass(frozen=True)
class Day:
    """`make_up` is a Saturday or Sunday worked in exchange for a holiday; `name` is the holiday it belongs to."""

    kind: DayKind
    name: str = ""
    source: str = ""
    confirmed: bool = True


@dataclass(frozen=True)
class Due:
    """`provisional` where a day that had to be a working day or not is still unconfirmed."""

    on: date
    provisional: bool = False


WEEKDAY = Day("working", confirmed=False)
WEEKEND = Day("rest", confirmed=False)


class Calendar:
    """A day that was not told is a working day from Monday to Friday, unconfirmed."""

    def __init__(self, days: Mapping[date, Day]) -> None:
        self._days = dict(days)
        self._working = {on: day.kind != "rest" for on, day in self._days.items()}
        self._unconfirmed = {on for on, day in self._days.items() if not day.confirmed}

    def with_days(self, told: Mapping[date, Day]) -> Calendar:
        """Another calendar, in which these days are as told."""
        return Calendar({**self._days, **told})

    def day(self, on: date) -> Day:
        return self._days.get(on) or (WEEKDAY if on.weekday() < SATURDAY else WEEKEND)

    def is_working(self, on: date) -> bool:
        working = self._working.get(on)
        return on.weekday() < SATURDAY if working is None else working

    def is_confirmed(self, on: date) -> bool:
        return on in self._days and on not in self._unconfirmed

    def add(self, on: date, span: Span) -> Due:
        """The last day of a span that begins the day after `on` (民法典201); a negative span counts backwards.

        Where the last month has no such day, its last one (民法典202). Hours are counted from a moment: ValueError.
        """
        if span.unit == "working_days":
            return self._step(on, span.count)
        if span.unit == "days":
            return Due(on + timedelta(days=span.count))
        if span.unit == "hours":
            raise ValueError("hours are counted from a moment, not from a day")
        return Due(months_later(on, span.count * (12 if span.unit == "years" else 1)))

    def back(self, on: date, span: Span) -> date:
        return self.add(on, Span(-span.count, span.unit)).on

    def forward(self, due: Due) -> Due:
        """The same day, or the next working day where it is a rest day (民法典203)."""
        on, provisional = due.on, due.provisional or not self.is_confirmed(due.on)
        while not self.is_working(on):
            on += ONE_DAY
            provisional = provisional or not self.is_confirmed(on)
        return Due(on, provisional)

    def next_working(self, on: date) -> date:
        """The day itself where it is a working day."""
        return self.forward(Due(on)).on

    def previous_working(self, on: date) -> date:
        """The day itself where it is a working day."""
        while not self.is_working(on):
            on -= ONE_DAY
        return on

    def left(self, after: date, through: date, *, working: bool) -> Span:
        """How much of a span lies after one day, through another: what a pause leaves over."""
        gap = (through - after).days
        if not working:
            return days(gap)
        return working_days(sum(self.is_working(after + timedelta(days=n)) for n in range(1, gap + 1)))

    def _step(self, on: date, count: int) -> Due:
        step, left, provisional = (ONE_DAY if count > 0 else -ONE_DAY), abs(count), False
        while left:
            on += step
            left -= self.is_working(on)
            provisional = provisional or not self.is_confirmed(on)
        return Due(on, provisional)


def months_later(on: date, count: int) -> date:
    """The same day of another month, or that month's last day where it has no such day."""
    year, month = divmod(on.year * 12 + on.month - 1 + count, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def age(born: date, on: date) -> int:
    """Full years on that day; whoever was born on 29 February is a year older on 1 March of an ordinary year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def today(at: datetime) -> date:
    """The day in Shanghai; a moment without a zone is refused with ValueError."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone has no day")
    return at.astimezone(SHANGHAI).date()


@lru_cache(maxsize=4096)
def at(on: date, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """That moment of the day in Shanghai."""
    return datetime.combine(on, time(hour, minute, second), SHANGHAI)


def end_of(on: date) -> datetime:
    """The last second in which what is due that day is in time."""
    return at(on, 23, 59, 59)
