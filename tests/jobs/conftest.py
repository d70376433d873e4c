"""A town on real servers, in a schema and on a queue of its own; what is done there is really kept."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
import structlog
from redis import Redis
from sqlalchemy import Engine, text

from jobs import queue, store
from models import db, seed
from tests.jobs.town import MONDAY, Town
from tests.models.conftest import SECRET, new_engine

# Only a superuser may, and only in a test: triggers that keep the record are asleep for this one transaction.
EMPTY = """
UPDATE posts SET to_day = NULL;
SET LOCAL session_replication_role = replica;
CREATE TEMPORARY TABLE rolls ON COMMIT DROP AS SELECT * FROM entries WHERE case_id IS NULL;
TRUNCATE cases, counters CASCADE;
INSERT INTO entries SELECT * FROM rolls
"""


@pytest.fixture
def server(server_urls: tuple[str, str]) -> Iterator[Redis]:
    with queue.connection() as found:
        found.flushall()
        yield found
        found.flushall()


@pytest.fixture(scope="session")
def kept(server_urls: tuple[str, str]) -> Iterator[Engine]:
    """The town as it was built, without a case."""
    schema = f"jobs_{os.getpid()}"
    found = new_engine(server_urls[0], schema)
    seed.found_town(db.sessions(found, secret=SECRET))
    yield found
    with found.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    found.dispose()


@pytest.fixture
def town(kept: Engine, server: Redis, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """On Monday 1 September 2025, nine in the morning; processes started meanwhile find the same town."""
    schema = f"jobs_{os.getpid()}"
    for name, value in {"LINBAN_SCHEMA": schema, "LINBAN_QUEUE": schema, "LINBAN_SECRET_KEY": SECRET}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("LINBAN_MAIL", raising=False)
    store.close()
    found = Town(db.sessions(kept, secret=SECRET))
    found.put_clock_to(MONDAY)
    found.rest_series()
    yield found
    store.close()
    with kept.begin() as connection:
        connection.execute(text(EMPTY))


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What the clockwork says of a fault goes to the log that pytest keeps."""
    structlog.configure(logger_factory=structlog.stdlib.LoggerFactory())
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    yield
    structlog.reset_defaults()
