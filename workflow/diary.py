"""When the series of a story open: one date a series and unit, turned over as it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from workflow.calendar import Calendar, at, today
from workflow.snapshot import Unit
from workflow.words.naming import id_of
from workflow.words.procedure import Procedure
from workflow.words.series import Series


@dataclass(frozen=True)
class Date:
    """A day on which a series opens a case at that unit."""

    on: date
    procedure: str
    unit: str
    series: Series

    @property
    def at(self) -> datetime:
        return opening(self.on)

    @property
    def trigger(self) -> str:
        return id_of(self.series.act)


def opening(on: date) -> datetime:
    """The moment of that day at which the clock opens what is due."""
    return at(on, 0, 5)


@dataclass
class Diary:
    """The next date of every series at every unit of its level."""

    calendar: Calendar
    dates: list[Date]

    @classmethod
    def of(
        cls, procedures: Iterable[type[Procedure]], units: Iterable[Unit], calendar: Calendar, begun: datetime
    ) -> Diary:
        """From the day after it was begun."""
        every = [(procedure, series) for procedure in procedures for series in procedure.series.values()]
        return cls(calendar, [
            Date(series.on.after(today(begun), calendar), procedure.id, unit.id, series)
            for procedure, series in every for unit in units if unit.level == series.each
        ])  # fmt: skip

    def until(self, moment: datetime) -> Iterator[Date]:
        return (each for each in self.dates if each.at <= moment)

    def turn(self, kept: Date) -> None:
        self.dates.remove(kept)
        following = kept.series.on.after(kept.on, self.calendar)
        self.dates.append(Date(following, kept.procedure, kept.unit, kept.series))
