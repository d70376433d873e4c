"""Where a live rehearsal takes place: a schema of its own, marked as a test, and the surroundings of its worker."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Engine, text

from jobs import store
from models import db


@contextmanager
def scratch_schema(url: str) -> Iterator[tuple[Engine, str]]:
    """A schema of its own, marked as a test so that its clock may be moved; gone afterwards."""
    schema = f"rehearsal_{uuid.uuid4().hex[:12]}"
    engine = db.engine(url, schema=schema)
    try:
        with engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
            connection.execute(text(f"COMMENT ON SCHEMA {schema} IS 'linban test'"))
        db.upgrade(engine, schema=schema)
        yield engine, schema
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        engine.dispose()


@contextmanager
def surroundings(values: Mapping[str, str]) -> Iterator[None]:
    """What the worker reads from its environment, for the length of one rehearsal."""
    before = {name: os.environ.get(name) for name in values}
    store.close()
    os.environ.update(values)
    try:
        yield
    finally:
        store.close()
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
