"""A running term as a reader sees it: how much is left in words comes from here, the words from the templates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from workflow.terms import Unit

Standing = Literal["running", "paused", "overdue", "kept", "missed", "left"]
Tone = Literal["", "late", "soon", "pause", "done"]
Group = Literal["late", "today", "soon", "later", "pause", "none"]

SOON = 3


@dataclass(frozen=True)
class Due:
    """`left` counts whole units after today; below zero the term has been over for that many.

    `used` is the share of the term gone, in percent. `since` is the day of the pause, `ended_on` that of the end.
    """

    label: str
    on: date
    left: int
    unit: Unit = "working_days"
    standing: Standing = "running"
    used: float = 0.0
    since: date | None = None
    ended_on: date | None = None
    provisional: bool = False
    mark: str = ""

    @property
    def is_live(self) -> bool:
        return self.standing in ("running", "paused", "overdue")

    @property
    def group(self) -> Group:
        """Which part of the work list it belongs to; a paused term is never late."""
        if self.standing == "paused":
            return "pause"
        if self.standing == "overdue":
            return "late"
        if self.left <= 0:
            return "today"
        return "soon" if self.left <= SOON else "later"

    @property
    def tone(self) -> Tone:
        ended: dict[Standing, Tone] = {"kept": "done", "missed": "late", "left": ""}
        if not self.is_live:
            return ended[self.standing]
        running: dict[Group, Tone] = {"late": "late", "today": "soon", "soon": "soon", "pause": "pause"}
        return running.get(self.group, "")


@dataclass(frozen=True)
class Pause:
    start: date
    end: date | None
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """One day of a receipt. `count` is its number in the term, 0 where it does not count."""

    on: date
    kind: Literal["start", "counted", "skipped", "stopped", "due"] = "counted"
    count: int = 0
    mark: Literal["", "休", "班"] = ""
    note: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class Receipt:
    """How a due date came about: a sentence a step, then every day."""

    sentences: tuple[str, ...]
    cells: tuple[Cell, ...] = ()
    pauses: tuple[Pause, ...] = ()
    started_on: date | None = None
    due_on: date | None = None
    skips_rest_days: bool = False
    steps: tuple[tuple[str, str], ...] = field(default=())
