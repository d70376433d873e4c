"""Figures about the office: what each case gives to them, and how so many points come to one number.

A case gives its points as it stands: the last day an act was done, every term that has fallen due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any, ClassVar, Literal

from workflow.fields import Field
from workflow.snapshot import Level, RunningClock, Unit
from workflow.terms import Span
from workflow.words.acts import Act
from workflow.words.naming import Word, several
from workflow.words.what import Derived
from workflow.words.when import Clock
from workflow.words.where import State


@dataclass(frozen=True)
class Point:
    """What one case gives to one measure on one day: 0 or 1 of a share, else the number itself.

    `what` is the id of the act or clock it comes from, `groups` what the lines say by which figures are told apart.
    """

    measure: str
    unit: str
    on: date
    value: int | Decimal
    what: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """`of` so many `among` so many; `value` is the share or the number, and nothing where nothing was counted."""

    value: Fraction | None
    among: int
    of: int = 0


@dataclass(eq=False, repr=False, kw_only=True)
class Counting(Word):
    """What all figures are told: of which cases alone (`where`), and by which lines of the file they are told apart."""

    where: Any = None
    by: Any = ()
    id: str = field(default="", init=False)
    shape: ClassVar[Literal["share", "days", "number", "units"]]
    counted: ClassVar[Callable[..., Iterable[tuple[date, Any, str]]]]  # days of a case, what each gives and by what
    figure: ClassVar[Callable[..., Figure]]  # of the values of all points
    naming: ClassVar[tuple[str, ...]]  # its arguments that name words of the procedure

    @property
    def named(self) -> tuple[Any, ...]:
        """Every word it counts, or counts among."""
        return tuple(word for name in self.naming for word in several(getattr(self, name)))

    @property
    def is_share(self) -> bool:
        return self.shape in ("share", "units")

    def points(self, case: Any) -> Iterator[Point]:
        """Of one case, read as a body reads it."""
        for on, value, what in self.counted(case):
            if self.where is None or holds(self.where, case):
                groups = tuple(str(case.read(each)) for each in several(self.by))
                yield Point(self.id, case.unit, on, value, what, groups)


@dataclass(eq=False, repr=False)
class Measure(Counting):
    """A share: how many of these among those. `about="office"` lets it count an outside act.

    `among` are acts, states, days on file or clocks. Where acts are counted among others of their kind, the others are
    none of them; a clock counts once for each term that fell due, and is one of those where it was kept.
    """

    label: str
    of: Any
    among: Any
    about: str = field(default="", kw_only=True)
    shape, naming = "share", ("of", "among")

    def counted(self, case: Any) -> Iterator[tuple[date, int, str]]:
        for each in several(self.among):
            if isinstance(each, Clock):
                yield from ((row.due_on, int(kept), row.id) for row, kept in fallen_due(each, case))
            elif on := day_of(each, case):
                yield on, self.is_one(each, case), each.id

    def is_one(self, each: Act | State | Field, case: Any) -> int:
        others = [other for other in several(self.of) if other not in several(self.among)]
        return int(each in several(self.of) or any(holds(other, case) for other in others))

    @staticmethod
    def figure(values: Sequence[int]) -> Figure:
        return share(sum(values), len(values))


@dataclass(eq=False, repr=False)
class Mean(Counting):
    """The mean of a number that the case works out, among the cases where this was done."""

    label: str
    of: Derived
    among: Any
    shape, naming = "number", ("of", "among")

    def counted(self, case: Any) -> Iterator[tuple[date, Any, str]]:
        for each in several(self.among):
            if (on := day_of(each, case)) and (value := self.of.work_out(case)) is not None:
                yield on, value, each.id

    @staticmethod
    def figure(values: Sequence[int | Decimal]) -> Figure:
        total = sum(map(Fraction, values), Fraction())
        return Figure(total / len(values) if values else None, len(values))


@dataclass(eq=False, repr=False)
class Median(Counting):
    """The middle number of calendar days from one to the other, on the day of the latter."""

    label: str
    begin: Any = field(kw_only=True)
    until: Any = field(kw_only=True)
    shape, naming = "days", ("begin", "until")

    def counted(self, case: Any) -> Iterator[tuple[date, int, str]]:
        begin, until = day_of(self.begin, case), day_of(self.until, case)
        if begin and until:
            yield until, (until - begin).days, ""

    @staticmethod
    def figure(values: Sequence[int]) -> Figure:
        return Figure(Fraction(median(values)) if values else None, len(values))


@dataclass(eq=False, repr=False)
class Without(Counting):
    """Among the units of a level, those in which the act was done in no case for so long, at the end of the period."""

    label: str
    act: Act
    within: Span
    level: Level
    shape, naming = "units", ("act",)

    def counted(self, case: Any) -> Iterator[tuple[date, int, str]]:
        if on := day_of(self.act, case):
            yield on, 1, self.act.id

    def missing(self, points: Iterable[Point], units: Iterable[Unit]) -> list[int]:
        """A value for each unit of the level: 1 where no point comes from it."""
        done = {point.unit for point in points}
        return [int(unit.id not in done) for unit in units if unit.level == self.level]

    @staticmethod
    def figure(values: Sequence[int]) -> Figure:
        return share(sum(values), len(values))


def share(of: int, among: int) -> Figure:
    return Figure(Fraction(of, among) if among else None, among, of)


# What stands in a case


def day_of(word: Any, case: Any) -> date | None:
    """The day an act was last done, that stands on file, or that the case came to stand there."""
    if isinstance(word, Act):
        return case.doing_of(word).on or None
    if isinstance(word, State):
        return came_to_stand(word, case) if case.state_is(word) else None
    return case.read(word) or None


def came_to_stand(state: State, case: Any) -> date | None:
    """The last day an act was done there that leads to the state."""
    leading = (act for act in type(case).all_acts() if any(target.id == state.id for target in act.arrow.targets))
    return max((case.doing_of(act).on for act in leading if case.doing_of(act)), default=None)


def holds(word: Any, case: Any) -> bool:
    if isinstance(word, State):
        return bool(case.state_is(word))
    return bool(word.__get__(case, type(case)))


def fallen_due(clock: Clock, case: Any) -> Iterator[tuple[RunningClock, bool]]:
    """Its terms that have come to an end, each with whether it was kept.

    One that stands still has not, nor one that the case left in time, undone.
    """
    for row in case.clock_of(clock).rows:
        in_time = row.ended_on is not None and row.ended_on <= row.due_on
        if row.is_live:
            yield from [(row, False)] if is_over(row, case) else []
        elif row.ended != "waived" and not (row.ended == "left" and in_time):
            yield row, in_time and row.ended != "missed"


def is_over(row: RunningClock, case: Any) -> bool:
    """Nothing is overdue where a state is silent."""
    silent = type(case).states[case.snapshot.state].silent
    return row.status != "paused" and not silent and bool(case.now > row.due_at)
