"""Notices sent to a person, and that he has taken note of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from models.tables import Case, Notice

ACKNOWLEDGE = text("""
UPDATE notices SET acknowledged_at = linban_now(), read_at = coalesce(read_at, linban_now())
WHERE id = :id AND person_id = :person AND channel = 'inbox' AND acknowledged_at IS NULL RETURNING id
""")


@dataclass(frozen=True)
class Message:
    """`what` is a document, an act or the word of a rung; `clock` and `due_at` say which term it is about, if any."""

    id: int
    case_no: str
    case_title: str
    procedure: str
    definition: str
    role: str
    what: str
    title: str
    clock: str
    due_at: datetime | None
    created_at: datetime
    acknowledged_at: datetime | None


def inbox(
    session: Session, person: str, *, all: bool = False, before: int | None = None, limit: int = 50
) -> list[Message]:
    """The newest first; only what is not acknowledged, unless `all`. `before` is the id of the last one shown."""
    columns = (
        Notice.id, Case.no, Case.title, Case.procedure, Case.definition, Notice.role, Notice.what, Notice.title,
        Notice.clock, Notice.due_at, Notice.created_at, Notice.acknowledged_at,
    )  # fmt: skip
    own = to(person, select(*columns).join(Case, Case.id == Notice.case_id), all=all)
    own = own.where(Notice.id < before) if before else own
    return [Message(*row) for row in session.execute(own.order_by(Notice.id.desc()).limit(limit))]


def waiting(session: Session, person: str) -> int:
    """How many he has not acknowledged."""
    found: int = session.execute(to(person, select(func.count()).select_from(Notice), all=False)).scalar_one()
    return found


def to(person: str, statement: Any, *, all: bool) -> Select[Any]:
    own: Select[Any] = statement.where(
        Notice.person_id == int(person), Notice.channel == "inbox", Notice.withdrawn_at.is_(None)
    )
    return own if all else own.where(Notice.acknowledged_at.is_(None))


def acknowledge(session: Session, person: str, notice: int) -> bool:
    """False where it is not his, or has been acknowledged before."""
    return session.execute(ACKNOWLEDGE, {"id": notice, "person": int(person)}).one_or_none() is not None
