"""Workers and tickers are killed, the queue is emptied, connections are cut, all stand still for an hour, a clerk is at
the same cases: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from tests.jobs.crew import Crew
from tests.jobs.paper import on_paper, on_record
from tests.jobs.town import Town
from tests.jobs.weather import A_YEAR_LATER, Weather
from tests.models.office import NOISE
from workflow.refusals import Refused

PARTS = {"own_content": NOISE, "other_content": "另一件事情，请一并处理。", "other_type": "request"}
TRIGGERS = "SELECT trigger FROM events e JOIN cases c ON c.id = e.case_id WHERE c.no = :no ORDER BY e.seq"


@pytest.fixture
def crew(town: Town, tmp_path: Path) -> Iterator[Crew]:
    found = Crew(tmp_path / "crew.log")
    yield found
    found.stop()


def settle(town: Town) -> list[str]:
    """Petitions of every sort whose ladders are due within the year; of the simple ones two clocks are due at once."""
    plain = [*town.register(30), *town.register(15, "wupeilan"), *town.register(15, simple_wanted=True)]
    taken = town.register(15)
    town.office(lambda office: [office.act("chenliqiu", no, "accept", route=6) for no in taken])
    return plain + taken


def split(town: Town, cases: list[str]) -> None:
    """Each asks for another case, which somebody has yet to open."""
    town.office(lambda office: [office.act("zhouxiaoman", no, "split", **PARTS) for no in cases])


def one_outcome(town: Town, no: str, answer: Any) -> None:
    """Either the clerk accepted it or the clock did, and the clerk was told which."""
    done = [trigger for (trigger,) in town.rows(TRIGGERS, no=no)]
    assert done.count("accept") + done.count("auto_deem_accepted") == 1
    assert ("accept" in done) is not isinstance(answer, Refused)
    if isinstance(answer, Refused):
        assert {refusal.code for refusal in answer.refusals} <= {"WrongState", "StaleCase"}


@pytest.mark.parametrize("seed", [20250901, 20260217, 20261010])
def test_a_year_of_faults_comes_to_the_same_as_the_same_year_on_paper(
    town: Town, crew: Crew, server: Redis, seed: int
) -> None:
    cases, contested = settle(town), town.register(8)
    split(town, cases[:6])
    before, paper = town.deadlocks(), on_paper(town, cases, A_YEAR_LATER)
    weather = Weather(town, crew, server, seed)
    answers = weather.pass_over(contested)
    crew.stop()
    print(seed, dict(weather.met), len(paper.events), len(paper.notices))
    assert weather.met["at work"]
    assert (town.left(), town.deadlocks(), town.breaks()) == (0, before, [])
    record = on_record(town, cases)
    assert (record.events, record.rungs, record.notices) == (paper.events, paper.rungs, paper.notices)
    assert town.count("cases WHERE opened_from_id IS NOT NULL") == 6
    assert "deadlock" not in crew.log.read_text()
    for no in contested:
        one_outcome(town, no, answers[no])
