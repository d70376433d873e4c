"""Whatever happens to queue, workers and ticker: what is due is done, once."""

from __future__ import annotations

from collections import Counter

import pytest

from jobs import clock, deadlines, queue
from tests.jobs.clockwork import Clockwork, eventually, process

WARNED = "warn:D1:1"
WARNING_DAY = "2025-09-09T09:00"  # of a petition registered on the first


def warned(town: Clockwork) -> Counter[str]:
    return Counter(no for no, rung in town.rungs() if rung == WARNED)


def test_nothing_due_rings_nothing(town: Clockwork) -> None:
    town.petitions()
    clock.Ticker().tick(0)
    assert town.waiting.count == 0


def test_what_is_due_is_rung_for_and_done_by_a_worker(town: Clockwork) -> None:
    [no] = town.petitions()
    town.at(WARNING_DAY)
    clock.Ticker().tick(0)
    assert not warned(town)
    town.work()
    assert warned(town) == {no: 1}
    assert any(notice.channel == "inbox" and notice.what == "warn" for notice in town.notices())


def test_a_second_ticket_finds_nothing_to_do(town: Clockwork) -> None:
    [no] = town.petitions()
    town.at(WARNING_DAY)
    queue.ring()
    queue.ring()
    town.work()
    assert warned(town) == {no: 1}
    assert deadlines.drain() == 0


def test_emptying_the_queue_loses_nothing(town: Clockwork) -> None:
    [no] = town.petitions()
    town.at(WARNING_DAY)
    ticker = clock.Ticker()
    ticker.tick(0)
    town.server.flushall()
    town.work()
    assert not warned(town)
    ticker.tick(2)
    town.work()
    assert warned(town) == {no: 1}


def test_where_no_bell_is_heard_the_ticker_does_the_work(town: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    [no] = town.petitions()
    town.at(WARNING_DAY)
    monkeypatch.setenv("REDIS_URL", "unix:///nowhere/valkey.sock")
    ticker = clock.Ticker()
    ticker.tick(0)
    ticker.tick(clock.EVERY)
    assert warned(town) == {no: 1}


def test_where_nobody_answers_the_bell_for_half_a_minute_the_ticker_does_the_work(town: Clockwork) -> None:
    [no] = town.petitions()
    town.at(WARNING_DAY)
    ticker = clock.Ticker()
    ticker.tick(0)
    ticker.tick(clock.PATIENCE - 1)
    assert not warned(town)
    ticker.tick(clock.PATIENCE)
    assert warned(town) == {no: 1}


def test_letters_nobody_can_send_ring_no_bell(town: Clockwork) -> None:
    town.petitions()
    town.at(WARNING_DAY)
    deadlines.drain()
    assert any(notice.channel == "email" for notice in town.notices())
    clock.Ticker().tick(0)
    assert town.waiting.count == 0


def test_a_database_that_is_away_does_not_end_the_ticker(town: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    clock.store.close()
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody@/nowhere?host=/nowhere")
    clock.Ticker().survive_a_tick()


def test_killed_workers_and_tickers_and_an_emptied_queue_lose_and_double_nothing(town: Clockwork) -> None:
    """Real processes, killed without warning in the midst of a backlog."""
    numbers = town.petitions(40)
    town.at("2025-09-12T09:00")
    town.change(SLOW)
    try:
        killed_in_the_midst(town, len(numbers))
    finally:
        town.change("DROP FUNCTION dawdle() CASCADE")
    assert warned(town) == dict.fromkeys(numbers, 1)
    told = Counter((n.case_id, n.seq, n.channel, n.person_id, n.what) for n in town.notices())
    assert set(told.values()) == {1}


def killed_in_the_midst(town: Clockwork, cases: int) -> None:
    with process("jobs.clock") as first_ticker, process("jobs.worker") as first, process("jobs.worker") as second:
        assert eventually(lambda: bool(warned(town)))
        first.kill()
        first_ticker.kill()
        town.server.flushall()
        with process("jobs.clock"), process("jobs.worker"):
            assert eventually(lambda: len(warned(town)) >= 20)
            second.kill()
            assert eventually(lambda: len(warned(town)) == cases)


SLOW = """
    CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END $$;
    CREATE TRIGGER dawdle BEFORE INSERT ON rungs FOR EACH ROW EXECUTE FUNCTION dawdle()
"""
