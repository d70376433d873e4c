"""The town on a real PostgreSQL, built once; what a test does is taken back after it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from models import db, seed
from tests.models.office import Office

SECRET = "a secret that opens nothing"


def new_engine(url: str, schema: str) -> Engine:
    """On a schema of its own, marked as a test so that its clock may be moved."""
    found = db.engine(url, schema=schema)
    with found.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
        connection.execute(text(f"COMMENT ON SCHEMA {schema} IS 'linban test'"))
    db.upgrade(found)
    return found


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    found = new_engine(database_url, f"test_{os.getpid()}")
    seed.found_town(db.sessions(found, secret=SECRET))
    yield found
    found.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Whatever it commits is taken back after the test."""
    with engine.connect() as connection, connection.begin() as outer:
        own = Session(
            connection, join_transaction_mode="create_savepoint", info={"secret": SECRET.encode()}, **db.OPTIONS
        )
        yield own
        own.close()
        outer.rollback()


@pytest.fixture
def office(session: Session) -> Office:
    """The town on Monday 1 September 2025, nine in the morning."""
    found = Office(session)
    found.put_clock_to(datetime.fromisoformat("2025-09-01T09:00+08:00"))
    return found


@pytest.fixture
def kept(database_url: str) -> Iterator[Engine]:
    """A town for tests whose transactions are really kept, several at a time; dropped afterwards."""
    schema = f"kept_{os.getpid()}_{os.urandom(4).hex()}"
    found = new_engine(database_url, schema)
    seed.found_town(db.sessions(found, secret=SECRET))
    yield found
    with found.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    found.dispose()


@pytest.fixture
def sessions(kept: Engine) -> db.Sessions:
    return db.sessions(kept, secret=SECRET)
