"""The ground of both sides: a schema of its own with the sample town, and as many equal cases as are needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from models import casework, db, town
from models.base import Base
from models.organisation import organisation
from models.tables import Account, Case, Clock, Event
from workflow.calendar import today
from workflow.procedures.petition import Petition
from workflow.snapshot import Actor

SECRET = PASSWORD = "a secret that opens nothing"
CLERK, OFFICER = "zhouxiaoman", "chenliqiu"
CONTENT = "市场每夜装卸，噪声扰民，无法入睡，请予处理。"
FILED = {"channel": "visit", "content": CONTENT, "petitioner_name": "张伟", "petitioner_contact": "13800005678"}
CLOCK = text("""
INSERT INTO clock_offset (ahead) VALUES (CAST(:moment AS timestamptz) - clock_timestamp())
ON CONFLICT (is_row) DO UPDATE SET ahead = excluded.ahead
""")

ASIDE = text("UPDATE clocks SET not_before = 'infinity' FROM cases WHERE cases.id = clocks.case_id AND cases.no = :no")


@dataclass(frozen=True)
class Ground:
    """Where the work is done; small enough to be told to another process."""

    url: str
    schema: str

    def sessions(self) -> db.Sessions:
        return sessions(self)

    def put_clock_to(self, moment: str) -> None:
        with db.transaction(self.sessions()) as session:
            session.execute(CLOCK, {"moment": datetime.fromisoformat(f"{moment}+08:00")})

    def register(self, **more: Any) -> str:
        """A petition at the counter of a street; its number."""
        with db.transaction(self.sessions()) as session:
            clerk = actor(session, CLERK, "window_clerk")
            opened = casework.open_case(session, Petition, "register", FILED | more, actor=clerk, unit=clerk.unit)
        return opened.acted.no

    def set_aside(self, no: str) -> None:
        """The clock leaves that one case alone; its copies are due."""
        with db.transaction(self.sessions()) as session:
            session.execute(ASIDE, {"no": no})

    def copies(self, no: str, batch: str, count: int) -> list[str]:
        """So many cases that stand as that one does; their chains begin with its events."""
        with db.transaction(self.sessions()) as session:
            for statement in copying():
                session.execute(statement, {"no": no, "batch": batch, "count": count})
        return [f"{batch}-{number}" for number in range(1, count + 1)]


@cache
def sessions(ground: Ground) -> db.Sessions:
    return db.sessions(ground.url, secret=SECRET, schema=ground.schema)


def actor(session: Session, login: str, role: str) -> Actor:
    person = str(session.query(Account.person_id).filter(Account.login == login).scalar())
    found = organisation(session).actors(person, today(db.now(session)))
    return next(each for each in found if each.role == role)


@contextmanager
def ground(url: str) -> Iterator[Ground]:
    """A town in a schema that is marked as a test, so that its clock may be moved; dropped afterwards."""
    found = Ground(url, f"bench_{os.getpid()}")
    engine = db.engine(url, schema=found.schema)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {found.schema}"))
        connection.execute(text(f"COMMENT ON SCHEMA {found.schema} IS 'linban test'"))
    try:
        db.upgrade(engine)
        with db.transaction(found.sessions()) as session:
            town.build(session, password=PASSWORD)
        yield found
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {found.schema} CASCADE"))
        engine.dispose()


# Copies


@cache
def copying() -> tuple[TextClause, ...]:
    """In the order the database's own guards ask for: a case stands nowhere until its events stand beside it."""
    return tuple(
        map(
            text,
            (
                cases(),
                KEYS,
                rows_beside(Event, "events"),
                VALUES,
                rows_beside(Clock, "clocks", "not_before"),
                STAND,
                ANALYSE,
            ),
        )
    )


def columns(table: type[Base], *without: str) -> list[str]:
    return [column.name for column in table.__table__.columns if column.name not in {"id", *without}]


def listed(names: list[str], of: str = "") -> str:
    return ", ".join(f'{of}"{name}"' for name in names)


def cases() -> str:
    kept = columns(Case, "no", "seq", "version", "head")
    return f"""
        INSERT INTO cases (no, {listed(kept)})
        SELECT :batch || '-' || n, {listed(kept, "c.")} FROM cases c, generate_series(1, :count) n WHERE c.no = :no
    """


def rows_beside(table: type[Base], name: str, *without: str) -> str:
    kept = columns(table, "case_id", "txid", *without)
    return f"""
        INSERT INTO {name} (case_id, {listed(kept)}) SELECT copy.id, {listed(kept, "o.")}
        FROM cases c JOIN {name} o ON o.case_id = c.id, cases copy
        WHERE c.no = :no AND copy.no LIKE :batch || '-%' ORDER BY o.id
    """


KEYS = """
INSERT INTO case_keys (case_id, secret) SELECT copy.id, k.secret
FROM cases c JOIN case_keys k ON k.case_id = c.id, cases copy
WHERE c.no = :no AND copy.no LIKE :batch || '-%'
"""
VALUES = """
INSERT INTO event_values (event_id, "values") SELECT mine.id, v."values"
FROM cases c JOIN events e ON e.case_id = c.id JOIN event_values v ON v.event_id = e.id, cases copy, events mine
WHERE c.no = :no AND copy.no LIKE :batch || '-%' AND mine.case_id = copy.id AND mine.seq = e.seq
"""
STAND = """
UPDATE cases SET seq = c.seq, version = c.version, head = c.head FROM cases c
WHERE c.no = :no AND cases.no LIKE :batch || '-%'
"""
ANALYSE = "ANALYZE cases, clocks, events"
