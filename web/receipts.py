"""A receipt as a calendar: weeks from Monday to Sunday, blanks outside the term, the middle of a long term folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from web.views.due import Cell, Receipt

Week = tuple[Cell | None, ...]
LONGEST = 16
SHOWN = 4


@dataclass(frozen=True)
class Grid:
    """`before` the fold, how many weeks are folded, `after` it."""

    before: tuple[Week, ...]
    folded: int = 0
    after: tuple[Week, ...] = ()


def grid(receipt: Receipt) -> Grid:
    weeks = tuple(_weeks(receipt.cells))
    if len(weeks) <= LONGEST:
        return Grid(weeks)
    return Grid(weeks[:SHOWN], len(weeks) - 2 * SHOWN, weeks[-SHOWN:])


def _weeks(cells: Iterable[Cell]) -> list[Week]:
    days = {cell.on: cell for cell in cells}
    if not days:
        return []
    monday = min(days) - timedelta(days=min(days).weekday())
    count = (max(days) - monday).days // 7 + 1
    return [_week(days, monday + timedelta(weeks=number)) for number in range(count)]


def _week(days: dict[date, Cell], monday: date) -> Week:
    return tuple(days.get(monday + timedelta(days=offset)) for offset in range(7))


def classes(cell: Cell, today: date) -> str:
    """The names of the look of one day: rest, make-up, stopped, today, due."""
    named = {"休": "d-rest", "班": "d-work"}.get(cell.mark, "")
    kind = {"stopped": "d-stop", "due": "d-due"}.get(cell.kind, "")
    return " ".join(filter(None, (named, kind, "d-now" if cell.on == today and cell.kind != "due" else "")))
