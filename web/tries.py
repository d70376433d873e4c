"""Tries at a password, counted in the record so that a restart forgives nobody."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.db import apart
from models.tables import Try

Kind = Literal["login"]


@dataclass(frozen=True)
class Limit:
    """So many failures in so long, by subject and by address; a subject nobody knows counts like any other."""

    window: timedelta
    by_subject: int
    by_address: int


LIMITS: dict[Kind, Limit] = {"login": Limit(timedelta(minutes=15), 5, 100)}


@dataclass(frozen=True)
class Door:
    """One kind of try, by one subject from one address."""

    kind: Kind
    subject: str
    address: str

    def minutes_shut(self, db: Session, now: datetime) -> int:
        """Whole minutes until the next try is allowed, 0 where it is allowed now."""
        limit = LIMITS[self.kind]
        ends = [
            self._reopens(db, now, Try.subject == self.subject, limit.by_subject),
            self._reopens(db, now, Try.address == self.address, limit.by_address),
        ]
        seconds = max((end - now).total_seconds() for end in ends)
        return max(math.ceil(seconds / 60), 0)

    def _reopens(self, db: Session, now: datetime, which: object, allowed: int) -> datetime:
        """When the oldest of the last allowed failures falls out of the window; now where they are too few."""
        window = LIMITS[self.kind].window
        failed = (Try.kind == self.kind, Try.tried_at > now - window, Try.succeeded.is_(False), which)
        since = select(Try.tried_at).where(*failed).order_by(Try.tried_at.desc())  # type: ignore[arg-type]
        nth = db.scalar(since.offset(allowed - 1).limit(1))
        return nth + window if nth else now

    def note(self, db: Session, *, succeeded: bool) -> None:
        """Kept whatever becomes of the request it came with."""
        with apart(db) as own:
            own.add(Try(kind=self.kind, subject=self.subject, address=self.address, succeeded=succeeded))
