"""The board of those who watch others' terms: counted by the database, shaded by how many are overdue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from flask import url_for
from sqlalchemy import ColumnElement, Date, and_, cast, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from models.db import db
from models.organisation import Organisation, organisation
from models.reading import board as reading
from models.reading.board import Count
from models.reading.visible import visible_beneath
from models.tables import Case, Clock, Notice
from web import days
from web.languages import gettext as _
from web.languages import t
from web.listing import MOST, Found
from web.showing import terms
from web.showing.case import Desk as At
from web.views.board import Bar, Board, Heat, HeatRow, Late
from workflow.calendar import today
from workflow.registry import PROCEDURES, definition
from workflow.snapshot import Actor
from workflow.words.procedure import Procedure

WINDOW = timedelta(days=30)
AGES = ((15, "15天以内"), (30, "16至30天"), (60, "31至60天"), (90, "61至90天"))
OLDEST = "90天以上"
Key = tuple[str, str]


def added(counts: Iterable[Count]) -> Count:
    """The sum, of no unit and no procedure."""
    numbers = [(c.live, c.overdue, c.today, c.soon, c.paused) for c in counts] or [(0, 0, 0, 0, 0)]
    return Count("", "", *(sum(column) for column in zip(*numbers, strict=True)))


def board(actor: Actor, asked: Mapping[str, str]) -> Board:
    known, now = organisation(db.session()), days.now()
    mine = and_(visible_beneath(db.session(), actor), Case.is_open)
    counts = {(each.unit, each.procedure): each for each in reading.counts(db.session(), actor, now=now, known=known)}
    total = added(counts.values())
    columns = [id_ for id_ in PROCEDURES if any(procedure == id_ for _unit, procedure in counts)] or list(PROCEDURES)
    shares = kept(actor)
    return Board(
        known.units[actor.unit].name if actor.unit in known.units else "", now, total.overdue, total.today,
        total.paused, total.live, sum(n for n, _all in shares.values()), sum(n for _kept, n in shares.values()),
        tuple(t(PROCEDURES[id_].label, id_) for id_ in columns), heat(known, counts, columns),
        oldest(actor, asked, now), ages=ages(mine), shares=share_bars(shares), filtered=filtered(asked, known),
    )  # fmt: skip


def heat(known: Organisation, counts: Mapping[Key, Count], columns: list[str]) -> tuple[HeatRow, ...]:
    """Units in the order of the tree, never by how they do; those with nothing to do are left out."""
    rows = []
    for id_, unit in known.units.items():
        line = [counts.get((id_, procedure), added(())) for procedure in columns]
        if any(count.live for count in line):
            cells = tuple(cell(count, id_, procedure) for count, procedure in zip(line, columns, strict=True))
            rows.append(HeatRow(unit.name, cells, cell(added(line), id_, "")))
    return tuple(rows)


def cell(count: Count, unit: str, procedure: str) -> Heat:
    return Heat(
        count.overdue, count.soon, count.live, url_for("board.show", unit=unit, procedure=procedure) + "#overdue"
    )


def oldest(actor: Actor, asked: Mapping[str, str], now: datetime) -> tuple[Late, ...]:
    """The longest overdue first, of one cell of the table where one was chosen."""
    unit, procedure = asked.get("unit", ""), asked.get("procedure", "")
    found = reading.overdue(db.session(), actor, now=now, unit=unit, procedure=procedure, limit=MOST)
    reached = last_told([case.id for case in found])
    at = At(now, days.calendar())
    return tuple(late(Found(case), reached.get(case.id, ""), at) for case in found if case.clocks)


def late(case: Found, role: str, at: At) -> Late:
    law = definition(case.row.procedure, case.row.definition)
    clock = terms.foremost(law, case.row.clocks)
    assert clock is not None, "a late case has a clock"
    holder = case.row.caseworker or roles_said(law, case.waits_for())
    reached = t(law.roles[role].label, f"{law.id}.{role}") if role in law.roles else ""
    due = terms.due(law, clock, at.now, at.calendar)
    return Late(case.row.no, case.row.title, case.row.unit_name, due, holder, reached, law.id)


def roles_said(law: type[Procedure], roles: frozenset[str]) -> str:
    known = law.roles
    return _("、").join(t(known[role].label, f"{law.id}.{role}") for role in sorted(roles) if role in known)


def last_told(ids: list[int]) -> dict[int, str]:
    """The role told last that a term is over: how far up it has come."""
    which = (Notice.case_id.in_(ids), Notice.what.in_(("overdue", "after")), Notice.channel == "inbox")
    last = select(Notice.case_id, Notice.role).where(*which).ext(distinct_on(Notice.case_id))
    rows = db.session.execute(last.order_by(Notice.case_id, Notice.id.desc()))
    return {row.case_id: row.role for row in rows}


def kept(actor: Actor) -> dict[str, tuple[int, int]]:
    """By procedure: duties of the office that ended in time, among those that ended or went over in thirty days."""
    since = days.today() - WINDOW
    in_time = cast(Clock.body["ended_on"].astext, Date) <= Clock.due_on
    put_away = func.nullif(Clock.body["definition"].astext, "")
    by = (Case.procedure, func.coalesce(put_away, Case.definition), Clock.clock, in_time)
    over = or_(Clock.status == "ended", and_(Clock.status != "paused", Clock.due_at < days.now()))
    which = (visible_beneath(db.session(), actor), over, Clock.due_on >= since)
    grouped = select(*by, func.count()).join(Case, Case.id == Clock.case_id).where(*which).group_by(*by)
    shares: dict[str, tuple[int, int]] = {}
    for procedure, version, clock, kept_, number in db.session.execute(grouped):
        if definition(procedure, version).clock(clock).overdue_after:
            good, whole = shares.get(procedure, (0, 0))
            shares[procedure] = (good + number * bool(kept_), whole + number)
    return shares


def share_bars(shares: Mapping[str, tuple[int, int]]) -> tuple[Bar, ...]:
    return tuple(
        Bar(t(PROCEDURES[id_].label, id_), 100 * good / whole, f"{good} ÷ {whole}　{100 * good / whole:.1f}%")
        for id_, (good, whole) in shares.items()
    )


def ages(mine: ColumnElement[bool]) -> tuple[Bar, ...]:
    """How many days ago the open cases were filed, in five groups."""
    on, counts = days.today(), Counter[str]()
    for filed_at in db.session.scalars(select(Case.filed_at).where(mine)):
        age = (on - today(filed_at)).days
        counts[next((label for most, label in AGES if age <= most), OLDEST)] += 1
    return age_bars(counts)


def age_bars(counts: Mapping[str, int]) -> tuple[Bar, ...]:
    longest = max(counts.values(), default=1)
    said = (_("15天以内"), _("16至30天"), _("31至60天"), _("61至90天"), _("90天以上"))
    numbers = [counts[label] for label in (*(label for _most, label in AGES), OLDEST)]
    return tuple(
        Bar(label, 100 * number / longest, _("%(n)s件", n=number), 3 if label == said[-1] else 1)
        for label, number in zip(said, numbers, strict=True)
    )


def filtered(asked: Mapping[str, str], known: Organisation) -> str:
    unit, procedure = known.units.get(asked.get("unit", "")), PROCEDURES.get(asked.get("procedure", ""))
    return "　".join(filter(None, (unit.name if unit else "", t(procedure.label, procedure.id) if procedure else "")))
