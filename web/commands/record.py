"""The record that a command works on: the database the surroundings name, else the embedded one, which must run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from models import db
from web.embedded import data_home, database_url, with_driver
from web.settings import secret_beside


@contextmanager
def record() -> Iterator[db.Sessions]:
    """Keyed like the pages: what cases are found by is written with the same secret."""
    home = data_home()
    url = with_driver(os.environ.get("DATABASE_URL", "")) or database_url(home)
    engine = db.engine(url, schema=os.environ.get("LINBAN_SCHEMA", ""))
    try:
        yield db.sessions(engine, secret=os.environ.get("LINBAN_SECRET_KEY") or secret_beside(home))
    finally:
        engine.dispose()


def answered(command: Callable[..., None]) -> Callable[..., None]:
    """A database that does not answer is one line and not a stack."""

    @wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except OperationalError:
            click.echo("连不上数据库，请先启动邻办 · no database: start Linban first, or set DATABASE_URL", err=True)
            sys.exit(1)

    return guarded
