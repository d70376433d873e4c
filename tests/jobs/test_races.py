"""Real connections against each other on one case, and a case that cannot be done at all."""

from __future__ import annotations

from typing import Any

import pytest

from models import casework
from tests.jobs.town import Town
from tests.models.test_races import together
from workflow.refusals import Refused

WARNED = "2025-09-09T09:00"
DEEMED = "2025-09-17T00:05"
BREAK = """
    UPDATE clocks SET body = '{"id": "nothing"}' FROM cases c WHERE c.id = case_id AND code = 'D1' AND c.no = :no
"""
CLOCK = """
    SELECT attempts, dead_at IS NOT NULL, last_error, ceil(extract(epoch FROM not_before - linban_now()))
    FROM clocks k JOIN cases c ON c.id = k.case_id WHERE c.no = :no AND code = 'D1'
"""
HISTORY = "SELECT trigger, rung, at FROM events e JOIN cases c ON c.id = e.case_id WHERE c.no = :no ORDER BY e.seq"


def test_two_workers_and_a_clerk_come_to_one_outcome(town: Town) -> None:
    cases, before = town.register(12), town.deadlocks()
    town.put_clock_to(DEEMED)
    answers = [one_case(town, no) for no in cases]
    town.drain()
    for no, answer in zip(cases, answers, strict=True):
        done = [trigger for trigger, _, _ in town.rows(HISTORY, no=no)]
        assert done.count("accept") + done.count("auto_deem_accepted") == 1
        assert ("accept" in done) is not isinstance(answer, Refused)
    assert (town.left(), town.breaks(), town.deadlocks()) == (0, [], before)


def one_case(town: Town, no: str) -> Any:
    """What the clerk was told: done, or clearly that somebody was before him."""
    answer, *_ = together(
        lambda: town.act("chenliqiu", no, "accept", route=6),
        lambda: casework.fire_due(town.sessions, 4),
        lambda: casework.fire_due(town.sessions, 4),
    )
    if isinstance(answer, Refused):
        assert {refusal.code for refusal in answer.refusals} <= {"WrongState", "StaleCase"}
    return answer


def test_whoever_comes_after_the_clock_with_the_version_he_saw_is_told_so(town: Town) -> None:
    (no,) = town.register(1)
    town.put_clock_to(DEEMED)
    town.drain()
    with pytest.raises(Refused) as refused:
        town.act("chenliqiu", no, "accept", route=6, version=1)
    assert [refusal.code for refusal in refused.value.refusals] == ["StaleCase"]


def test_two_clocks_due_at_once_are_climbed_in_order_and_once(town: Town) -> None:
    cases = town.register(10, simple_wanted=True)
    town.put_clock_to("2025-09-10T09:00")
    together(*[town.drain] * 3)
    for no in cases:
        moments = [at for _, _, at in town.rows(HISTORY, no=no)]
        rungs = [rung for _, rung, _ in town.rows(HISTORY, no=no) if rung]
        assert moments[1:] == sorted(moments[1:])
        assert {rung.split(":")[1] for rung in rungs} == {"D1", "D8a"}
        assert len(rungs) == len(set(rungs)) == 3
    assert town.breaks() == []


def test_a_case_just_done_by_another_worker_is_no_fault(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    town.register(40)
    for day in range(9, 30):
        town.put_clock_to(f"2025-09-{day:02}T09:00")
        together(*[lambda: casework.fire_due(town.sessions, 10)] * 4)
    town.drain()
    assert "could not be done" not in caplog.text
    assert town.count("clocks WHERE attempts > 0") == 0


@pytest.mark.parametrize("statement", [BREAK, "UPDATE cases SET data = '[]' WHERE no = :no"])
def test_a_case_that_cannot_be_read_stops_nobody_and_is_dead_at_ten(town: Town, statement: str) -> None:
    (broken,), good = town.register(1), town.register(5)
    town.run(statement, no=broken)
    town.put_clock_to(WARNED)
    pauses = []
    for attempt in range(1, 11):
        town.drain()
        ((attempts, dead, error, pause),) = town.rows(CLOCK, no=broken)
        assert (attempts, dead, bool(error)) == (attempt, attempt == 10, True)
        pauses.append(int(pause))
        town.run("UPDATE clocks SET not_before = linban_now() WHERE attempts > 0")
    assert pauses == [2**n for n in range(1, 11)]
    assert town.count("rungs") == len(good)
    assert not town.office(lambda office: casework.anything_due(office.session))
    assert town.count("clocks WHERE dead_at IS NOT NULL") == 1


NAMES = "UPDATE cases SET data = data || jsonb_build_object('ref_case', CAST(:other AS text)) WHERE no = :no"


def test_a_case_that_names_a_broken_one_is_the_only_other_to_wait(town: Town) -> None:
    broken, names_it, good = town.register(3)
    town.run_unguarded(NAMES, no=names_it, other=broken)
    town.run(BREAK, no=broken)
    town.put_clock_to(WARNED)
    town.drain()
    done = town.rows("SELECT no FROM cases WHERE seq = 2")
    assert done == [(good,)]
    assert town.count("clocks WHERE attempts = 1") == 2
