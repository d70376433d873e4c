"""What a supervisor watches: figures with their formula, the heat table, the longest overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from web.views.due import Due


@dataclass(frozen=True)
class Heat:
    """One cell of the table; `level` 0 to 4 is the shade, never the only sign."""

    late: int
    soon: int
    live: int
    query: str = ""

    @property
    def level(self) -> int:
        return min(self.late, 3) if self.late < 5 else 4


@dataclass(frozen=True)
class HeatRow:
    unit: str
    cells: tuple[Heat, ...]
    total: Heat


@dataclass(frozen=True)
class Late:
    number: str
    title: str
    unit: str
    due: Due
    holder: str
    reached: str = ""
    procedure: str = ""


@dataclass(frozen=True)
class Bar:
    """`share` in percent of the longest bar; `text` is the figure in words."""

    label: str
    share: float
    text: str
    tone: int = 1


@dataclass(frozen=True)
class Board:
    scope: str
    at: datetime
    late: int
    today: int
    paused: int
    live: int
    kept: int
    ended: int
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    oldest: tuple[Late, ...]
    ages: tuple[Bar, ...] = ()
    shares: tuple[Bar, ...] = ()
    filtered: str = ""

    @property
    def share(self) -> str:
        """Kept terms among those that ended, one decimal; nothing ended: empty."""
        return f"{100 * self.kept / self.ended:.1f}" if self.ended else ""
