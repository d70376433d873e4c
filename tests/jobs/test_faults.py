"""Workers and tickers are killed, the queue is emptied, connections are cut: nothing is lost, nothing is doubled."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from redis import Redis

from jobs import queue
from tests.jobs.crew import OURS, TICKER, WORKER, Crew
from tests.jobs.paper import on_paper, on_record
from tests.jobs.town import MONDAY, Town
from tests.models.office import NOISE

AN_HOUR_LATE = "2025-09-09T10:00"  # the first warnings were due at nine, and nobody was there
A_YEAR_LATER = "2026-09-01T09:00"
FAULTS = 8
PATIENCE = 60.0  # seconds for what is left once the faults are over, on a machine that has much else to do
CUT = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {OURS}"
PARTS = {"own_content": NOISE, "other_content": "另一件事情，请一并处理。", "other_type": "request"}


@pytest.fixture
def crew(town: Town, tmp_path: Path) -> Iterator[Crew]:
    found = Crew(tmp_path / "crew.log")
    yield found
    found.stop()


def settle(town: Town) -> list[str]:
    """Petitions of every sort whose ladders are due within the year."""
    plain = [*town.register(150), *town.register(60, "wupeilan"), *town.register(40, simple_wanted=True)]
    taken = town.register(40)
    town.office(lambda office: [office.act("chenliqiu", no, "accept", route=6) for no in taken])
    return plain + taken


def split(town: Town, cases: list[str]) -> None:
    """Each asks for another case, which somebody has yet to open."""
    town.office(lambda office: [office.act("zhouxiaoman", no, "split", **PARTS) for no in cases])


class Weather:
    """Random faults, the same for the same seed, each as soon as somebody is at work; `met` counts them."""

    def __init__(self, town: Town, crew: Crew, server: Redis, seed: int) -> None:
        self.town, self.crew, self.server, self.random = town, crew, server, Random(seed)
        self.met: Counter[str] = Counter()
        self.faults: list[Callable[[list[str]], None]] = [*[self.kill_worker] * 3, *[self.cut] * 2, *[self.flush] * 2]
        self.faults.append(self.kill_ticker)
        self.random.shuffle(self.faults)

    def moments(self) -> list[str]:
        start, end = datetime.fromisoformat(MONDAY), datetime.fromisoformat(A_YEAR_LATER)
        leaps = sorted(start + (end - start) * self.random.uniform(0.04, 0.4) for _ in range(FAULTS - 2))
        return [AN_HOUR_LATE, *(f"{each:%Y-%m-%dT%H:%M}" for each in leaps), A_YEAR_LATER]

    def strike(self, fault: Callable[[list[str]], None]) -> None:
        self.met["started again"] += self.crew.revive()
        found = self.wait_for_work()
        self.met["at work"] += bool(found)
        self.met[fault.__name__] += 1
        fault(found)

    def wait_for_work(self) -> list[str]:
        """Whoever is in a transaction of the clock's; after a while nobody."""
        end = time.monotonic() + 15
        while time.monotonic() < end and self.town.left():
            if found := [name for name in self.crew.at_work(self.town) if WORKER in name]:
                time.sleep(self.random.uniform(0, 0.1))
                return found
        return []

    def kill_worker(self, at_work: list[str]) -> None:
        self.crew.kill(self.random, WORKER, rather=at_work)

    def kill_ticker(self, at_work: list[str]) -> None:
        self.crew.kill(self.random, TICKER, rather=at_work)

    def flush(self, at_work: list[str]) -> None:
        self.server.flushall()

    def cut(self, at_work: list[str]) -> None:
        self.town.run(CUT)


def wait_until_done(town: Town, crew: Crew) -> None:
    end = time.monotonic() + PATIENCE
    while town.left() and time.monotonic() < end:
        crew.revive()
        time.sleep(0.2)


@pytest.mark.parametrize("seed", [20250901])
def test_a_year_of_faults_comes_to_the_same_as_the_same_year_on_paper(
    town: Town, crew: Crew, server: Redis, seed: int
) -> None:
    cases, before, weather = settle(town), town.deadlocks(), Weather(town, crew, server, seed)
    split(town, cases[:12])
    paper = on_paper(town, cases, A_YEAR_LATER)
    for module in (WORKER, WORKER, TICKER):
        crew.start(module)
    for moment, fault in zip(weather.moments(), weather.faults, strict=True):
        town.put_clock_to(moment)
        queue.ring()
        weather.strike(fault)
    wait_until_done(town, crew)
    crew.stop()
    print(dict(weather.met), len(paper.events), len(paper.notices))
    assert weather.met["at work"]
    assert (town.left(), town.deadlocks(), town.breaks()) == (0, before, [])
    record = on_record(town)
    assert (record.events, record.rungs, record.notices) == (paper.events, paper.rungs, paper.notices)
    assert town.count("cases WHERE opened_from_id IS NOT NULL") == 12
    assert "deadlock" not in crew.log.read_text()
