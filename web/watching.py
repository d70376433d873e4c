"""The board of those who watch others' terms: counted by the database, shaded by how many are overdue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from sqlalchemy import ColumnElement, Date, and_, cast, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from models.db import db
from models.organisation import Organisation, organisation
from models.reading.visible import visible_beneath
from models.tables import Case, Clock, Notice
from web import days, listing
from web.languages import gettext as _
from web.languages import t
from web.listing import Found
from web.showing import terms
from web.showing.case import Desk as At
from web.views.board import Bar, Board, Heat, HeatRow, Late
from web.words import soon_until
from workflow.calendar import end_of, today
from workflow.registry import PROCEDURES
from workflow.snapshot import Actor

WINDOW = timedelta(days=30)
AGES = ((15, "15天以内"), (30, "16至30天"), (60, "31至60天"), (90, "61至90天"))
OLDEST = "90天以上"
Key = tuple[str, str]


@dataclass(frozen=True)
class Count:
    live: int = 0
    late: int = 0
    soon: int = 0
    today: int = 0
    paused: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(*(mine + theirs for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True)))


def board(actor: Actor, asked: Mapping[str, str]) -> Board:
    known, now = organisation(db.session()), days.now()
    mine = and_(visible_beneath(db.session(), actor), Case.is_open)
    counts = counted(mine, now)
    total = sum(counts.values(), Count())
    columns = [id_ for id_ in PROCEDURES if any(procedure == id_ for _unit, procedure in counts)] or list(PROCEDURES)
    shares = kept(actor)
    return Board(
        known.units[actor.unit].name if actor.unit in known.units else "", now, total.late, total.today, total.paused,
        total.live, sum(n for n, _all in shares.values()), sum(n for _kept, n in shares.values()),
        tuple(t(PROCEDURES[id_].label, id_) for id_ in columns), heat(known, counts, columns),
        oldest(mine, asked, known, now), ages=ages(mine), shares=share_bars(shares), filtered=filtered(asked, known),
    )  # fmt: skip


def counted(mine: ColumnElement[bool], now: datetime) -> dict[Key, Count]:
    """By unit and procedure; a paused case is neither late nor soon."""
    running, soon = Case.paused_on.is_(None), end_of(soon_until(days.today()))
    late, tonight = and_(running, Case.due_at < now), end_of(days.today())
    columns = (
        func.count(), func.count().filter(late), func.count().filter(running, Case.due_at.between(now, soon)),
        func.count().filter(running, Case.due_at.between(now, tonight)),
        func.count().filter(Case.paused_on.is_not(None)),
    )  # fmt: skip
    rows = db.session.execute(
        select(Case.unit_id, Case.procedure, *columns).where(mine).group_by(Case.unit_id, Case.procedure)
    )
    return {(unit, procedure): Count(*numbers) for unit, procedure, *numbers in rows}


def heat(known: Organisation, counts: Mapping[Key, Count], columns: list[str]) -> tuple[HeatRow, ...]:
    """Units in the order of the tree, never by how they do; those with nothing to do are left out."""
    rows = []
    for id_, unit in known.units.items():
        line = [counts.get((id_, procedure), Count()) for procedure in columns]
        if any(count.live for count in line):
            cells = tuple(cell(count, id_, procedure) for count, procedure in zip(line, columns, strict=True))
            rows.append(HeatRow(unit.name, cells, cell(sum(line, Count()), id_, "")))
    return tuple(rows)


def cell(count: Count, unit: str, procedure: str) -> Heat:
    return Heat(count.late, count.soon, count.live, url_for("board.show", unit=unit, procedure=procedure) + "#overdue")


def oldest(mine: ColumnElement[bool], asked: Mapping[str, str], known: Organisation, now: datetime) -> tuple[Late, ...]:
    which = [mine, Case.paused_on.is_(None), Case.due_at < now]
    which += [Case.unit_id == asked["unit"]] if asked.get("unit") else []
    which += [Case.procedure == asked["procedure"]] if asked.get("procedure") else []
    found = listing.fetched(and_(*which))
    reached = last_told([case.row.id for case in found])
    at = At(now, days.calendar())
    return tuple(late(case, reached.get(case.row.id, ""), known, at) for case in found if case.clocks)


def late(case: Found, role: str, known: Organisation, at: At) -> Late:
    law = PROCEDURES[case.row.procedure]
    clock = terms.foremost(law, case.clocks)
    assert clock is not None, "a late case has a clock"
    holder = known.names.get(str(case.row.caseworker_id), "") or roles_said(law.id, case.waits_for)
    reached = t(law.roles[role].label, f"{law.id}.{role}") if role in law.roles else ""
    unit = known.units[case.row.unit_id].name
    due = terms.due(law, clock, at.now, at.calendar)
    return Late(case.row.no, case.row.title, unit, due, holder, reached, law.id)


def roles_said(procedure: str, roles: frozenset[str]) -> str:
    known = PROCEDURES[procedure].roles
    return _("、").join(t(known[role].label, f"{procedure}.{role}") for role in sorted(roles) if role in known)


def last_told(ids: list[int]) -> dict[int, str]:
    """The role told last that a term is over: how far up it has come."""
    which = (Notice.case_id.in_(ids), Notice.what.in_(("overdue", "after")), Notice.channel == "inbox")
    last = select(Notice.case_id, Notice.role).where(*which).ext(distinct_on(Notice.case_id))
    return dict(db.session.execute(last.order_by(Notice.case_id, Notice.id.desc())).tuples().all())


def kept(actor: Actor) -> dict[str, tuple[int, int]]:
    """By procedure: duties of the office that ended in time, among those that fell due in thirty days."""
    since = days.today() - WINDOW
    ended_on = cast(Clock.body["ended_on"].astext, Date)
    which = (visible_beneath(db.session(), actor), Clock.status == "ended", Clock.due_on >= since)
    grouped = select(Case.procedure, Clock.clock, ended_on <= Clock.due_on, func.count()).join(
        Case, Case.id == Clock.case_id
    )
    rows = db.session.execute(grouped.where(*which).group_by(Case.procedure, Clock.clock, ended_on <= Clock.due_on))
    shares: dict[str, tuple[int, int]] = {}
    for procedure, clock, in_time, number in rows:
        if PROCEDURES[procedure].clock(clock).overdue_after:
            good, whole = shares.get(procedure, (0, 0))
            shares[procedure] = (good + number * bool(in_time), whole + number)
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
