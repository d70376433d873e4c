"""The inbox of one person: what the ladder has told him, and what he has acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select, update

from models.db import db
from models.snapshots import NOT_FOUND
from models.tables import Case, Notice
from web import days
from web.languages import t
from web.listing import live_clocks
from web.showing import terms
from web.views.inbox import Inbox
from web.views.inbox import Notice as Shown
from workflow.refusals import Refused
from workflow.registry import PROCEDURES
from workflow.snapshot import RunningClock

MOST = 100
KINDS = {"warn": "remind", "overdue": "overdue", "after": "escalate"}
COLUMNS = (
    Notice.id, Notice.case_id, Case.no, Case.title, Case.procedure, Notice.title.label("text"), Notice.created_at,
    Notice.what, Notice.role, Notice.acknowledged_at,
)  # fmt: skip


def inbox(person: str, *, everything: bool, unread: int) -> Inbox:
    which = own(person) if everything else and_(own(person), Notice.acknowledged_at.is_(None))
    rows = db.session.execute(query().where(which).order_by(Notice.id.desc()).limit(MOST)).all()
    return Inbox(shown(rows), unread, everything, max(0 if everything else unread - len(rows), 0))


def query() -> Any:
    return select(*COLUMNS).join(Case, Case.id == Notice.case_id)


def own(person: str) -> ColumnElement[bool]:
    return and_(Notice.person_id == int(person), Notice.channel == "inbox", Notice.withdrawn_at.is_(None))


def shown(rows: Sequence[Row[Any]]) -> tuple[Shown, ...]:
    clocks = live_clocks([row.case_id for row in rows])
    return tuple(notice(row, clocks.get(row.case_id, ())) for row in rows)


def notice(row: Row[Any], clocks: tuple[RunningClock, ...]) -> Shown:
    law = PROCEDURES[row.procedure]
    first = terms.foremost(law, clocks)
    due = terms.due(law, first, days.now(), days.calendar()) if first else None
    role = law.roles.get(row.role)
    return Shown(
        str(row.id), row.no, row.title, t(row.text, law.id), row.created_at, KINDS.get(row.what, "act"),  # type: ignore[arg-type]
        due, row.acknowledged_at, t(role.label, f"{law.id}.{role.id}") if role else "",
    )  # fmt: skip


def acknowledge(person: str, id_: int) -> Shown:
    """Says who knew, and when; once. Raises Refused with NotFound for what is not his."""
    mine = (Notice.id == id_, Notice.person_id == int(person), Notice.channel == "inbox")
    open_ = update(Notice).where(*mine, Notice.acknowledged_at.is_(None))
    db.session.execute(open_.values(acknowledged_at=days.now(), read_at=days.now()))
    row = db.session.execute(query().where(*mine)).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    return shown([row])[0]
