"""Sessions for the processes of the clockwork."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from models import db


@cache
def sessions() -> db.Sessions:
    """To `DATABASE_URL`, with the secret that keys tracking codes; both as the web has them."""
    return db.sessions(os.environ["DATABASE_URL"], secret=secret(), schema=os.environ.get("LINBAN_SCHEMA", ""))


def close() -> None:
    """Gives the connections back; the next use opens new ones, as the environment then says."""
    if sessions.cache_info().currsize:
        with sessions()() as session:
            engine = session.get_bind()
        engine.dispose()  # type: ignore[union-attr]
    sessions.cache_clear()


def secret() -> str:
    named = os.environ.get("LINBAN_SECRET_KEY", "")
    return named or (Path(os.environ.get("LINBAN_DATA", ".data")) / "secret.key").read_text()
