"""The term as a line: where it starts, what is used, where it stood still, today, the due day. All in percent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from web.views.due import Pause, Receipt

EDGE = 14.0
APART = 24.0  # percent that two texts beside each other need


@dataclass(frozen=True)
class Stretch:
    """A pause; its name and its days are written where nothing else stands."""

    x: float
    width: float
    pause: Pause
    is_named: bool = True
    is_dated: bool = True

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Ruler:
    """`used` and `today` are shares of the whole line; `today` is empty outside it."""

    started_on: date
    due_on: date
    used: float
    today: float | None
    count: int
    stretches: tuple[Stretch, ...] = ()

    @property
    def today_anchor(self) -> Literal["start", "middle", "end"]:
        return anchor(self.today or 0.0)


def anchor(x: float) -> Literal["start", "middle", "end"]:
    """Where a text has to hang so that it stays on the line."""
    if x < EDGE:
        return "start"
    return "end" if x > 100 - EDGE else "middle"


def draw(receipt: Receipt, today: date) -> Ruler | None:
    """Nothing where the term has no length yet."""
    start, due = receipt.started_on, receipt.due_on
    if not start or not due or due <= start:
        return None
    line = _Line(start, due)
    here = line.place(today)
    counted = {cell.on: cell.count for cell in receipt.cells}
    stretches = tuple(line.stretch(pause, today) for pause in receipt.pauses)
    return Ruler(start, due, here, here if start <= today <= due else None, counted.get(today, 0), stretches)


@dataclass(frozen=True)
class _Line:
    start: date
    due: date

    def place(self, on: date) -> float:
        share = (on - self.start).days / (self.due - self.start).days
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def stretch(self, pause: Pause, today: date) -> Stretch:
        x, end = self.place(pause.start), self.place(pause.end or today)
        drawn = Stretch(x, max(round(end - x, 2), 1.0), pause)
        is_named = APART <= drawn.middle <= 100 - APART
        return replace(drawn, is_named=is_named, is_dated=is_named and abs(drawn.middle - self.place(today)) > APART)
