"""What a resident sees by code: who holds it, until when, what next, what can be done. No staff names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from web.views.due import Due, Receipt


@dataclass(frozen=True)
class Stage:
    label: str
    standing: Literal["done", "now", "next"]
    text: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Way:
    """Something the resident may do: ask, object, add, withdraw."""

    label: str
    text: str
    basis: str = ""
    phone: str = ""
    trigger: str = ""


@dataclass(frozen=True)
class Track:
    number: str
    headline: str
    holder: str
    stages: tuple[Stage, ...]
    due: Due | None = None
    promise: str = ""
    phone: str = ""
    hours: str = ""
    why: str = ""
    receipt: Receipt | None = None
    ways: tuple[Way, ...] = ()
    papers: tuple[tuple[str, str, date], ...] = ()
    reminders: tuple[tuple[str, date], ...] = ()
    final: bool = False
    procedure: str = ""
