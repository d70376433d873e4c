"""What so many cases come to: the figures of a procedure over a period, at some units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workflow.calendar import Calendar
from workflow.snapshot import Facts, Unit
from workflow.words.measures import Counting, Figure, Point, Without
from workflow.words.procedure import Procedure


def points_of(case: Procedure) -> Iterator[Point]:
    """All that one case gives, to every measure of the version it stands under."""
    for measure in type(case).measures.values():
        yield from measure.points(case)


@dataclass(frozen=True)
class Asked:
    """Figures of which days, from the first through the last, at which units; the calendar counts what looks back."""

    first: date
    last: date
    units: Sequence[Unit]
    calendar: Calendar

    def figure(self, measure: Counting, points: Iterable[Point]) -> Figure:
        """Of those points that are the measure's and lie in these days."""
        return measure.figure(self.values(measure, [each for each in points if each.measure == measure.id]))

    def values(self, measure: Counting, points: Iterable[Point]) -> list[Any]:
        if isinstance(measure, Without):
            since = self.calendar.back(self.last, measure.within)
            return measure.missing((each for each in points if since < each.on <= self.last), self.units)
        return [each.value for each in points if self.first <= each.on <= self.last]


def written_until(
    at: datetime, procedure: type[Procedure], points: Iterable[Point], facts: Facts
) -> dict[str, str]:  # fmt: skip
    """All figures from the beginning through that day, as stories write them: `3/4` of a share, `45` of a number.

    Empty where nothing was counted.
    """
    found, asked = list(points), Asked(date.min, at.date(), tuple(facts.units.values()), facts.calendar)
    return {name: written(measure, asked.figure(measure, found)) for name, measure in procedure.measures.items()}


def written(measure: Counting, figure: Figure) -> str:
    if figure.value is None:
        return ""
    return f"{figure.of}/{figure.among}" if measure.is_share else f"{float(figure.value):g}"
