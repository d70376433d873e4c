"""One worker a process, one queue a worker; JSON messages, and only functions that are on the list."""

from __future__ import annotations

import gc
import os
import sys

from redis import Redis
from rq import SimpleWorker, SpawnWorker
from rq.serializers import JSONSerializer
from rq.worker import BaseWorker

from jobs.queue import Ticket, queue


def worker(burst_in_tests: bool = False) -> BaseWorker:
    """Runs tickets in its own process; on macOS a fresh one for each, since a fork there may crash."""
    kind = SpawnWorker if sys.platform == "darwin" and not burst_in_tests else SimpleWorker
    server = Redis.from_url(os.environ["REDIS_URL"])  # with its many tries: a worker has time to wait
    return kind([queue(server)], connection=server, serializer=JSONSerializer, job_class=Ticket)


def settle() -> None:
    """Before the first ticket: what is loaded by now stays, and what a batch makes goes with it, so gc seldom looks."""
    gc.freeze()
    gc.set_threshold(100_000)


if __name__ == "__main__":
    settle()
    worker().work(with_scheduler=False, logging_level="WARNING")
