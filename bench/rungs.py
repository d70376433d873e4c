"""Figure 4: deadlines fired a second, two due clocks a case, while a clerk acts on the same cases."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from sqlalchemy import text

from bench import hand, limit
from bench.crew import Crew, Work, seconds, shared
from bench.figures import Figure
from bench.ground import OFFICER, Ground
from jobs.worker import settle
from models import casework, db

BAR = 0.40
HANDS = 2  # workers, as `linban up` starts them
PAUSE = 0.02  # seconds between two acts of the clerk
URGENT = {"urgent_because": ["life"], "reason": "老人独居，夜间病重。"}
STEPS = ("2025-09-01T09:00", "2025-09-04T09:00", "2025-09-09T10:00")  # filed, the first rung, two more due at once
DUE_A_CASE = 2

COUNTS = text("""
WITH mine AS (SELECT id FROM cases WHERE no LIKE :batch || '-%'), fired AS (
    SELECT e.case_id, e.seq, e.rung FROM events e JOIN mine ON mine.id = e.case_id WHERE e.rung <> '' AND e.seq > :seq
), climbed AS (
    SELECT r.rung, r.seq, k.case_id FROM rungs r JOIN clocks k ON k.id = r.clock_id JOIN mine ON mine.id = k.case_id
), told AS (
    SELECT DISTINCT n.case_id, n.seq FROM notices n JOIN mine ON mine.id = n.case_id
), done AS (
    SELECT DISTINCT fired.case_id, fired.rung FROM fired JOIN climbed USING (case_id, seq, rung)
        JOIN told USING (case_id, seq)
), links AS (
    SELECT e.prev, lag(e.hash) OVER (PARTITION BY e.case_id ORDER BY e.seq) AS before
    FROM events e JOIN mine ON mine.id = e.case_id
)
SELECT :due - (SELECT count(*) FROM done) AS lost,
    (SELECT count(*) FROM fired) - (SELECT count(*) FROM done) AS doubled,
    (SELECT count(*) FROM links WHERE prev <> before) AS broken
""")
DEADLOCKS = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")

desk = cache(hand.desk)
connected = cache(limit.connected)


def by_the_road(ground: Ground) -> None:
    settle()
    drained(ground, lambda: casework.fire_due(ground.sessions()))


def by_sql(ground: Ground) -> None:
    drained(ground, lambda: limit.climb_due(connected(ground)))


def drained(ground: Ground, batch: Callable[[], int]) -> None:
    """Until nothing is due; a case that the clerk holds at that moment is waited for."""
    while batch() or waited(ground):
        pass
    shared["bell"].set()


def waited(ground: Ground) -> bool:
    time.sleep(0.002)
    with ground.sessions()() as session:
        return casework.anything_due(session)


def clerk(cases: Sequence[str], ground: Ground) -> list[float]:
    """Acts on cases anywhere among them until the workers are done; how many seconds each act took."""
    officer, chosen, waited = desk(ground, OFFICER).officer, random.Random(7), []
    while not shared["bell"].wait(PAUSE):
        no, began = chosen.choice(cases), time.perf_counter()
        with db.transaction(ground.sessions()) as session:
            casework.act(session, no, "report_urgent", URGENT, actor=officer, version=None)
        waited.append(time.perf_counter() - began)
    return waited


class Rungs:
    """Every round takes both sides in turn, each on as many cases of its own."""

    def __init__(self, ground: Ground, crew: Crew, count: int) -> None:
        self.ground, self.crew, self.count = ground, crew, count
        ground.put_clock_to(STEPS[0])
        self.origin = ground.register(simple_wanted=True)
        ground.put_clock_to(STEPS[1])
        casework.fire_due(ground.sessions())
        ground.set_aside(self.origin)
        self.batches: list[str] = []
        self.rates: dict[str, list[float]] = {}
        self.waits: dict[str, list[float]] = {}
        self.counted = dict.fromkeys(("lost", "doubled", "broken", "deadlocks", "acts"), 0)

    def round(self) -> None:
        for side in (by_the_road, by_sql):
            self.rate(side)

    def warm(self) -> None:
        self.round()
        self.rates.clear()
        self.waits.clear()

    def rate(self, side: Work) -> None:
        """Rungs a second; then everything is counted once more."""
        batch = f"due{len(self.batches)}"
        self.batches.append(batch)
        self.ground.put_clock_to(STEPS[1])
        cases = self.ground.copies(self.origin, batch, self.count)
        self.ground.put_clock_to(STEPS[2])
        before = self.deadlocks()
        *workers, clerks = self.crew.work(*[side] * HANDS, partial(clerk, cases))
        self.waits.setdefault(side.__name__, []).extend(clerks.done)
        self.rates.setdefault(side.__name__, []).append(DUE_A_CASE * self.count / seconds(workers))
        self.count_up({**self.counts(batch), "deadlocks": self.deadlocks() - before, "acts": len(clerks.done)})

    def count_up(self, found: dict[str, int]) -> None:
        for name, number in found.items():
            self.counted[name] += number

    def counts(self, batch: str) -> dict[str, int]:
        """`seq` of the copied case: what is after it has been done here."""
        with self.ground.sessions()() as session:
            seq = session.execute(text("SELECT seq FROM cases WHERE no = :no"), {"no": self.origin}).scalar_one()
            row = session.execute(COUNTS, {"batch": batch, "seq": seq, "due": DUE_A_CASE * self.count}).one()
        return dict(row._mapping)

    def deadlocks(self) -> int:
        with self.ground.sessions()() as session:
            found: int = session.execute(DEADLOCKS).scalar_one()
        return found

    def figure(self) -> Figure:
        road, sql = self.rates["by_the_road"], self.rates["by_sql"]
        told: dict[str, Any] = {"road/s": round(max(road)), "SQL/s": round(max(sql)), **self.counted}
        told["longest act, ms"] = round(1000 * max(self.waits["by_the_road"], default=0))
        ratios = [a / b for a, b in zip(road, sql, strict=True)]
        return Figure("4", "到期触发 deadlines fired", ratios, BAR, told=told, clean=self.is_clean)

    @property
    def is_clean(self) -> bool:
        return not any(self.counted[name] for name in ("lost", "doubled", "broken", "deadlocks"))
