"""The keys for programs that a person has, as he sees them himself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Key:
    """`post` is where the program acts as him; `over`: its days are up."""

    id: int
    name: str
    post: str
    made_at: datetime
    used_at: datetime | None
    ends_at: datetime | None
    over: bool = False
