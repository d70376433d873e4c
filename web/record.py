"""The record a command works on: the database the surroundings name, else the embedded one, which must be running."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import click
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from models import db
from web.embedded import data_home, database_url, with_driver
from web.settings import secret_beside

UNREACHABLE = "连不上数据库，请先启动邻办 · no database: start Linban first, or set DATABASE_URL"
P = ParamSpec("P")


@contextmanager
def server() -> Iterator[Engine]:
    url = with_driver(os.environ.get("DATABASE_URL", "")) or database_url(data_home())
    engine = db.engine(url, schema=os.environ.get("LINBAN_SCHEMA", ""))
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def record() -> Iterator[Session]:
    """One transaction, in which no tracking code can be issued."""
    with server() as engine, db.transaction(db.sessions(engine, secret="")) as session:
        yield session


@contextmanager
def writing() -> Iterator[db.Sessions]:
    """For commands that write cases: what these are found by is keyed with the secret of the pages."""
    with server() as engine:
        yield db.sessions(engine, secret=os.environ.get("LINBAN_SECRET_KEY") or secret_beside(data_home()))


@contextmanager
def as_of_one_moment() -> Iterator[Session]:
    """One transaction that sees nothing of what others do meanwhile."""
    with server() as engine:
        steady = engine.execution_options(isolation_level="REPEATABLE READ")
        with db.transaction(db.sessions(steady, secret="")) as session:
            yield session


def needs_database(command: Callable[P, None]) -> Callable[P, None]:
    """A database that does not answer is one line and not a stack."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except OperationalError:
            click.echo(UNREACHABLE, err=True)
            sys.exit(1)

    return guarded
