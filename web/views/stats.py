"""The figures of one procedure over a period: each with its formula, month by month, unit by unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from web.views.board import Bar


@dataclass(frozen=True)
class Column:
    """One month of the small picture; `height` in percent, nothing where nothing was counted."""

    month: date
    height: float | None
    text: str


@dataclass(frozen=True)
class Measured:
    """`value` as people say it, `counted` what it was worked out from; `parts` are figures told apart, by heading."""

    id: str
    label: str
    formula: str
    value: str
    counted: str
    share: float | None
    months: tuple[Column, ...]
    parts: tuple[tuple[str, tuple[Bar, ...]], ...]

    @property
    def is_empty(self) -> bool:
        return not self.value


@dataclass(frozen=True)
class Choice:
    """A procedure or a period to look at instead."""

    label: str
    url: str
    chosen: bool


@dataclass(frozen=True)
class Stats:
    """`problem` says what was wrong with the days that were asked for; then the usual ones are shown."""

    procedure: str
    label: str
    scope: str
    first: date
    last: date
    measured: tuple[Measured, ...]
    procedures: tuple[Choice, ...]
    periods: tuple[Choice, ...]
    sheet: str
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        return all(each.is_empty for each in self.measured)
