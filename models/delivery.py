"""Letters that wait for delivery: claimed with a lease, marked when sent, tried again later, given up in the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, text
from sqlalchemy.orm import Session

from models import db
from models.casework import anything_due
from models.organisation import organisation
from workflow.calendar import SHANGHAI, today

OPENS, CLOSES = 9, 18  # hours of a working day in which letters go out
LEASE = "5 minutes"
TRIES = 10

WAITING = """
    channel = 'email' AND delivered_at IS NULL AND withdrawn_at IS NULL AND dead_at IS NULL
    AND deliver_after <= linban_now() AND (not_before IS NULL OR not_before <= linban_now())
"""
ANY = text(f"SELECT EXISTS (SELECT FROM notices WHERE {WAITING})")
# One claims at a time: two that took turns on one address would make two letters of it.
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('linban letters'))")
CLAIM = text(f"""
    WITH first AS (SELECT address FROM notices WHERE {WAITING} ORDER BY deliver_after, id LIMIT 1),
    mine AS (
        SELECT id FROM notices WHERE {WAITING} AND address = (SELECT address FROM first) FOR UPDATE SKIP LOCKED
    )
    UPDATE notices SET not_before = linban_now() + interval '{LEASE}' FROM mine WHERE notices.id = mine.id
    RETURNING notices.id, notices.address, notices.title, notices.dedup_key, notices.created_at
""")
SENT = text(
    "UPDATE notices SET delivered_at = linban_now(), attempts = attempts + 1, last_error = '' WHERE id IN :ids"
).bindparams(bindparam("ids", expanding=True))
FAILED = text(f"""
    UPDATE notices SET attempts = attempts + 1, last_error = :reason,
        not_before = linban_now() + least(interval '1 second' * power(2, attempts + 1), interval '1 hour'),
        dead_at = CASE WHEN attempts + 1 >= {TRIES} THEN linban_now() END
    WHERE id IN :ids
""").bindparams(bindparam("ids", expanding=True))


@dataclass(frozen=True)
class Line:
    """One message of a letter."""

    id: int
    title: str
    created_at: datetime


@dataclass(frozen=True)
class Letter:
    """All that waits for one address: one letter, however long the backlog."""

    address: str
    lines: tuple[Line, ...]
    key: str

    @property
    def ids(self) -> list[int]:
        return [line.id for line in self.lines]


def office_is_open(session: Session) -> bool:
    """Letters go out from nine to six on working days in Shanghai, by the database's clock."""
    now = db.now(session)
    return organisation(session).calendar.is_working(today(now)) and OPENS <= now.astimezone(SHANGHAI).hour < CLOSES


def anything_to_deliver(session: Session) -> bool:
    """Not while the clock is still at work: what it has to say goes into one letter."""
    waits = session.execute(ANY).scalar_one() and not anything_due(session)
    return bool(waits) and office_is_open(session)


def claim(session: Session) -> Letter | None:
    """Takes all that waits for one address, for five minutes; whoever dies meanwhile loses it to the next."""
    session.execute(ONE_AT_A_TIME)
    if not anything_to_deliver(session):
        return None
    rows = session.execute(CLAIM).all()
    return letter(sorted(rows, key=lambda row: row.id)) if rows else None


def letter(rows: Sequence[Row[Any]]) -> Letter:
    lines = tuple(Line(row.id, row.title, row.created_at) for row in rows)
    return Letter(rows[0].address, lines, rows[0].dedup_key)


def sent(session: Session, ids: Iterable[int]) -> None:
    session.execute(SENT, {"ids": list(ids)})


def failed(session: Session, ids: Iterable[int], reason: str) -> None:
    """Tried again after a pause that doubles, at most an hour; given up and shown to the operator after ten tries."""
    session.execute(FAILED, {"ids": list(ids), "reason": reason[:500]})
