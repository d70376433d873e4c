"""Servers for a while: those the surroundings name, else embedded ones in a temporary folder that goes with them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from web.embedded import database_url, postgres, queue_url, valkey, with_driver
from web.processes import Supervisor


@contextmanager
def servers(*, durable: bool = False) -> Iterator[tuple[str, str]]:
    """URLs of PostgreSQL and Valkey, answering; whatever was started here is stopped again."""
    named = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if all(named):
        yield with_driver(named[0]), named[1]
        return
    with short_folder() as home, started(home, durable=durable) as urls:
        yield urls


@contextmanager
def started(home: Path, *, durable: bool = False) -> Iterator[tuple[str, str]]:
    """Both servers on that folder; kept for a power cut only where it is `durable`."""
    supervisor = Supervisor(home, print)
    try:
        supervisor.add(postgres(home, *([] if durable else ["fsync=off"])), valkey(home))
        yield database_url(home), queue_url(home)
    finally:
        supervisor.stop()


@contextmanager
def short_folder(name: str = "") -> Iterator[Path]:
    """A temporary folder whose path is short enough for sockets, and which the servers' account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="lb-"))
    folder.chmod(0o711)
    try:
        yield folder / name
    finally:
        shutil.rmtree(folder, ignore_errors=True)
