"""Letters that wait for delivery: claimed with a lease, marked when sent, tried again later, given up in the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from models import db
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
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('linban delivery'))")
CLAIM = text(f"""
    WITH next AS (SELECT DISTINCT address FROM notices WHERE {WAITING} ORDER BY address LIMIT :addresses),
    mine AS (SELECT id FROM notices WHERE {WAITING} AND address IN (SELECT address FROM next) FOR UPDATE SKIP LOCKED)
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
    return bool(session.execute(ANY).scalar_one()) and office_is_open(session)


def claim(session: Session, addresses: int = 10) -> list[Letter]:
    """Takes all that waits for a few addresses, for five minutes; whoever dies meanwhile loses it to the next.

    Claims wait for each other, so that two workers never share one person's backlog between two letters.
    """
    if not office_is_open(session):
        return []
    session.execute(ONE_AT_A_TIME)
    rows = sorted(session.execute(CLAIM, {"addresses": addresses}), key=lambda row: (row.address, row.id))
    return [letter(address, list(own)) for address, own in groupby(rows, key=lambda row: row.address)]


def letter(address: str, rows: list[object]) -> Letter:
    lines = tuple(Line(row.id, row.title, row.created_at) for row in rows)  # type: ignore[attr-defined]
    return Letter(address, lines, rows[0].dedup_key)  # type: ignore[attr-defined]


def sent(session: Session, ids: Iterable[int]) -> None:
    session.execute(SENT, {"ids": list(ids)})


def failed(session: Session, ids: Iterable[int], reason: str) -> None:
    """Tried again after a pause that doubles, at most an hour; given up and shown to the operator after ten tries."""
    session.execute(FAILED, {"ids": list(ids), "reason": reason[:500]})
