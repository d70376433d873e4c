"""My work: rows grouped by how late they are, and the filters with their counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from web.views.due import Due, Group

ORDER: tuple[Group, ...] = ("late", "today", "soon", "later", "pause", "none")


@dataclass(frozen=True)
class Chip:
    """One filter value; `query` is what its link carries, `count` empty where counting says nothing."""

    label: str
    query: str
    count: int | None = None
    chosen: bool = False


@dataclass(frozen=True)
class Step:
    """What a row asks for; without a trigger it says for whom the case waits."""

    label: str
    trigger: str = ""


@dataclass(frozen=True)
class Row:
    number: str
    title: str
    procedure: str
    procedure_label: str
    state: str
    state_label: str
    party_role: str = ""
    party: str = ""
    due: Due | None = None
    step: Step | None = None
    last: str = ""
    last_at: datetime | None = None

    @property
    def group(self) -> Group:
        return self.due.group if self.due else "none"


@dataclass(frozen=True)
class Desk:
    today: date
    rows: tuple[Row, ...]
    procedures: tuple[Chip, ...] = ()
    units: tuple[Chip, ...] = ()
    waits: tuple[Chip, ...] = ()
    filtered: bool = False
    soon_until: date | None = None
    more: int = 0

    @property
    def groups(self) -> tuple[tuple[Group, tuple[Row, ...]], ...]:
        return tuple((kind, rows) for kind in ORDER if (rows := tuple(r for r in self.rows if r.group == kind)))

    def count(self, kind: Group) -> int:
        return sum(row.group == kind for row in self.rows)


def earliest(rows: Iterable[Row]) -> list[Row]:
    """The order of the list: by due day, then by number; a case without a term comes last."""
    return sorted(rows, key=lambda row: (row.due.on if row.due else date.max, row.number))
