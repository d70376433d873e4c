"""Random faults over a town at work, the same for the same seed, each as soon as somebody is in the middle of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from random import Random
from typing import Any

from redis import Redis

from jobs import queue
from tests.jobs.crew import OURS, TICKER, WORKER, Crew
from tests.jobs.town import MONDAY, Town
from workflow.refusals import Refused

WARNED, DEEMED, A_YEAR_LATER = "2025-09-09T09:00", "2025-09-17T00:05", "2026-09-01T09:00"
PATIENCE = 600.0  # seconds in which a machine that has much else to do gets everything done; over as soon as it is
CUT = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {OURS}"
AN_HOUR_ON = "UPDATE clock_offset SET ahead = ahead + interval '1 hour'"


Fault = Callable[[list[str]], None]


class Weather:
    """`met` counts the faults, and how many of them met a worker in a transaction."""

    def __init__(self, town: Town, crew: Crew, server: Redis, seed: int) -> None:
        self.town, self.crew, self.server, self.random = town, crew, server, Random(seed)
        self.met: Counter[str] = Counter()
        self.faults: list[Fault] = [
            *[self.kill_worker] * 2, *[self.flush] * 2, self.kill_ticker, self.cut, self.stop_for_an_hour
        ]  # fmt: skip
        self.random.shuffle(self.faults)

    def moments(self) -> list[str]:
        """The first warnings, the hour in which silence accepts, some leaps through the year, its end."""
        start, end = datetime.fromisoformat(MONDAY), datetime.fromisoformat(A_YEAR_LATER)
        leaps = sorted(start + (end - start) * self.random.uniform(0.06, 0.4) for _ in self.faults[3:])
        return [WARNED, DEEMED, *(f"{each:%Y-%m-%dT%H:%M}" for each in leaps), A_YEAR_LATER]

    def pass_over(self, contested: list[str]) -> dict[str, Any]:
        """What the clerk was told who accepts these cases at the moment the clock would."""
        self.crew.man()
        answers: dict[str, Any] = {}
        for moment, fault in zip(self.moments(), self.faults, strict=True):
            self.town.put_clock_to(moment)
            queue.ring()
            with ThreadPoolExecutor(1) as desk:
                clerk = desk.submit(accept, self.town, contested) if moment == DEEMED else None
                self.strike(fault)
            answers |= clerk.result() if clerk else {}
        self.wait_for(self.is_done)
        return answers

    def strike(self, fault: Fault) -> None:
        """In the middle of a transaction of the clock's, or where all is done already."""
        self.wait_for(lambda: bool(self.workers()) or self.is_done())
        time.sleep(self.random.uniform(0, 0.1))
        found = self.workers()
        self.met["at work"] += bool(found)
        self.met[fault.__name__] += 1
        fault(found)

    def wait_for(self, question: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not question():
            assert time.monotonic() < end, self.crew.log.read_text()
            self.met["started again"] += self.crew.revive()
            time.sleep(0.005)

    def workers(self) -> list[str]:
        return [name for name in self.crew.at_work(self.town) if WORKER in name]

    def is_done(self) -> bool:
        return not self.town.left()

    # The faults

    def kill_worker(self, at_work: list[str]) -> None:
        self.crew.kill(self.random, WORKER, rather=at_work)

    def kill_ticker(self, at_work: list[str]) -> None:
        self.crew.kill(self.random, TICKER, rather=at_work)

    def flush(self, at_work: list[str]) -> None:
        """Nobody rings again but the ticker."""
        self.server.flushall()
        self.wait_for(self.is_done)

    def cut(self, at_work: list[str]) -> None:
        self.town.run(CUT)

    def stop_for_an_hour(self, at_work: list[str]) -> None:
        """All of them, in the middle of what they do; nobody rings when they are back but the ticker."""
        self.crew.stop()
        self.town.run(AN_HOUR_ON)
        self.crew.man()
        self.wait_for(self.is_done)


def accept(town: Town, cases: list[str]) -> dict[str, Any]:
    """A clerk goes through these cases, whether the clock is at them or not."""
    answers = {}
    for no in cases:
        try:
            answers[no] = town.act("chenliqiu", no, "accept", route=6)
        except Refused as refused:
            answers[no] = refused
    return answers
