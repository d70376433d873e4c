"""Drafts of forms: kept for their author, dropped with the act, and after thirty days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.tables import Draft

KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Place:
    """Whose draft of which act on which case; without a case, of the act that opens one."""

    person: int
    no: str
    trigger: str


def keep(session: Session, place: Place, form: Mapping[str, Any], *, version: int, now: datetime) -> None:
    """In place of the draft before it."""
    row = {"form": dict(form), "version": version, "saved_at": now}
    key = {"person_id": place.person, "no": place.no, "trigger": place.trigger}
    session.execute(insert(Draft).values(**key, **row).on_conflict_do_update(index_elements=list(key), set_=row))


def find(session: Session, place: Place) -> Draft | None:
    return session.get(Draft, (place.person, place.no, place.trigger))


def triggers(session: Session, person: int, no: str) -> set[str]:
    """Of which acts on that case the person has a draft."""
    return set(session.scalars(select(Draft.trigger).where(Draft.person_id == person, Draft.no == no)))


def drop(session: Session, place: Place) -> None:
    which = (Draft.person_id == place.person, Draft.no == place.no, Draft.trigger == place.trigger)
    session.execute(delete(Draft).where(*which))


def expire(session: Session, now: datetime) -> int:
    """How many have been dropped, because nobody has touched them for thirty days."""
    gone = session.scalars(delete(Draft).where(Draft.saved_at < now - KEPT).returning(Draft.no))
    return len(gone.all())
