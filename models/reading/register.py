"""The cases somebody may see, page by page; a page begins where the one before ended, whatever has come since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from models import db
from models.organisation import organisation
from models.reading.visible import visible
from models.tables import Case
from workflow.calendar import at
from workflow.snapshot import Actor

ENDLESS = func.coalesce(Case.due_at, literal("infinity").cast(Case.due_at.type))
ORDERS: Mapping[str, Any] = {"due": ENDLESS, "filed": Case.filed_at}


@dataclass(frozen=True)
class Wanted:
    """`sort` is a name of `ORDERS`, with a minus in front for the other way round; `after` is the last row's key."""

    level: str = ""
    procedure: str = ""
    state: str = ""
    overdue: bool | None = None
    due_by: date | None = None
    filed_since: date | None = None
    sort: str = "due"
    limit: int = 50
    after: tuple[str, int] | None = None


def cases(session: Session, actor: Actor, wanted: Wanted) -> list[tuple[Case, str]]:
    """One row more than asked for where there are more, each with the text of its key."""
    order, turned = ORDERS[wanted.sort.removeprefix("-")], wanted.sort.startswith("-")
    query: Select[Any] = select(Case, order.cast(_text()).label("key")).where(visible(session, actor))
    query = query.where(*conditions(session, wanted))
    if wanted.after:
        key = tuple_(order, Case.id)
        last = tuple_(literal(wanted.after[0]).cast(Case.due_at.type), literal(wanted.after[1]))
        query = query.where(key < last if turned else key > last)
    way = (order.desc(), Case.id.desc()) if turned else (order, Case.id)
    return [(row[0], row[1]) for row in session.execute(query.order_by(*way).limit(wanted.limit + 1))]


def _text() -> Any:
    return Case.no.type


def conditions(session: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.level:
        units = [unit.id for unit in organisation(session).units.values() if unit.level == wanted.level]
        found.append(Case.unit_id.in_(units))
    found += [Case.procedure == wanted.procedure] if wanted.procedure else []
    found += [Case.state == wanted.state] if wanted.state else []
    found += [Case.due_at < midnight_after(wanted.due_by)] if wanted.due_by else []
    found += [Case.filed_at >= at(wanted.filed_since)] if wanted.filed_since else []
    return found if wanted.overdue is None else [*found, late(db.now(session), wanted.overdue)]


def late(now: datetime, yes: bool) -> ColumnElement[bool]:
    """Whether the first running duty of the office is past its due moment."""
    if yes:
        return and_(Case.is_open, Case.due_at < now)
    return or_(Case.due_at.is_(None), Case.due_at >= now, Case.is_open.is_(False))


def midnight_after(on: date) -> datetime:
    return at(on + timedelta(days=1))
