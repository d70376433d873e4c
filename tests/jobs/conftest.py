from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from jobs import store
from models import db, seed
from tests.jobs.clockwork import Clockwork

SECRET = "a secret that opens nothing"


EMPTY = "SET LOCAL session_replication_role = replica; TRUNCATE cases, counters, idempotency_keys, clock_offset CASCADE"


@pytest.fixture(scope="session")
def built(database_url: str) -> Iterator[tuple[Engine, str]]:
    """The town in a schema of its own, built once."""
    schema = f"jobs_{os.getpid()}"
    engine = db.engine(database_url, schema=schema)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
        connection.execute(text(f"COMMENT ON SCHEMA {schema} IS 'linban test'"))
    db.upgrade(engine)
    seed.seed_if_empty(db.sessions(engine, secret=SECRET))
    yield engine, schema
    engine.dispose()


@pytest.fixture
def town(
    built: tuple[Engine, str], server_urls: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Clockwork]:
    """The town without a case, on Monday 1 September 2025, nine in the morning; its transactions are really kept."""
    (engine, schema), (database, queue) = built, server_urls
    own = {"DATABASE_URL": database, "REDIS_URL": queue, "LINBAN_SCHEMA": schema, "LINBAN_QUEUE": schema}
    for name, value in (own | {"LINBAN_SECRET_KEY": SECRET, "LINBAN_MAIL": ""}).items():
        monkeypatch.setenv(name, value)
    with engine.begin() as connection:
        connection.execute(text(EMPTY))
    engine.dispose()
    store.close()
    clockwork = Clockwork(db.sessions(engine, secret=SECRET))
    clockwork.waiting.empty()
    clockwork.at("2025-09-01T09:00")
    yield clockwork
    clockwork.server.close()
    store.close()
