"""Figures 1 and 7: one act through the road beside the same act by hand, and what the law takes of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from bench import hand
from bench.crew import Crew, Work, seconds
from bench.figures import Figure
from bench.ground import OFFICER, Ground
from models import casework, db
from models.snapshots import read_case
from workflow.forms import arguments, fill_in
from workflow.machine import Token, attempt, destination
from workflow.procedures.petition import Petition

BARS = {1: 0.50, 4: 0.45}
desk = cache(hand.desk)


def by_the_road(cases: Sequence[str], ground: Ground) -> None:
    officer = desk(ground, OFFICER).officer
    for no in cases:
        with db.transaction(ground.sessions()) as session:
            casework.act(session, no, "accept", hand.FORM, actor=officer, version=1)


def by_hand(cases: Sequence[str], ground: Ground) -> None:
    for no in cases:
        hand.accept(desk(ground, OFFICER), no)


class Acts:
    """Every round takes both sides in turn, with one connection and with several, each on cases of its own."""

    def __init__(self, ground: Ground, crew: Crew, count: int) -> None:
        self.ground, self.crew, self.count = ground, crew, count
        ground.put_clock_to("2025-09-01T09:00")
        self.origin = ground.register()
        self.batches = 0
        self.rates: dict[tuple[str, int], list[float]] = {}

    def rate(self, side: Callable[..., None], connections: int) -> float:
        """Acts a second."""
        self.batches += 1
        cases = self.ground.copies(self.origin, f"act{self.batches}", self.count * connections)
        works: list[Work] = [partial(side, cases[n::connections]) for n in range(connections)]
        rate = len(cases) / seconds(self.crew.work(*works))
        self.rates.setdefault((side.__name__, connections), []).append(rate)
        return rate

    def round(self) -> None:
        for connections in BARS:
            for side in (by_the_road, by_hand):
                self.rate(side, connections)

    def warm(self) -> None:
        self.round()
        self.rates.clear()

    def figures(self) -> list[Figure]:
        return [self.figure(connections, bar) for connections, bar in BARS.items()]

    def figure(self, connections: int, bar: float) -> Figure:
        road, limit = (self.rates[side.__name__, connections] for side in (by_the_road, by_hand))
        told = {"road/s": round(max(road)), "hand/s": round(max(limit))}
        ratios = [a / b for a, b in zip(road, limit, strict=True)]
        return Figure("1", f"一件办理 an act, {connections} 连接 conn.", ratios, bar, told=told)


class Shares:
    """What `decide()` and `transitions` take, in seconds, beside an act just timed with one connection."""

    def __init__(self, acts: Acts) -> None:
        self.acts = acts
        with acts.ground.sessions()() as session:
            self.stood = read_case(session, acts.origin)
        self.desk = hand.desk(acts.ground, OFFICER)
        self.shares: dict[str, list[float]] = {"decide()": [], "transitions": []}

    def round(self) -> None:
        """An act's time is that of this very round."""
        act = 1 / self.acts.rates["by_the_road", 1][-1]
        self.shares["decide()"].append(timed(self.ask, self.acts.count) / act)
        self.shares["transitions"].append(
            (timed(self.trigger, self.acts.count) - timed(self.body, self.acts.count)) / act
        )

    def ask(self) -> None:
        hand.decided(self.desk, self.stood.snapshot, self.stood.now)

    def token(self) -> tuple[Any, ...]:
        facts = self.desk.known.facts(Petition.id, self.stood.snapshot.unit, self.stood.now.date())
        case = Petition(self.stood.snapshot, facts, self.desk.officer, self.stood.now.date(), self.stood.now)
        act = Petition.acts["accept"][0]
        fill_in(act, 0, case, hand.FORM)
        return (case, act, *arguments(act, case))

    def trigger(self) -> None:
        attempt(*self.token())

    def body(self) -> None:
        """All that `trigger` does, without the machine."""
        case, act, positional, named = self.token()
        destination(Token(case.snapshot.state, case, act, named, positional), act.body(case, *positional, **named))

    def figures(self) -> list[Figure]:
        bars = {"decide()": 0.15, "transitions": 0.02}
        return [Figure("7", f"{name} ÷ act", self.shares[name], bar, "at most") for name, bar in bars.items()]


def timed(work: Callable[[], None], times: int) -> float:
    """Seconds one of them takes."""
    began = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - began) / times
