"""Offices, posts, settings and calendar as the law is told them; kept in memory until one of them changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from threading import Lock
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models import db
from models.tables import Account, CalendarDay, Person, Post, Setting
from models.tables import Unit as UnitRow
from workflow.calendar import Calendar, Day, today
from workflow.snapshot import Actor, CaseSnapshot, Facts, Unit

STAMPS = text("SELECT string_agg(stamp::text, ' ' ORDER BY name) FROM revisions")
KEPT = 4


@dataclass(frozen=True)
class Holding:
    """A post, held on days of Shanghai from one through the other."""

    person: str
    role: str
    unit: str
    from_day: date
    to_day: date | None

    def holds(self, on: date) -> bool:
        return self.from_day <= on and (self.to_day is None or on <= self.to_day)


@dataclass(frozen=True)
class Local:
    """One decision of an office about one setting."""

    unit: str
    procedure: str
    key: str
    value: Any
    from_day: date


@dataclass(frozen=True)
class Organisation:
    """The tree, who stands where, and what each office has decided for itself; `names` and `addresses` by person."""

    units: Mapping[str, Unit]
    calendar: Calendar
    posts: Mapping[tuple[str, str], tuple[Holding, ...]]
    posts_of: Mapping[str, tuple[Holding, ...]]
    settings: tuple[Local, ...]
    names: Mapping[str, str]
    addresses: Mapping[str, str]

    def upward(self, unit: str) -> tuple[str, ...]:
        """The unit and all above it, the nearest first."""
        found: list[str] = []
        while unit in self.units and unit not in found:
            found.append(unit)
            unit = self.units[unit].parent
        return tuple(found)

    def holders(self, role: str, units: Iterable[str], on: date) -> tuple[str, ...]:
        """Everybody who holds the role at the first of these units, or above them, where anybody does."""
        given = tuple(units)
        above = (unit for each in given for unit in self.upward(each))
        for unit in chain(given, above):
            if found := [post.person for post in self.posts.get((role, unit), ()) if post.holds(on)]:
                return tuple(dict.fromkeys(found))
        return ()

    def is_in_office(self, person: str, on: date) -> bool:
        return any(post.holds(on) for post in self.posts_of.get(person, ()))

    def actors(self, person: str, on: date) -> tuple[Actor, ...]:
        """What the person may act as that day, one a post."""
        held = (post for post in self.posts_of.get(person, ()) if post.holds(on))
        return tuple(Actor(person, post.role, post.unit, self.names.get(person, "")) for post in held)

    def settings_for(self, procedure: str, unit: str, on: date) -> dict[str, Any]:
        """The nearest unit upward wins, in it the latest day not after `on`."""
        line = {each: depth for depth, each in enumerate(self.upward(unit))}
        heard = [s for s in self.settings if s.procedure == procedure and s.unit in line and s.from_day <= on]
        heard.sort(key=lambda each: (-line[each.unit], each.from_day))
        return {each.key: each.value for each in heard}

    def facts(self, procedure: str, unit: str, on: date, linked: Mapping[str, CaseSnapshot] | None = None) -> Facts:
        return Facts(self.units, self.calendar, self.settings_for(procedure, unit, on), linked or {})


def holders(session: Session, role: str, unit_ids: Iterable[str]) -> tuple[str, ...]:
    """Ids of those who hold the role today at the nearest unit that has anybody; a vacancy goes on upward."""
    return organisation(session).holders(role, unit_ids, today(db.now(session)))


_kept: OrderedDict[str, Organisation] = OrderedDict()
_calendars: OrderedDict[str, Calendar] = OrderedDict()
_lock = Lock()


def organisation(session: Session, stamps: str = "") -> Organisation:
    """As it stands; `stamps` are those of the `revisions` table, where they have just been read anyway.

    What is read may be newer than its stamps, never older: then it is read once more the next time.
    """
    stamps = stamps or session.execute(STAMPS).scalar_one()
    with _lock:
        found = _kept.get(stamps)
        if found:
            _kept.move_to_end(stamps)
    return found or kept(_kept, stamps, read(session, stamps.split()[0]))


def kept(shelf: OrderedDict[str, Any], stamp: str, found: Any) -> Any:
    with _lock:
        shelf[stamp] = found
        while len(shelf) > KEPT:
            shelf.popitem(last=False)
    return found


def read(session: Session, calendar_stamp: str) -> Organisation:
    """Core rows only: the session's own objects are neither used nor filled."""
    calendar = _calendars.get(calendar_stamp) or kept(_calendars, calendar_stamp, read_calendar(session))
    posts = read_posts(session)
    at: dict[tuple[str, str], tuple[Holding, ...]] = {}
    of: dict[str, tuple[Holding, ...]] = {}
    for post in posts:
        at[post.role, post.unit] = (*at.get((post.role, post.unit), ()), post)
        of[post.person] = (*of.get(post.person, ()), post)
    return Organisation(read_units(session), calendar, at, of, read_settings(session), *read_people(session))


def read_units(session: Session) -> dict[str, Unit]:
    rows = session.execute(select(UnitRow.id, UnitRow.name, UnitRow.level, UnitRow.parent_id))
    return {id_: Unit(id_, name, level, parent or "") for id_, name, level, parent in rows}  # type: ignore[arg-type]


def read_calendar(session: Session) -> Calendar:
    rows = session.execute(
        select(CalendarDay.day, CalendarDay.kind, CalendarDay.name, CalendarDay.source, CalendarDay.confirmed)
    )
    return Calendar({day: Day(kind, name, source, confirmed) for day, kind, name, source, confirmed in rows})  # type: ignore[arg-type]


def read_posts(session: Session) -> list[Holding]:
    columns = (Post.person_id, Post.role, Post.unit_id, Post.from_day, Post.to_day)
    rows = session.execute(select(*columns).order_by(Post.from_day, Post.id))
    return [Holding(str(row.person_id), row.role, row.unit_id, row.from_day, row.to_day) for row in rows]


def read_settings(session: Session) -> tuple[Local, ...]:
    columns = (Setting.unit_id, Setting.procedure, Setting.key, Setting.value, Setting.from_day)
    return tuple(Local(*row) for row in session.execute(select(*columns)))


def read_people(session: Session) -> tuple[dict[str, str], dict[str, str]]:
    """Names of all who have a post or an account, and where mail reaches them."""
    staff = select(Post.person_id).union(select(Account.person_id))
    names = session.execute(select(Person.id, Person.name).where(Person.id.in_(staff)))
    mail = session.execute(
        select(Account.person_id, Account.email).where(Account.email != "", Account.closed_at.is_(None))
    )
    return {str(id_): name for id_, name in names}, {str(id_): address for id_, address in mail}
