"""The bell: whatever happens to the queue, what is due is done, and done once."""

from __future__ import annotations

import pickle
import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from rq import Queue
from rq.job import Callback, Job
from rq.serializers import DefaultSerializer, JSONSerializer

from jobs import queue
from jobs.clock import PATIENCE, Ticker
from jobs.worker import worker
from tests.jobs.town import Town

NOWHERE = "unix:///nowhere/valkey.sock"
WARNED = "2025-09-09T09:00"


def work() -> None:
    """A worker that comes once and does what it finds waiting."""
    found = worker(burst_in_tests=True)
    found.work(burst=True, logging_level="CRITICAL")
    found.connection.close()


def rungs(town: Town) -> int:
    return town.count("rungs")


def test_a_ticket_is_all_that_a_worker_needs(town: Town) -> None:
    town.register(5)
    town.put_clock_to(WARNED)
    assert queue.ring()
    work()
    assert (rungs(town), town.left(), town.breaks()) == (5, 0, [])


def test_at_most_four_tickets_wait_however_many_ring_at_once(town: Town, server: Redis) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: queue.ring(), range(40)))
    waiting = queue.queue(server)
    assert waiting.count == queue.WAITING_AT_MOST
    names = [job.func_name for job in waiting.jobs]
    assert sorted(names) == sorted(queue.TICKETS * 2)


@pytest.mark.parametrize("moment", ["before the bell", "after the bell", "after the work"])
def test_an_emptied_queue_loses_nothing_and_doubles_nothing(town: Town, server: Redis, moment: str) -> None:
    town.register(5)
    town.put_clock_to(WARNED)
    steps = {"before the bell": queue.ring, "after the bell": work, "after the work": work}
    for at, step in steps.items():
        if at == moment:
            server.flushall()
        step()
    Ticker().tick(0.0)
    work()
    assert (rungs(town), town.left()) == (5, 0)


def test_a_queue_emptied_under_a_working_worker_harms_nothing(town: Town, server: Redis) -> None:
    town.register(60)
    town.put_clock_to("2026-09-01T09:00")
    with ThreadPoolExecutor(1) as pool:
        for _ in range(5):
            queue.ring()
            flushed = pool.submit(flush_often, server)
            work()
            flushed.result()
    assert (town.left(), town.breaks()) == (0, [])
    assert town.count("(SELECT DISTINCT clock_id, generation, dating, rung FROM rungs) once") == rungs(town) == 60 * 12


def flush_often(server: Redis) -> None:
    for _ in range(8):
        time.sleep(0.04)
        server.flushall()


def test_the_same_ticket_five_times_and_shuffled_does_it_once(town: Town, server: Redis) -> None:
    town.register(20)
    town.put_clock_to(WARNED)
    tickets = [*queue.TICKETS, queue.DRAIN] * 5
    random.Random(5).shuffle(tickets)
    waiting = queue.queue(server)
    for ticket in tickets:
        waiting.enqueue(ticket, result_ttl=0)
    with ThreadPoolExecutor(1) as beside:
        other = beside.submit(town.drain)
        work()
        other.result()
    assert waiting.count == 0
    assert (rungs(town), town.count("events")) == (20, 40)


# Without a bell


def test_without_a_queue_people_work_on(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", NOWHERE)
    (no,) = town.register(1)
    queue.ring_after_commit()
    assert town.act("chenliqiu", no, "accept", route=6).state == "accepted"
    assert not queue.ring()


def test_without_a_queue_the_ticker_does_the_work_itself(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", NOWHERE)
    town.register(3)
    town.put_clock_to(WARNED)
    ticker = Ticker()
    ticker.tick(100.0)
    assert rungs(town) == 0
    ticker.tick(102.0)
    assert (rungs(town), town.left()) == (3, 0)
    ticker.tick(104.0)
    assert ticker.due_since is None


def test_where_nobody_answers_the_bell_the_ticker_waits_half_a_minute(town: Town) -> None:
    town.register(3)
    town.put_clock_to(WARNED)
    ticker = Ticker()
    for seconds in (0.0, 2.0, PATIENCE - 0.1):
        ticker.tick(seconds)
        assert rungs(town) == 0
    ticker.tick(PATIENCE)
    assert rungs(town) == 3


def test_letters_that_nobody_is_to_send_are_no_work(town: Town) -> None:
    town.register(1)
    town.put_clock_to(WARNED)
    town.drain()
    assert town.count("notices WHERE channel = 'email'") > 0
    ticker = Ticker()
    ticker.tick(0.0)
    assert ticker.due_since is None


def test_a_ticker_outlives_its_connection(
    town: Town, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.register(1)
    town.put_clock_to(WARNED)
    ticker = Ticker()
    with monkeypatch.context() as patch:
        patch.setenv("PGAPPNAME", "ticker")
        ticker.tick(0.0)
    town.run("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'ticker'")
    ticker.survive_a_tick()
    assert "tick.failed" in caplog.text
    ticker.due_since = 0.0
    ticker.tick(PATIENCE)
    assert rungs(town) == 1


# What a worker refuses


def touched(path: str, *_: Any) -> None:
    """What somebody who can write into the queue would like to have done."""
    Path(path).touch()


def refused(server: Redis, waiting: Queue, **job: Any) -> Job:
    sent = Job.create(connection=server, origin=waiting.name, timeout=10, status="queued", **job)
    sent.save()
    waiting.push_job_id(sent.id)
    work()
    return sent


@pytest.mark.parametrize("serializer", [JSONSerializer, DefaultSerializer])
def test_a_function_that_is_not_on_the_list_is_not_run(
    town: Town, server: Redis, tmp_path: Path, serializer: Any
) -> None:
    mark = tmp_path / "done"
    waiting = Queue(queue.name(), connection=server, serializer=serializer)
    job = refused(server, waiting, func=f"{__name__}.touched", args=(str(mark),), serializer=serializer)
    assert not mark.exists()
    assert server.hget(job.key, "status") == b"failed"


class Pickled:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> Any:
        return touched, (str(self.mark),)


def test_a_pickle_is_not_opened(town: Town, server: Redis, tmp_path: Path) -> None:
    waiting = queue.queue(server)
    job = waiting.enqueue(queue.DRAIN)
    server.hset(job.key, "data", pickle.dumps(Pickled(tmp_path / "done")))
    work()
    assert not (tmp_path / "done").exists()
    assert waiting.count == 0


def test_a_ticket_brings_no_other_function_along(
    town: Town, server: Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []
    monkeypatch.setattr(f"{__name__}.touched", lambda *given: calls.append(given))
    waiting = Queue(queue.name(), connection=server, serializer=JSONSerializer)
    back = Callback(f"{__name__}.touched")
    for ticket in (queue.DRAIN, f"{__name__}.touched"):
        waiting.enqueue(ticket, on_success=back, on_failure=back, on_stopped=back)
    work()
    assert (waiting.count, calls) == (0, [])


def test_a_worker_goes_on_after_what_it_has_refused(town: Town, server: Redis) -> None:
    town.register(2)
    town.put_clock_to(WARNED)
    waiting = Queue(queue.name(), connection=server, serializer=JSONSerializer)
    waiting.enqueue("os.system", "true")
    waiting.push_job_id("gone")
    queue.ring()
    work()
    assert (waiting.count, rungs(town)) == (0, 2)
