"""A year's holidays before and after they are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Moved:
    """One term; `kept` although the new calendar would end it earlier."""

    number: str
    title: str
    label: str
    from_day: date
    to_day: date
    by_days: int
    kept: bool


@dataclass(frozen=True)
class Arranged:
    """`text` is the notice as it was sent, to be sent again; `unlisted` are moved terms that `moved` leaves out."""

    year: int
    text: str
    rests: int
    make_ups: int
    later: int
    earlier: int
    kept: int
    confirmed: int
    is_new: bool
    forgotten: tuple[str, ...]
    moved: tuple[Moved, ...]
    unlisted: int
