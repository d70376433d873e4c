"""Lists of cases for one reader: work, search, what falls due. As many queries as before, however long the list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, request, url_for
from flask_login import current_user
from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from models.db import db
from models.organisation import Organisation, organisation
from models.reading.visible import visible, visible_beneath
from models.reading.worklist import Listed, listed, rows, worklist
from models.tables import Case, Clock
from web import days
from web.identity import Visitor
from web.languages import gettext as _
from web.languages import t
from web.showing import acts, terms
from web.showing import rows as drawn
from web.showing.case import Desk as At
from web.views.desk import Chip, Desk, earliest
from web.views.desk import Row as Shown
from web.words import soon_until
from workflow.limits import shut
from workflow.registry import PROCEDURES, definition
from workflow.snapshot import Actor

MOST = 200
NUMBER = re.compile(r"[A-Z]{2,4}-[\w]+-\d{4}-\d{6}")


@dataclass(frozen=True)
class Found:
    """One case of a list, with whose turn it is."""

    row: Listed
    party: str = ""

    def waits_for(self, role: str = "") -> frozenset[str]:
        """Roles whose turn it is, this one first if it may be; empty where no office is expected."""
        law = definition(self.row.procedure, self.row.definition)
        clock = terms.foremost(law, self.row.clocks)
        early = shut(law, self.row.clocks, days.today())
        act = acts.awaited(law, self.row.state, clock.id if clock else "", role, early)
        return frozenset(getattr(who, "id", "") for hand in act.hands for who in hand) if act else frozenset()

    def shown(self, at: At, role: str) -> Shown:
        law = definition(self.row.procedure, self.row.definition)
        party = next((each.label for each in law.roles.values() if each.outside), "")
        case = drawn.Listed(
            self.row.no, self.row.title, self.row.state, self.row.clocks, party, self.party, self.row.last,
            self.row.last_at,
        )  # fmt: skip
        return drawn.row(law, case, at, role)


def desk(visitor: Visitor, asked: Mapping[str, str]) -> Desk:
    """Filters are told by the address and counted over the whole list, so that a number is what its click shows."""
    actor = visitor.actor
    known = organisation(db.session())
    found = with_parties(worklist(db.session(), actor, limit=MOST))
    chosen = [case for case in found if passes(case, asked, actor.role)]
    at = At(days.now(), days.calendar())
    shown = earliest(case.shown(at, actor.role) for case in chosen)
    return Desk(
        days.today(), tuple(shown), procedures(found, asked), units(found, asked, known),
        waits(found, asked, actor.role),
        filtered=any(asked.get(name) for name in ("procedure", "unit", "waits")), soon_until=soon_until(days.today()),
    )  # fmt: skip


def with_parties(cases: Iterable[Listed]) -> list[Found]:
    """The names of those the cases are for, fetched at once."""
    rows_ = list(cases)
    one, several = Case.data["petitioner_name"].astext, Case.data["party_names"]
    found = db.session.execute(select(Case.id, one, several).where(Case.id.in_([row.id for row in rows_])))
    names = {row[0]: row[1] or "、".join(row[2] or ()) for row in found}
    return [Found(row, names.get(row.id) or "") for row in rows_]


def passes(case: Found, asked: Mapping[str, str], role: str) -> bool:
    wanted = asked.get("waits", "")
    return (
        asked.get("procedure", "") in ("", case.row.procedure)
        and asked.get("unit", "") in ("", case.row.unit)
        and wanted in ("", waiting(case, role))
    )


def waiting(case: Found, role: str) -> str:
    roles = case.waits_for(role)
    return "me" if role in roles else "office" if roles else "outside"


def procedures(found: list[Found], asked: Mapping[str, str]) -> tuple[Chip, ...]:
    counts = Counter(case.row.procedure for case in found)
    return chips("procedure", asked, [(id_, t(PROCEDURES[id_].label, id_), n) for id_, n in counts.items()], len(found))


def units(found: list[Found], asked: Mapping[str, str], known: Organisation) -> tuple[Chip, ...]:
    counts = Counter(case.row.unit for case in found)
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
    others = {key: asked[key] for key in ("procedure", "unit", "waits") if asked.get(key) and key != name}
    first = Chip(_("全部"), address(others), total, not chosen)
    rest = [Chip(label, address({**others, name: id_}), n, id_ == chosen) for id_, label, n in options]
    return (first, *rest)


def address(asked: Mapping[str, Any]) -> str:
    return url_for("desk.show", **asked)


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
    cases = with_parties(listed(db.session(), rows().where(and_(*which)).order_by(Case.id.desc()).limit(MOST)))
    at = At(days.now(), days.calendar())
    return tuple(case.shown(at, actor.role) for case in cases[: MOST - 1]), len(cases) == MOST


def matching(query: str) -> ColumnElement[bool]:
    """Number, title, name, address, or the end of a telephone number; what is sealed has been left out before."""
    like = "%" + query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    lines = [Case.data[name].astext for name in ("petitioner_name", "party_names", "address", "content")]
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
    rows = db.session.execute(counted.where(*mine).group_by(Clock.due_on))
    return {row[0]: row[1] for row in rows}


def day_asked(name: str) -> date | None:
    """A day in the address; what is no day is refused with 422."""
    try:
        return date.fromisoformat(request.args[name]) if request.args.get(name) else None
    except ValueError:
        abort(422)
