"""What those who watch see: how much is overdue where, and the longest overdue first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, tuple_
from sqlalchemy.orm import Session

from models.organisation import Organisation
from models.reading.visible import visible_beneath
from models.reading.worklist import SOON, Listed, listed, rows
from models.tables import Case
from workflow.calendar import end_of, today
from workflow.snapshot import Actor


@dataclass(frozen=True)
class Count:
    """Open cases of one unit and procedure; what stands still is neither overdue nor soon."""

    unit: str
    procedure: str
    live: int
    overdue: int
    today: int
    soon: int
    paused: int


def counts(session: Session, actor: Actor, *, now: datetime, known: Organisation) -> list[Count]:
    """For the actor's unit and everything beneath it; units without open cases are left out."""
    day = today(now)
    soon = end_of(known.calendar.add(day, SOON).on)
    numbers = (
        func.count(),
        func.count().filter(Case.due_at < now),
        func.count().filter(Case.due_at.between(now, end_of(day))),
        func.count().filter(Case.due_at.between(now, soon)),
        func.count().filter(and_(Case.due_at.is_(None), Case.paused_on.is_not(None))),
    )
    which = (visible_beneath(session, actor), Case.is_open)
    by = (Case.unit_id, Case.procedure)
    found = session.execute(select(*by, *numbers).where(*which).group_by(*by).order_by(*by))
    return [Count(*row) for row in found]


def overdue(
    session: Session,
    actor: Actor,
    *,
    now: datetime,
    unit: str = "",
    procedure: str = "",
    after: Listed | None = None,
    limit: int = 50,
) -> list[Listed]:
    """The longest overdue first; a page begins after the last row of the one before, however deep it lies."""
    which: list[Any] = [visible_beneath(session, actor), Case.is_open, Case.due_at < now]
    which += [Case.unit_id == unit] if unit else []
    which += [Case.procedure == procedure] if procedure else []
    which += [tuple_(Case.due_at, Case.id) > (after.due_at, after.id)] if after else []
    return listed(session, rows().where(*which).order_by(Case.due_at, Case.id).limit(limit))
