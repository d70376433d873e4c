"""My work: open cases with what a list shows of them, in one query however long the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true, tuple_
from sqlalchemy.orm import Session

from models.reading.visible import visible_beneath
from models.tables import Case, Clock, Event, Person, Unit
from workflow.calendar import Calendar, today
from workflow.decision import DEFINITION
from workflow.record import load_clock
from workflow.snapshot import Actor, RunningClock
from workflow.terms import working_days

Group = Literal["overdue", "today", "soon", "later", "paused", "none"]
GROUPS: tuple[Group, ...] = ("overdue", "today", "soon", "later", "paused", "none")
SOON = working_days(3)
WATCHERS = frozenset(("supervisor", "unit_head", "dispatcher", "party_supervisor", "justice_office"))


@dataclass(frozen=True)
class Listed:
    """A case as lists show it. `due_at` is when the first running duty of the office ends; `last` the last act."""

    id: int
    no: str
    title: str
    procedure: str
    definition: str
    state: str
    version: int
    unit: str
    unit_name: str
    caseworker: str
    filed_at: datetime
    due_at: datetime | None
    due_code: str
    paused_on: date | None
    last: str
    last_at: datetime | None
    clocks: tuple[RunningClock, ...]

    def group(self, now: datetime, calendar: Calendar) -> Group:
        """By the day in Shanghai; a case is paused only where nothing else of it runs."""
        if self.due_at is None:
            return "paused" if self.paused_on else "none"
        if self.due_at < now:
            return "overdue"
        due_on, day = today(self.due_at), today(now)
        if due_on == day:
            return "today"
        return "soon" if due_on <= calendar.add(day, SOON).on else "later"


def rows() -> Select[Any]:
    """What is listed, without saying of which cases: the clocks that live, and the last act, come with each row."""
    clocks = (
        select(func.coalesce(func.jsonb_agg(Clock.body), func.jsonb_build_array()).label("clocks"))
        .where(Clock.case_id == Case.id, Clock.status != "ended")
        .correlate(Case)
        .lateral("clocks_")
    )
    last = (
        select(Event.trigger.label("trigger"), Event.at.label("at"))
        .where(Event.case_id == Case.id, Event.trigger.not_in((Event.rung, DEFINITION)))
        .order_by(Event.seq.desc())
        .limit(1)
        .correlate(Case)
        .lateral("last_")
    )
    columns = (
        Case.id, Case.no, Case.title, Case.procedure, Case.definition, Case.state, Case.version,
        Case.unit_id.label("unit"), Unit.name.label("unit_name"), func.coalesce(Person.name, "").label("caseworker"),
        Case.filed_at, Case.due_at, Case.due_code, Case.paused_on, func.coalesce(last.c.trigger, "").label("last"),
        last.c.at.label("last_at"), clocks.c.clocks,
    )  # fmt: skip
    joined = select(*columns).join(Unit, Unit.id == Case.unit_id).outerjoin(Person, Person.id == Case.caseworker_id)
    return joined.join(clocks, true()).outerjoin(last, true())


def listed(session: Session, statement: Select[Any]) -> list[Listed]:
    found = session.execute(statement)
    return [Listed(**{**row._mapping, "clocks": tuple(map(load_clock, row.clocks))}) for row in found]


def worklist(session: Session, actor: Actor, *, after: Listed | None = None, limit: int = 200) -> list[Listed]:
    """Open cases that are the actor's to see to, by due moment; `after` is the last row of the page before."""
    which = and_(visible_beneath(session, actor), Case.is_open, mine(actor))
    order = (Case.due_at.asc().nulls_last(), Case.id)
    return listed(session, rows().where(which, beyond(after)).order_by(*order).limit(limit))


def mine(actor: Actor) -> ColumnElement[bool]:
    """Assigned to him or to nobody, or touched by him before; who watches sees all beneath him."""
    if actor.role in WATCHERS or not actor.person.isdigit():
        return true()
    own = or_(Case.caseworker_id == int(actor.person), Case.caseworker_id.is_(None))
    return or_(own, exists().where(Event.case_id == Case.id, Event.actor == actor.person))


def beyond(last: Listed | None) -> ColumnElement[bool]:
    """Where the next page begins; cases without a due moment come after all others."""
    if last is None:
        return true()
    if last.due_at is None:
        return and_(Case.due_at.is_(None), Case.id > last.id)
    return or_(tuple_(Case.due_at, Case.id) > (last.due_at, last.id), Case.due_at.is_(None))


def grouped(found: Iterable[Listed], now: datetime, calendar: Calendar) -> dict[Group, list[Listed]]:
    """In the order they are read; a group without rows is left out."""
    groups: dict[Group, list[Listed]] = {group: [] for group in GROUPS}
    for row in found:
        groups[row.group(now, calendar)].append(row)
    return {group: rows for group, rows in groups.items() if rows}
