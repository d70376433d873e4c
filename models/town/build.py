"""Writes the town into empty tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from argon2 import PasswordHasher
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from models import db
from models.almanac import almanac
from models.tables import Account, Entry, Person, Post, Unit
from models.town.places import BRANCHES, LEVELS, RESIDENTS, UNITS, YOUNG
from models.town.staff import STAFF
from workflow.calendar import today
from workflow.rosters import members, organisations

FIRST_YEAR, LAST_YEAR = 2010, 2030
SINCE, FOUNDED = date(2024, 1, 1), date(2012, 7, 1)
HOURS = "工作日 8:30—12:00，13:30—17:30"
COMMUNITY_HOURS = "周一至周六 8:30—11:30，14:00—17:30"
DAYS = text("""
    INSERT INTO calendar_days (day, kind, name, source, confirmed) SELECT * FROM unnest(
        CAST(:day AS date[]), CAST(:kind AS text[]), CAST(:name AS text[]), CAST(:source AS text[]),
        CAST(:confirmed AS boolean[]))
""")


def build(session: Session, *, password: str = "") -> None:
    """Into empty tables; accounts only where a password is given, the same for all: it is for a demonstration."""
    build_units(session)
    build_calendar(session)
    people = build_people(session)
    build_rosters(session, people, today(db.now(session)))
    if password:
        hashed = PasswordHasher().hash(password)
        session.execute(
            insert(Account),
            [
                {"person_id": id_, "login": login, "password_hash": hashed, "email": f"{login}@yunzhou.example"}
                for login, id_ in people.items()
            ],
        )


def build_units(session: Session) -> None:
    session.execute(insert(Unit), list(unit_rows(UNITS)))


def unit_rows(units: tuple[tuple[str, ...], ...]) -> Iterator[dict[str, str | None]]:
    """Each unit with the columns that repeat it and everything above it; a unit stands after the one above it."""
    lines: dict[str, dict[str, str | None]] = {"": {f"{level}_id": None for level in LEVELS}}
    for code, name, level, above, phone in units:
        lines[code] = lines[above] | {f"{level}_id": code}
        own = {"phone": phone, "hours": COMMUNITY_HOURS if level == "community" else HOURS}
        yield {"id": code, "name": name, "level": level, "parent_id": above or None, **own, **lines[code]}


def build_calendar(session: Session) -> None:
    """Some seven thousand days in one statement, which takes a tenth of the time of one each."""
    days = almanac(FIRST_YEAR, LAST_YEAR)
    columns = {name: [getattr(day, name) for day in days.values()] for name in ("kind", "name", "source", "confirmed")}
    session.execute(DAYS, {"day": list(days), **columns})


def founded(code: str, on: date) -> date:
    return on - timedelta(days=YOUNG[code]) if code in YOUNG else FOUNDED


def build_rosters(session: Session, people: dict[str, int], on: date) -> None:
    """Party organisations, and members: those with a post in their branch, and others who bear a number for a name."""
    parents = {code: above for code, _, _, above, _ in UNITS}
    secretaries = {code: str(people[STAFF[code][0][1]]) for code, *_ in BRANCHES}
    for code, count, committee, households in BRANCHES:
        since = founded(code, on)
        facts = {
            "parent": parents[code], "street": parents[parents[code]], "secretary": secretaries[code],
            "founded_on": since.isoformat(), "has_committee": committee, "households": households,
            "enterprise": not households, "employees": 0 if households else 60,
        }  # fmt: skip
        session.add(Entry(register=organisations.name, about=code, since=since, values=facts))
        named = [str(people[login]) for _, login, _ in STAFF.get(code, ())]
        card = {"branch": code, "standing": "full"}
        for about in (*named, *(f"{code}-{number}" for number in range(len(named) + 1, count + 1))):
            session.add(Entry(register=members.name, about=about, since=since, values=card))
    for code, _, level, *_ in UNITS:
        if level == "street":
            session.add(Entry(register=organisations.name, about=code, since=FOUNDED, values={"approves": True}))


def build_people(session: Session) -> dict[str, int]:
    """Everybody with his posts; ids by login. All posts begin on one day, whatever day it is for whoever builds."""
    staff = [(unit, *each) for unit, people in STAFF.items() for each in people]
    ids = session.execute(
        insert(Person).returning(Person.id, sort_by_parameter_order=True), [{"name": name} for _, name, _, _ in staff]
    ).scalars()
    placed = list(zip(ids, staff, strict=True))
    session.execute(
        insert(Post),
        [
            {"person_id": id_, "role": role, "unit_id": unit, "from_day": SINCE}
            for id_, (unit, _, _, roles) in placed
            for role in roles.split()
        ],
    )
    if RESIDENTS:
        session.execute(insert(Person), [{"name": name} for name in RESIDENTS])
    return {login: id_ for id_, (_, _, login, _) in placed}
