"""Programs at the interface: each carries the token of one person in one post of the sample town."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from models import db, seed
from tests.models.conftest import SECRET, new_engine
from tests.models.office import NOISE, Office
from web import tokens
from web.app import create_app
from workflow.snapshot import Actor

BASE = "/api/v1"
MONDAY = "2025-09-01T09:00+08:00"
VISIT: dict[str, Any] = {"channel": "visit", "content": NOISE, "petitioner_contact": "13800005678"}


@dataclass(frozen=True)
class Program:
    """Sends JSON; `more` are headers of one request."""

    client: FlaskClient
    word: str

    def get(self, path: str, **more: str) -> TestResponse:
        return self.client.get(BASE + path, headers=self.headers(more))

    def post(self, path: str, body: Any = None, **more: str) -> TestResponse:
        return self.client.post(BASE + path, json={} if body is None else body, headers=self.headers(more))

    def send(self, path: str, data: bytes, kind: str = "application/json", **more: str) -> TestResponse:
        return self.client.post(BASE + path, data=data, content_type=kind, headers=self.headers(more))

    def headers(self, more: dict[str, str]) -> dict[str, str]:
        own = {"Authorization": f"Bearer {self.word}"} if self.word else {}
        return own | {name.replace("_", "-"): value for name, value in more.items()}

    def register(self, **form: Any) -> dict[str, Any]:
        answer = self.post("/cases/petition", {"form": VISIT | form})
        assert answer.status_code == 201, answer.text
        told: dict[str, Any] = answer.get_json()
        return told

    def act(self, no: str, trigger: str, form: dict[str, Any], version: int, **more: str) -> TestResponse:
        return self.post(f"/cases/{no}/acts/{trigger}", {"form": form, "version": version}, **more)


@dataclass(frozen=True)
class Town:
    """The sample town with its interface, on a clock that can be put."""

    app: Flask
    sessions: db.Sessions
    schema: str

    def program(self, login: str, role: str = "") -> Program:
        with db.transaction(self.sessions) as session:
            word = tokens.issue(session, Office(session).actor(login, role), "test")
        return Program(self.app.test_client(), word)

    def resident(self, person: str, role: str = "petitioner") -> Program:
        with db.transaction(self.sessions) as session:
            word = tokens.issue(session, Actor(person, role), "test")
        return Program(self.app.test_client(), word)

    def stranger(self) -> Program:
        return Program(self.app.test_client(), "")

    def at(self, moment: str) -> None:
        with db.transaction(self.sessions) as session:
            Office(session).put_clock_to(datetime.fromisoformat(moment))

    def is_untouched(self, since: tuple[int, ...]) -> bool:
        return self.counted() == since

    def counted(self) -> tuple[int, ...]:
        """How much stands in the tables that an act writes to."""
        with db.transaction(self.sessions) as session:
            tables = ("cases", "events", "clocks", "documents", "notices", "idempotency_keys")
            return tuple(session.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in tables)


@contextmanager
def town(url: str, home: Path) -> Iterator[Town]:
    """In a schema of its own, dropped afterwards."""
    schema = f"programs_{os.getpid()}_{os.urandom(4).hex()}"
    engine = new_engine(url, schema)
    sessions = db.sessions(engine, secret=SECRET)
    seed.found_town(sessions)
    own = {"DATA": home, "SECRET_KEY": SECRET, "SQLALCHEMY_DATABASE_URI": url, "API_WRITES": 10**6}
    app = create_app({**own, "SQLALCHEMY_ENGINE_OPTIONS": db.pool_options(schema)})
    found = Town(app, sessions, schema)
    found.at(MONDAY)
    yield replace(found)
    with app.app_context():
        db.db.engine.dispose()
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()
