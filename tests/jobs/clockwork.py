"""A town whose transactions are really kept, and the processes that keep its time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from redis import Redis
from sqlalchemy import select, text

from jobs import queue, worker
from models import db
from models.tables import Case, Clock, Notice, Rung
from tests.models.office import Office


class Clockwork:
    def __init__(self, sessions: db.Sessions) -> None:
        self.sessions = sessions
        self.server = Redis.from_url(os.environ["REDIS_URL"])
        self.waiting = queue.queue(self.server)

    @contextmanager
    def office(self) -> Iterator[Office]:
        with db.transaction(self.sessions) as session:
            yield Office(session)

    def at(self, moment: str) -> None:
        """In Shanghai."""
        with self.office() as office:
            office.put_clock_to(datetime.fromisoformat(f"{moment}+08:00"))

    def petitions(self, count: int = 1) -> list[str]:
        with self.office() as office:
            return [office.register().no for _ in range(count)]

    def rungs(self) -> list[tuple[str, str]]:
        statement = select(Case.no, Rung.rung).join(Clock, Clock.id == Rung.clock_id).join(Case).order_by(Rung.id)
        with self.sessions() as session:
            return [(no, rung) for no, rung in session.execute(statement)]

    def notices(self) -> list[Notice]:
        with self.sessions() as session:
            return list(session.scalars(select(Notice).order_by(Notice.id)))

    def change(self, statement: str, **values: object) -> None:
        with db.transaction(self.sessions) as session:
            session.execute(text(statement), values)

    def work(self) -> None:
        """What waits in the queue, by a worker in this process."""
        hand = worker.worker(burst_in_tests=True)
        with signals_kept(), hand.connection:
            hand.work(burst=True, logging_level="CRITICAL")


@contextmanager
def signals_kept() -> Iterator[None]:
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def process(module: str) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m` of that module until the end of the block, which may also have killed it."""
    found = subprocess.Popen(
        [sys.executable, "-m", module], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield found
    finally:
        found.kill()
        found.wait()


def eventually(holds: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True
