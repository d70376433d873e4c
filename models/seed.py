"""Fills an empty record with the invented town, and leaves any other alone."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import exists, select, text

from models import casework, town
from models.db import Sessions, transaction
from models.storyteller import tell_the_town
from models.tables import Unit

DEMO_PASSWORD = "linban-demo"
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('linban seed'))")


def seed_if_empty(sessions: Sessions, say: Callable[[str], None] = lambda _: None) -> bool:
    """The town and its petitions, told through the one road; False where there is anything already."""
    if not found_town(sessions, say):
        return False
    tell_the_town(sessions, say)
    return True


def found_town(sessions: Sessions, say: Callable[[str], None] = lambda _: None) -> bool:
    """Units, people, posts, calendar, and accounts with a password anybody may know; no case yet."""
    with transaction(sessions) as session:
        session.execute(ONE_AT_A_TIME)
        if session.scalar(select(exists().where(Unit.id.is_not(None)))):
            return False
        say("正在建示例小城 … · building the sample town …")
        town.build(session, password=DEMO_PASSWORD)
        casework.plan_series(session)  # from today on: what the calendar would have opened before, the plots tell
    return True
