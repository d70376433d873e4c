"""The ticker: every two seconds asks the database whether anything is due, and rings. Any number of copies may run."""

from __future__ import annotations

import signal
import time
from types import FrameType

import structlog
from sqlalchemy.exc import SQLAlchemyError

from jobs import deadlines, notices, store, upkeep
from jobs.queue import ring
from models import casework

log = structlog.get_logger(__name__)

EVERY = 2.0  # seconds
PATIENCE = 30.0  # seconds of due work not done before the ticker does it itself


class Ticker:
    """Remembers since when there has been due work, so that a broken bell stops nobody."""

    def __init__(self) -> None:
        self.due_since: float | None = None
        self.swept_at: float | None = None
        self.stopped = False

    def stop(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the shape of a signal handler
        self.stopped = True

    def run(self) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, self.stop)
        while not self.stopped:
            self.survive_a_tick()
            time.sleep(EVERY)

    def survive_a_tick(self) -> None:
        """A database that is away for a while is no reason to die."""
        try:
            self.tick(time.monotonic())
        except SQLAlchemyError as error:
            log.error("tick.failed", reason=str(error).splitlines()[0])

    def tick(self, now: float) -> None:
        """`now` in seconds of a clock that never goes back."""
        self.sweep_now_and_then(now)
        if not something_is_due():
            self.due_since = None
            return
        self.due_since = now if self.due_since is None else self.due_since
        heard = ring()
        if now - self.due_since >= PATIENCE or (not heard and now - self.due_since >= EVERY):
            self.do_it_oneself(now)

    def sweep_now_and_then(self, now: float) -> None:
        if self.swept_at is None or now - self.swept_at >= upkeep.EVERY:
            upkeep.sweep()
            self.swept_at = now

    def do_it_oneself(self, now: float) -> None:
        log.warning("bell.broken", waited=round(now - (self.due_since or now), 1))
        deadlines.drain()
        notices.deliver()


def something_is_due() -> bool:
    with store.sessions()() as session:
        return casework.anything_due(session) or notices.anything_to_deliver(session)


if __name__ == "__main__":
    Ticker().run()
