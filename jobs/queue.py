"""The bell: RQ carries only the message that there is due work; whatever happens to it, nothing is lost."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

log = structlog.get_logger(__name__)

DRAIN, DELIVER = "jobs.deadlines.drain", "jobs.notices.deliver"
ALLOWED = frozenset({DRAIN, DELIVER})
WAITING_AT_MOST = 4  # tickets; more would only find nothing to do
LONGEST = 60  # seconds a ticket may take
PATIENCE = 1  # seconds


class Forbidden(Exception):
    """A message names a function that is no ticket of ours."""


class Ticket(Job):
    """Refuses to run anything that is not on the list, whoever wrote it into the queue.

    RQ would also run a callback and call a web address that a message names: a ticket has none.
    """

    @property
    def func(self) -> Any:
        if self.func_name not in ALLOWED:
            raise Forbidden(f"{self.func_name} is not a ticket")
        return super().func

    @property
    def success_callback(self) -> None:
        return None

    @property
    def failure_callback(self) -> None:
        return None

    @property
    def stopped_callback(self) -> None:
        return None

    def send_webhooks(self, *_: object, **__: object) -> None:
        return None


def name() -> str:
    return os.environ.get("LINBAN_QUEUE", "linban")


def connection() -> Redis:
    """To `REDIS_URL`, for a worker, which waits."""
    return Redis.from_url(os.environ["REDIS_URL"])


@cache
def bell(url: str) -> Redis:
    """One connection a process, for those who ring: a second, and a second try, for the bell is never waited for."""
    again = Retry(NoBackoff(), 1)
    return Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=again)


def queue(server: Redis) -> Queue:
    return Queue(name(), connection=server, serializer=JSONSerializer, job_class=Ticket)


def ring() -> bool:
    """Says that there is due work; whether anybody heard. A failure is logged and harmless: the ticker asks again."""
    try:
        waiting = queue(bell(os.environ["REDIS_URL"]))
        for ticket in (DRAIN, DELIVER):
            if waiting.count < WAITING_AT_MOST:
                waiting.enqueue(ticket, job_timeout=LONGEST, result_ttl=0, failure_ttl=LONGEST)
    except (RedisError, OSError, KeyError) as error:
        log.warning("bell.unheard", reason=type(error).__name__)
        return False
    return True


def ring_after_commit() -> None:
    """Called once a request's transaction has ended well."""
    ring()
