"""A month of days with their kind and what falls due on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal


@dataclass(frozen=True)
class Square:
    on: date
    kind: Literal["working", "rest", "make_up"]
    name: str = ""
    confirmed: bool = True
    due: int = 0
    inside: bool = True


@dataclass(frozen=True)
class Month:
    first: date
    today: date
    weeks: tuple[tuple[Square, ...], ...]
    source: str = ""

    @property
    def previous(self) -> str:
        return (self.first - timedelta(days=1)).strftime("%Y-%m")

    @property
    def following(self) -> str:
        return (self.first + timedelta(days=32)).strftime("%Y-%m")

    @property
    def unsure(self) -> bool:
        return any(square.inside and not square.confirmed for week in self.weeks for square in week)

    @property
    def days(self) -> tuple[Square, ...]:
        return tuple(square for week in self.weeks for square in week if square.inside)
