"""What the cases of the record give to the figures of their procedure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from models.organisation import Organisation, organisation
from models.outside import Outside
from models.snapshots import linked, named
from models.tables import Case, Clock, Event
from workflow.calendar import today
from workflow.measuring import points_of
from workflow.record import load
from workflow.registry import definition
from workflow.snapshot import CLOCK
from workflow.words.measures import Point
from workflow.words.procedure import Procedure

BATCH = 500


def points(
    session: Session, procedure: str, *which: ColumnElement[bool], now: datetime, since: date = date.min
) -> Iterator[Point]:
    """Of every such case as it stands now, each read under its own version; at least all points from `since` on."""
    known, wanted = organisation(session), cases().where(Case.procedure == procedure, touched(since), *which)
    found = session.execute(wanted, execution_options={"yield_per": BATCH})
    for rows in found.partitions():
        for case in read(session, rows, known, now):
            yield from points_of(case)


def touched(since: date) -> ColumnElement[bool]:
    """Cases that give anything from that day on: something was done there, or fell due."""
    done = exists().where(Event.case_id == Case.id, Event.acted_on >= since)
    return or_(done, exists().where(Clock.case_id == Case.id, Clock.due_on >= since))


def cases() -> Select[Any]:
    """With every clock they ever had, and without the case before the acts of the clock."""
    clocks = (
        select(func.coalesce(func.jsonb_agg(Clock.body), func.jsonb_build_array()))
        .where(Clock.case_id == Case.id)
        .scalar_subquery()
    )
    columns = (
        Case.no.label("id"), Case.procedure, Case.definition, Case.state, Case.left, Case.unit_id.label("unit"),
        Case.seq, Case.hidden_from, Case.sealed_to, Case.filed_at, Case.data,
        Case.memory.op("-")("earlier").label("memory"), clocks.label("clocks"),
    )  # fmt: skip
    return select(*columns).order_by(Case.id)


def read(session: Session, rows: Sequence[Row[Any]], known: Organisation, now: datetime) -> Iterator[Procedure]:
    """Cases as a body reads them, with those they name; what else they ask is asked when it is looked at."""
    laws = [definition(row.procedure, row.definition) for row in rows]
    snapshots = [load(law, {**row._mapping}) for law, row in zip(laws, rows, strict=True)]
    nos = (no for law, snapshot in zip(laws, snapshots, strict=True) for no in named(law, snapshot.data))
    others, outside = linked(session, nos), Outside(session, writing=False)
    for law, snapshot in zip(laws, snapshots, strict=True):
        facts = known.facts(law.id, snapshot.unit, today(now), others)
        yield law(snapshot, replace(facts, outside=outside), CLOCK, today(now), now)
