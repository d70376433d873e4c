"""Lists of cases for one reader: work, search, what falls due. Three queries however long the list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import abort, request, url_for
from flask_login import current_user
from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from models.db import db
from models.organisation import Organisation, organisation
from models.reading.visible import visible, visible_beneath
from models.tables import Case, Clock, Event
from web import days
from web.identity import WATCHERS, Visitor
from web.languages import gettext as _
from web.languages import t
from web.showing import acts, rows, terms
from web.showing.case import Desk as At
from web.views.desk import Chip, Desk, earliest
from web.views.desk import Row as Shown
from web.words import soon_until
from workflow.record import load_clock
from workflow.registry import PROCEDURES
from workflow.snapshot import Actor, RunningClock

MOST = 200
NUMBER = re.compile(r"[A-Z]{2,4}-[\w]+-\d{4}-\d{6}")
COLUMNS = (Case.id, Case.no, Case.title, Case.procedure, Case.state, Case.unit_id, Case.caseworker_id, Case.data)


@dataclass(frozen=True)
class Found:
    """One case of a list with the clocks and the last event that belong to it."""

    row: Row[Any]
    clocks: tuple[RunningClock, ...]
    last: str
    last_at: datetime | None

    @property
    def waits_for(self) -> frozenset[str]:
        """Roles whose turn it is; empty where no office is expected."""
        law = PROCEDURES[self.row.procedure]
        clock = terms.foremost(law, self.clocks)
        act = acts.awaited(law, self.row.state, clock.id if clock else "")
        return frozenset(getattr(who, "id", "") for hand in act.hands for who in hand) if act else frozenset()

    def shown(self, at: At, role: str) -> Shown:
        law = PROCEDURES[self.row.procedure]
        party = next((role_.label for role_ in law.roles.values() if role_.outside), "")
        name = str(self.row.data.get("petitioner_name") or "")
        listed = rows.Listed(
            self.row.no, self.row.title, self.row.state, self.clocks, party, name, self.last, self.last_at
        )
        return rows.row(law, listed, at, role)


def desk(visitor: Visitor, asked: Mapping[str, str]) -> Desk:
    """Filters are told by the address and counted over the whole list, so that a number is what its click shows."""
    actor = visitor.actor
    known = organisation(db.session())
    found = fetched(and_(visible_beneath(db.session(), actor), Case.is_open, own_work(actor)))
    chosen = [case for case in found if passes(case, asked, actor.role)]
    at = At(days.now(), days.calendar())
    shown = earliest(case.shown(at, actor.role) for case in chosen)
    return Desk(
        days.today(), tuple(shown), procedures(found, asked), units(found, asked, known),
        waits(found, asked, actor.role),
        filtered=any(asked.get(name) for name in ("procedure", "unit", "waits")), soon_until=soon_until(days.today()),
    )  # fmt: skip


def own_work(actor: Actor) -> ColumnElement[bool]:
    """Assigned to me or to nobody, or handled by me before; those who watch see all beneath them."""
    if actor.role in WATCHERS or not actor.person.isdigit():
        return Case.is_open.is_(True)
    mine = or_(Case.caseworker_id == int(actor.person), Case.caseworker_id.is_(None))
    return or_(mine, exists().where(Event.case_id == Case.id, Event.actor == actor.person))


def passes(case: Found, asked: Mapping[str, str], role: str) -> bool:
    wanted = asked.get("waits", "")
    return (
        asked.get("procedure", "") in ("", case.row.procedure)
        and asked.get("unit", "") in ("", case.row.unit_id)
        and wanted in ("", waiting(case, role))
    )


def waiting(case: Found, role: str) -> str:
    roles = case.waits_for
    return "me" if role in roles else "office" if roles else "outside"


def procedures(found: list[Found], asked: Mapping[str, str]) -> tuple[Chip, ...]:
    counts = Counter(case.row.procedure for case in found)
    return chips("procedure", asked, [(id_, t(PROCEDURES[id_].label, id_), n) for id_, n in counts.items()], len(found))


def units(found: list[Found], asked: Mapping[str, str], known: Organisation) -> tuple[Chip, ...]:
    counts = Counter(case.row.unit_id for case in found)
    order = [(id_, unit.name, counts[id_]) for id_, unit in known.units.items() if counts[id_]]
    return chips("unit", asked, order, len(found))


def waits(found: list[Found], asked: Mapping[str, str], role: str) -> tuple[Chip, ...]:
    counts = Counter(waiting(case, role) for case in found)
    names = {"me": _("等我"), "office": _("等别人"), "outside": _("等居民")}
    return chips("waits", asked, [(id_, name, counts[id_]) for id_, name in names.items() if counts[id_]], len(found))


def chips(name: str, asked: Mapping[str, str], options: list[tuple[str, str, int]], total: int) -> tuple[Chip, ...]:
    """Nothing where there is nothing to choose between."""
    chosen = asked.get(name, "")
    if len(options) < 2 and not chosen:
        return ()
    kept = [key for key in ("procedure", "unit", "waits") if asked.get(key) and key != name]
    others: dict[str, Any] = {key: asked[key] for key in kept}
    first = Chip(_("全部"), url_for("desk.show", **others), total, not chosen)
    rest = [Chip(label, url_for("desk.show", **(others | {name: id_})), n, id_ == chosen) for id_, label, n in options]
    return (first, *rest)


# Search


def whole_number(query: str) -> str:
    """The number where the query is one, however it was typed."""
    typed = query.strip().upper()
    return (
        db.session.scalar(select(Case.no).where(func.upper(Case.no) == typed)) or "" if NUMBER.fullmatch(typed) else ""
    )


def found(query: str, due: date | None) -> tuple[tuple[Shown, ...], bool]:
    """Newest first; more than can be shown is said."""
    actor = current_user.actor
    which = [visible(db.session(), actor)]
    which += [matching(query)] if query else []
    which += [due_on(due)] if due else []
    cases = fetched(and_(*which), newest=True)
    at = At(days.now(), days.calendar())
    return tuple(case.shown(at, actor.role) for case in cases[: MOST - 1]), len(cases) == MOST


def matching(query: str) -> ColumnElement[bool]:
    """Number, title, name, address, or the end of a telephone number; what is sealed has been left out before."""
    like = "%" + query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    lines = [Case.data[name].astext for name in ("petitioner_name", "address", "content")]
    found = [Case.no.ilike(like), Case.title.ilike(like), *(line.ilike(like) for line in lines)]
    if query.isdigit() and len(query) >= 4:
        found.append(Case.data["petitioner_contact"].astext.endswith(query))
    return or_(*found)


def due_on(on: date) -> ColumnElement[bool]:
    return exists().where(Clock.case_id == Case.id, Clock.status != "ended", Clock.due_on == on)


def due_between(actor: Actor, first: date, last: date) -> dict[date, int]:
    """How many cases of mine have a term that ends on each day."""
    mine = (visible_beneath(db.session(), actor), Clock.status != "ended", Clock.due_on.between(first, last))
    counted = select(Clock.due_on, func.count(func.distinct(Case.id))).join(Case, Case.id == Clock.case_id)
    return dict(db.session.execute(counted.where(*mine).group_by(Clock.due_on)).tuples().all())


def day_asked(name: str) -> date | None:
    """A day in the address; what is no day is refused with 422."""
    try:
        return date.fromisoformat(request.args[name]) if request.args.get(name) else None
    except ValueError:
        abort(422)


# The queries


def fetched(which: ColumnElement[bool], *, newest: bool = False) -> list[Found]:
    order = (Case.id.desc(),) if newest else (Case.due_at.asc().nulls_last(), Case.id)
    cases = db.session.execute(select(*COLUMNS).where(which).order_by(*order).limit(MOST)).all()
    ids = [case.id for case in cases]
    clocks, last = live_clocks(ids), last_events(ids)
    return [Found(case, clocks.get(case.id, ()), *last.get(case.id, ("", None))) for case in cases]


def live_clocks(ids: list[int]) -> dict[int, tuple[RunningClock, ...]]:
    found: dict[int, tuple[RunningClock, ...]] = {}
    for id_, body in db.session.execute(
        select(Clock.case_id, Clock.body).where(Clock.case_id.in_(ids), Clock.status != "ended")
    ):
        found[id_] = (*found.get(id_, ()), load_clock(body))
    return found


def last_events(ids: list[int]) -> dict[int, tuple[str, datetime]]:
    """What a person or the law did last; reminders do not count."""
    done = (Event.case_id.in_(ids), Event.trigger != Event.rung)
    last = select(Event.case_id, Event.trigger, Event.at).where(*done).ext(distinct_on(Event.case_id))
    found = db.session.execute(last.order_by(Event.case_id, Event.seq.desc()))
    return {id_: (trigger, at) for id_, trigger, at in found}
