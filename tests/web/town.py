"""A very small town with an account for each post, in a schema marked as a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine, insert, text

from models import almanac, db
from models.tables import Account, CalendarDay, Person, Post, Unit

PASSWORD = "correct horse"
UNITS = (
    ("QS", "青桥市", "city", None),
    ("QQ", "青桥区", "district", "QS"),
    ("LAJD", "柳岸街道", "street", "QQ"),
    ("SQJD", "石桥街道", "street", "QQ"),
    ("GHX", "桂花巷社区", "community", "LAJD"),
)
CONTACTS = {"LAJD": {"phone": "0000-555 1180", "hours": "工作日 8:30—17:30"}, "QQ": {"phone": "0000-555 1200"}}
STAFF = (
    ("fang", "方婷", (("window_clerk", "LAJD"),)),
    ("lin", "林晓芸", (("caseworker", "LAJD"), ("window_clerk", "GHX"))),
    ("zhao", "赵启明", (("unit_head", "LAJD"),)),
    ("shi", "石磊", (("supervisor", "QQ"),)),
    ("gu", "顾文涛", (("hearing_chair", "LAJD"),)),
    ("he", "何静", (("dispatcher", "LAJD"),)),
    ("stranger", "曹立群", (("caseworker", "SQJD"),)),
    ("yuan", "袁青", (("keeper", "LAJD"), ("elder", "GHX"))),
    ("deng", "邓禾", (("registrar", "GHX"),)),
    ("yao", "姚青", (("mediator", "GHX"),)),
    ("qin", "秦朗", (("committee_chair", "GHX"),)),
    ("hua", "华实", (("visitor", "GHX"),)),
    ("sikong", "司空明", (("justice_office", "LAJD"),)),
    ("idle", "丁小满", ()),
)
COLUMNS = ("city_id", "district_id", "street_id", "community_id")
LEVELS = ("city", "district", "street", "community")


def found(at: Connection) -> None:
    """Units, people, posts, accounts and two years of days."""
    lines: dict[str, dict[str, str]] = {}
    for id_, name, level, parent in UNITS:
        lines[id_] = {**lines.get(parent or "", {}), f"{level}_id": id_}
        at.execute(
            insert(Unit).values(id=id_, name=name, level=level, parent_id=parent, **lines[id_], **CONTACTS.get(id_, {}))
        )
    kept = PasswordHasher(time_cost=1, memory_cost=8 * 1024).hash(PASSWORD)
    for login, name, posts in STAFF:
        person = at.execute(insert(Person).values(name=name).returning(Person.id)).scalar_one()
        at.execute(insert(Account).values(person_id=person, login=login, password_hash=kept))
        for role, unit in posts:
            at.execute(insert(Post).values(person_id=person, role=role, unit_id=unit, from_day=date(2020, 1, 1)))
    rows = [
        {"day": on, "kind": day.kind, "name": day.name, "source": day.source, "confirmed": day.confirmed}
        for on, day in almanac.almanac(2025, 2027).items()
    ]
    at.execute(insert(CalendarDay), rows)


@contextmanager
def schema(engine_url: str, name: str) -> Iterator[Engine]:
    """A schema of its own with the town in it, dropped afterwards."""
    own = db.engine(engine_url, schema=name)
    with own.begin() as at:
        at.execute(text(f"CREATE SCHEMA {name}"))
        at.execute(text(f"COMMENT ON SCHEMA {name} IS 'linban test'"))
    db.upgrade(own)
    with own.begin() as at:
        found(at)
    try:
        yield own
    finally:
        with own.begin() as at:
            at.execute(text(f"DROP SCHEMA {name} CASCADE"))
        own.dispose()
