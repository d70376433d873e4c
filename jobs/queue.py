"""The bell: RQ carries only the message that there is due work; whatever happens to it, nothing is lost."""

from __future__ import annotations

import os
from typing import Any

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

log = structlog.get_logger(__name__)

DRAIN, DELIVER = "jobs.deadlines.drain", "jobs.notices.deliver"
TICKETS = (DRAIN, DELIVER)
ALLOWED = frozenset(TICKETS)
WAITING_AT_MOST = 4  # tickets; more would only find nothing to do
LONGEST = 60  # seconds a ticket may take
CONNECT = 1  # seconds


class Forbidden(Exception):
    """A message names a function that is no ticket of ours."""


class Ticket(Job):
    """Refuses to run anything that is not on the list, whoever wrote it into the queue: no callback, no web address."""

    success_callback = failure_callback = stopped_callback = None

    @property
    def func(self) -> Any:
        if self.func_name not in ALLOWED:
            raise Forbidden(f"{self.func_name} is not a ticket")
        return super().func

    def send_webhooks(self, *_: Any, **__: Any) -> None:
        """Nobody outside is told of a ticket."""


def name() -> str:
    return os.environ.get("LINBAN_QUEUE", "linban")


def connection() -> Redis:
    """To `REDIS_URL`; gives up after a second and one more try, for the bell is never waited for."""
    again = Retry(NoBackoff(), 1)
    url = os.environ["REDIS_URL"]
    return Redis.from_url(url, socket_connect_timeout=CONNECT, socket_timeout=CONNECT, retry=again)


def queue(server: Redis) -> Queue:
    return Queue(name(), connection=server, serializer=JSONSerializer, job_class=Ticket)


def ring() -> bool:
    """Says that there is due work; whether anybody heard. A failure is logged and harmless: the ticker asks again."""
    try:
        with connection() as server:
            waiting = queue(server)
            server.transaction(lambda pipe: fill(waiting, pipe), waiting.key)
    except (RedisError, OSError, KeyError) as error:
        log.warning("bell.unheard", reason=type(error).__name__)
        return False
    return True


def fill(waiting: Queue, pipe: Pipeline) -> None:
    """A ticket of each kind, or none where there is no room for all; whoever rings meanwhile starts this anew."""
    room = pipe.llen(waiting.key) + len(TICKETS) <= WAITING_AT_MOST
    pipe.multi()
    for ticket in TICKETS if room else ():
        waiting.enqueue(ticket, job_timeout=LONGEST, result_ttl=0, failure_ttl=LONGEST, pipeline=pipe)


def ring_after_commit() -> None:
    """Called once a request's transaction has ended well."""
    ring()
