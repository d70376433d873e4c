"""Connections, transactions and the one place that commits."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from models.base import Base

MIGRATIONS = Path(__file__).parent / "migrations"
OPTIONS: dict[str, Any] = {"expire_on_commit": False}
TRIES = 5
AGAIN = ("40001", "40P01", "57P01", "57P02", "57P03", "08")  # SQLSTATEs, or the first digits of them

db = SQLAlchemy(metadata=Base.metadata, session_options=dict(OPTIONS))  # it writes into what it is given
migrate = Migrate(db=db, directory=str(MIGRATIONS))

T = TypeVar("T")
Sessions = sessionmaker[Session]
NOW = text("SELECT linban_now()")
AT_ONCE = text("SET CONSTRAINTS ALL IMMEDIATE")


def bind(app: Flask) -> None:
    """Gives a web app its `db.session`; reads SQLALCHEMY_DATABASE_URI and SECRET_KEY."""
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", pool_options())
    db.init_app(app)
    migrate.init_app(app, db)
    db.session.configure(info={"secret": secret_bytes(app.config["SECRET_KEY"])})


def secret_bytes(secret: str | bytes) -> bytes:
    return secret.encode() if isinstance(secret, str) else secret


def pool_options(schema: str = "") -> dict[str, Any]:
    """In a schema of its own, where one is named; server time is kept in UTC."""
    settings = "-c timezone=UTC" + (f" -c search_path={schema}" if schema else "")
    return {"pool_size": 5, "max_overflow": 5, "connect_args": {"options": settings}}


def engine(url: str, *, schema: str = "") -> Engine:
    return create_engine(url, **pool_options(schema))


def sessions(at: Engine | str, *, secret: str | bytes, schema: str = "") -> Sessions:
    """Plain sessions for workers and commands; `secret` keys tracking codes and must be the web's."""
    where = engine(at, schema=schema) if isinstance(at, str) else at
    return sessionmaker(where, info={"secret": secret_bytes(secret)}, **OPTIONS)


@contextmanager
def transaction(factory: Callable[[], Session]) -> Iterator[Session]:
    """Commits when the block ends well; takes everything back otherwise."""
    session = factory()
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()


@contextmanager
def tried(factory: Callable[[], Session]) -> Iterator[Session]:
    """A transaction that is taken back however it ends; what COMMIT would ask is asked as soon as it is done."""
    session = factory()
    try:
        session.execute(AT_ONCE)
        yield session
    finally:
        session.rollback()
        session.close()


@contextmanager
def apart(session: Session) -> Iterator[Session]:
    """A transaction of its own beside the session's: what must be kept even if the request comes to nothing."""
    beside = partial(Session, session.get_bind(), info=session.info, join_transaction_mode="create_savepoint")
    with transaction(beside) as own:
        yield own


def conclude(session: Session, *, keep: bool) -> None:
    """The end of a request: keeps what it did, or takes it back."""
    if keep:
        session.commit()
    else:
        session.rollback()


def retried(work: Callable[[], T], *, pause: Callable[[float], None] = time.sleep) -> T:
    """Does a whole use-case again after a deadlock or a lost connection, at most five times in all.

    `work` must begin and end its own transaction; an idempotency key makes an unknown COMMIT safe to repeat.
    """
    for left in reversed(range(TRIES)):
        try:
            return work()
        except DBAPIError as error:
            if not left or not passes(error):
                raise
            pause(random.uniform(0.02, 0.5))
    raise AssertionError("the last try either answers or raises")


def passes(error: DBAPIError) -> bool:
    """Whether the same thing may well succeed a moment later."""
    sqlstate = getattr(error.orig, "sqlstate", None) or ""
    return sqlstate.startswith(AGAIN) or error.connection_invalidated


def now(session: Session) -> datetime:
    """The database's clock, which a test may move; nobody asks another one."""
    moment: datetime = session.execute(NOW).scalar_one()
    return moment


def upgrade(at: Engine | str, *, schema: str = "") -> None:
    """Brings the tables up to date; two that do it at once wait for each other."""
    own = isinstance(at, str)
    where = engine(at, schema=schema) if isinstance(at, str) else at
    try:
        with where.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('linban upgrade'))"))
            command.upgrade(config(connection=connection), "head")
    finally:
        if own:
            where.dispose()


def revisions(at: Engine) -> tuple[str, str]:
    """Of the tables as they are, empty where there are none, and as this code wants them."""
    with at.connect() as connection:
        has = MigrationContext.configure(connection).get_current_revision()
    return has or "", ScriptDirectory.from_config(config()).get_current_head() or ""


def config(**attributes: Any) -> Config:
    """Alembic's own settings, without a file to read them from."""
    found = Config(attributes=attributes)
    found.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    found.set_main_option("path_separator", "os")
    return found
