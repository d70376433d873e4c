"""Notices sent to a person, newest first, with what has been acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from web.views.due import Due


@dataclass(frozen=True)
class Notice:
    id: str
    number: str
    title: str
    text: str
    at: datetime
    kind: Literal["remind", "overdue", "escalate", "act"] = "act"
    due: Due | None = None
    read_at: datetime | None = None
    role: str = ""


@dataclass(frozen=True)
class Inbox:
    notices: tuple[Notice, ...]
    unread: int
    all: bool = False
    more: int = 0
