"""Servers for a while: those the surroundings name, else embedded ones in a temporary folder that goes with them."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from web.embedded import NotStarted, account, postgres, valkey, wait_for_postgres
from web.processes import Child, Supervisor, environment


@contextmanager
def servers() -> Iterator[tuple[str, str]]:
    """URLs of PostgreSQL and Valkey, answering; whatever was started here is stopped again."""
    named = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if all(named):
        yield named[0].replace("postgresql://", "postgresql+psycopg://", 1), named[1]
        return
    home = Path(tempfile.mkdtemp(prefix="lb-"))
    home.chmod(0o755 if account() else 0o700)
    supervisor = Supervisor(home, print)
    try:
        database, queue = postgres(home), valkey(home)
        fast = (*database.argv, "-c", "fsync=off")
        supervisor.add(Child("PostgreSQL", fast, environment(), database.log, database.account, signal.SIGINT))
        supervisor.add(Child("Valkey", queue.argv, environment(), queue.log))
        wait_for_postgres(database.url)
        wait_for_valkey(queue.url)
        yield database.url, queue.url
    finally:
        supervisor.stop()
        shutil.rmtree(home, ignore_errors=True)


def wait_for_valkey(url: str) -> None:
    for _ in range(100):
        try:
            Redis.from_url(url).ping()
        except RedisError:
            time.sleep(0.05)
        else:
            return
    raise NotStarted("Valkey 没有应答 · Valkey does not answer")
