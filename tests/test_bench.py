"""That the figures are honest: both sides leave the same rows, and what is counted afterwards is right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text

from bench import acts, hand, rungs, versions
from bench.crew import Crew, crew
from bench.figures import Figure, table
from bench.ground import OFFICER, Ground, ground
from bench.proofs import Proofs
from models import audit, casework, db, migrating
from models.migrating import Report

pytestmark = pytest.mark.xdist_group("bench")  # one crew of processes serves them all
LEFT = text("""
SELECT state, version, seq, due_code, caseworker_id,
    (SELECT count(*) FROM clocks k WHERE k.case_id = c.id), (SELECT count(*) FROM clocks k WHERE k.case_id = c.id
    AND next_at IS NOT NULL), (SELECT count(*) FROM documents d WHERE d.case_id = c.id),
    (SELECT count(*) FROM notices n WHERE n.case_id = c.id), (SELECT count(*) FROM event_values v
    JOIN events e ON e.id = v.event_id WHERE e.case_id = c.id)
FROM cases c WHERE no = :no
""")


@pytest.fixture(scope="module")
def where(database_url: str) -> Iterator[Ground]:
    with ground(database_url) as found:
        yield found


@pytest.fixture(scope="module")
def hands(where: Ground) -> Iterator[Crew]:
    with crew(where) as found:
        yield found


def test_the_hand_leaves_what_the_road_leaves(where: Ground) -> None:
    where.put_clock_to("2025-09-01T09:00")
    one, other = where.register(), where.register()
    acts.by_the_road([one], where)
    desk = hand.desk(where, OFFICER)
    hand.accept(desk, other)
    desk.connection.close()
    acts.desk(where, OFFICER).connection.close()
    with where.sessions()() as session:
        road, limit = (tuple(session.execute(LEFT, {"no": no}).one()) for no in (one, other))
        assert road == limit
        assert audit.verify(session, one) == audit.verify(session, other) == []


def test_nothing_is_lost_or_doubled_and_every_side_is_measured(where: Ground, hands: Crew) -> None:
    fired = rungs.Rungs(where, hands, 12)
    fired.round()
    assert {fired.counted[name] for name in ("lost", "doubled", "broken", "deadlocks")} == {0}
    assert {side: len(rates) for side, rates in fired.rates.items()} == {"by_the_road": 1, "by_sql": 1}
    done = acts.Acts(where, hands, 2)
    done.round()
    shares = acts.Shares(done)
    shares.round()
    shares.desk.connection.close()
    figures = [*done.figures(), fired.figure(), *shares.figures()]
    assert [each.number for each in figures] == ["1", "1", "4", "7", "7"]
    assert table(figures).row_count == len(figures)
    assert all(each.as_json()["measured"] > 0 for each in figures[:4])


def test_a_rung_that_was_not_climbed_counts_as_lost(where: Ground) -> None:
    fired = rungs.Rungs(where, Crew(None, None, where), 3)
    where.put_clock_to(rungs.STEPS[1])
    where.copies(fired.origin, "idle", 3)
    assert fired.counts("idle") == {"lost": 6, "doubled": 0, "broken": 0}
    where.put_clock_to(rungs.STEPS[2])
    while casework.fire_due(where.sessions()):
        pass
    assert fired.counts("idle") == {"lost": 0, "doubled": 0, "broken": 0}


def test_cases_led_there_and_back_stand_as_they_stood(where: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    led = versions.Versions(where, 9)
    led.round()
    figure = led.figure()
    assert (figure.measured, figure.met, figure.told["cases"]) == (1.0, True, 9)
    undo = migrating.undo

    def not_quite(*given: Any, **more: Any) -> Report:
        report = undo(*given, **more)
        with db.transaction(where.sessions()) as session:
            session.execute(text("UPDATE cases SET title = title || '。' WHERE no = 'led0-1'"))
        return report

    monkeypatch.setattr(migrating, "undo", not_quite)
    led.round()
    assert (round(led.shares[-1], 2), Figure("9", "led", led.shares[-1:], versions.BAR).met) == (0.89, False)


def test_fast_and_wrong_is_not_met() -> None:
    figure = partial(Figure, "4", "fired", [0.5, 0.6, 0.7], 0.4)
    assert figure().met
    assert not figure(clean=False).met
    assert not figure(is_met_when="at most").met


def test_the_proof_is_timed_over_five_hundred_units_and_finds_nothing() -> None:
    proofs = Proofs()
    proofs.round()
    assert len(proofs.units) == 502
    assert proofs.figure().clean
