"""When something comes round by the calendar: the days on which a series opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from workflow.calendar import ONE_DAY, Calendar

MONDAY = 0


class Period(Protocol):
    """Its days follow from the calendar alone, so that a day missed is found again."""

    def after(self, on: date, calendar: Calendar) -> date:
        """The first of its days later than `on`."""
        ...


@dataclass(frozen=True)
class EachYear:
    """Once a year, on the first such weekday of the month that is a working day."""

    weekday: int
    month: int

    def after(self, on: date, calendar: Calendar) -> date:
        this_year = self.of(on.year, calendar)
        return this_year if this_year > on else self.of(on.year + 1, calendar)

    def of(self, year: int, calendar: Calendar) -> date:
        """Where the month has no such working day, the search goes on into the next."""
        first = date(year, self.month, 1)
        found = first + ONE_DAY * ((self.weekday - first.weekday()) % 7)
        while not calendar.is_working(found):
            found += timedelta(weeks=1)
        return found

    def __str__(self) -> str:
        return f"每年{self.month}月第一个上班的周{'一二三四五六日'[self.weekday]}"


def first_working_monday(month: int) -> EachYear:
    return EachYear(MONDAY, month)
