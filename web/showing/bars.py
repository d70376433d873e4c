"""Who may not be proposed for an award: the branch of a rating, and its secretary as a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from web.languages import gettext as _
from web.languages import t
from web.rendering import day_plain
from web.showing.facts import Reader
from web.views.case import Fact
from workflow.calendar import today
from workflow.procedures.branch_rating import BranchRating
from workflow.questions import Asked, EntriesAsked
from workflow.rosters import award_bars
from workflow.snapshot import CLOCK, CaseSnapshot, Facts
from workflow.words.procedure import Procedure


@dataclass(frozen=True)
class Bar:
    """`about` is the branch that was graded poor in that year, or a person who led it."""

    about: str
    branch: str
    year: int
    since: date


def barred(outside: Mapping[Asked, Any], about: str, on: date) -> tuple[Bar, ...]:
    """What the register says of one branch or person on that day."""
    found = outside[EntriesAsked(award_bars.name, about, on)]
    return tuple(Bar(about, each.values["branch"], each.values["year"], each.since) for each in found)


def on_case(law: type[Procedure], snapshot: CaseSnapshot, facts: Facts, now: datetime) -> tuple[Bar, ...]:
    """Of the branch, of its secretary today, and of whoever was barred by this rating."""
    if law.id != BranchRating.id:
        return ()
    case: Any = law(snapshot, facts, CLOCK, today(now), now)
    concerned = dict.fromkeys((case.branch, case.organisation.secretary, case.barred_secretary))
    return tuple(bar for about in concerned if about for bar in barred(facts.outside, about, today(now)))


def basis() -> str:
    return BranchRating.acts["confirm"][0].law


def told(bars: tuple[Bar, ...], reader: Reader) -> tuple[Fact, ...]:
    return tuple(Fact(_("评优限制"), said(bar, reader), basis=t(basis(), BranchRating.id)) for bar in bars)


def said(bar: Bar, reader: Reader) -> str:
    branch = reader.units.get(bar.branch, bar.branch)
    values = {"branch": branch, "year": bar.year, "since": day_plain(bar.since)}
    if bar.about == bar.branch:
        return _("%(branch)s%(year)s年度定为差，自%(since)s起不评先进单位，至下一年度定级确认时为止", **values)
    values["person"] = reader.people.get(bar.about, bar.about)
    return _("%(person)s：%(branch)s%(year)s年度定为差，自%(since)s起不评先进个人，至下一年度定级确认时为止", **values)
