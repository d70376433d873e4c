"""The clock of a live rehearsal: moved to where something falls due, then the bell, then one worker for one rung."""

from __future__ import annotations

from datetime import datetime

from redis import Redis
from sqlalchemy import text

from jobs import queue, worker
from models import db

NEXT = text("""
    SELECT min(at) FROM (
        SELECT next_at AS at FROM clocks WHERE next_at <= :until AND dead_at IS NULL
        UNION ALL SELECT next_at FROM series WHERE next_at <= :until AND dead_at IS NULL
        UNION ALL SELECT linban_now() FROM impulses WHERE done_at IS NULL AND dead_at IS NULL) due
""")
IMPULSES = text("SELECT EXISTS (SELECT FROM impulses WHERE done_at IS NULL AND dead_at IS NULL)")
FAILED = text("""
    SELECT last_error FROM clocks WHERE attempts > 0 UNION ALL
    SELECT last_error FROM series WHERE attempts > 0 UNION ALL
    SELECT last_error FROM impulses WHERE attempts > 0 AND done_at IS NULL LIMIT 1
""")
MOVE = text("""
    INSERT INTO clock_offset (ahead) VALUES (CAST(:at AS timestamptz) - clock_timestamp())
    ON CONFLICT (is_row) DO UPDATE SET ahead = excluded.ahead
""")


def move_to(factory: db.Sessions, moment: datetime) -> None:
    with db.transaction(factory) as session:
        session.execute(MOVE, {"at": moment})


def next_due(factory: db.Sessions, until: datetime) -> datetime | None:
    """The first moment by then at which anything falls due."""
    with factory() as session:
        found: datetime | None = session.execute(NEXT, {"until": until}).scalar_one()
    return min(found, until) if found else None


def is_followed(factory: db.Sessions) -> bool:
    """Whether anything is to happen by itself, now."""
    with factory() as session:
        return bool(session.execute(IMPULSES).scalar_one())


def failed(factory: db.Sessions) -> str:
    """What a worker could not do and would try again later: here nobody waits for later. Empty if all is done."""
    with factory() as session:
        return session.execute(FAILED).scalar() or ""


def ring() -> None:
    """One ticket, one rung, done by a worker that comes for it alone."""
    server: Redis = queue.connection()
    queue.queue(server).enqueue(queue.DRAIN, kwargs={"batch": 1, "rungs": 1, "rounds": 1}, result_ttl=0)
    worker.worker(burst_in_tests=True).work(burst=True, logging_level="WARNING")
