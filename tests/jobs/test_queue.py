"""The bell carries a message and nothing else, and nobody waits for it."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest
from redis import Redis
from rq import Callback, Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from jobs import queue
from tests.jobs.clockwork import Clockwork

TRACES: list[str] = []


def trap(*_: object) -> None:
    TRACES.append("run")


def foreign(town: Clockwork) -> Queue:
    """The same queue in the hands of somebody who can write to the server."""
    return Queue(queue.name(), connection=town.server, serializer=JSONSerializer)


def test_the_embedded_queue_is_kept_on_disk_and_drops_nothing(server_urls: tuple[str, str]) -> None:
    with Redis.from_url(server_urls[1]) as server:
        assert server.config_get("appendonly") == {"appendonly": "yes"}
        assert server.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert server.config_get("port") == {"port": "0"}


def test_however_often_it_rings_only_a_few_tickets_wait(town: Clockwork) -> None:
    assert all(queue.ring() for _ in range(10))
    assert town.waiting.count == queue.WAITING_AT_MOST
    assert set(town.waiting.jobs[0].args) == set()


def test_a_message_that_names_another_function_is_refused(town: Clockwork, tmp_path: Path) -> None:
    foreign(town).enqueue("os.system", f"touch {tmp_path / 'taken'}")
    town.work()
    assert not (tmp_path / "taken").exists()
    assert town.waiting.count == 0


def test_a_message_brings_no_callback_of_its_own(town: Clockwork) -> None:
    callback = Callback(f"{__name__}.trap")
    foreign(town).enqueue(queue.DRAIN, on_success=callback, on_failure=callback, on_stopped=callback)
    foreign(town).enqueue("os.system", "true", on_failure=callback)
    town.work()
    assert not TRACES


def test_a_ticket_that_is_done_leaves_nothing_behind(town: Clockwork) -> None:
    queue.ring()
    jobs = town.waiting.jobs
    town.work()
    assert not [job for job in jobs if Job.exists(job.id, connection=town.server)]


def test_without_a_server_ringing_is_quick_and_harmless(town: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "unix:///nowhere/valkey.sock")
    began = time.monotonic()
    assert not queue.ring()
    assert time.monotonic() - began < 1


def test_a_server_that_hears_and_does_not_answer_holds_nobody_up(
    town: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{deaf.getsockname()[1]}")
        began = time.monotonic()
        assert not queue.ring()
        assert time.monotonic() - began < 5


def test_a_bell_that_was_emptied_rings_again(town: Clockwork) -> None:
    queue.ring()
    town.server.flushall()
    assert queue.ring()
    assert town.waiting.count == 2
