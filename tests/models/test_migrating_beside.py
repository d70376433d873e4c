"""Clerks and workers go on beside a migration, and whoever is stopped in it goes on where he was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from models import casework, db, migrating
from models.snapshots import lock_case, read_case
from tests.models.office import refused
from tests.models.stalls import (  # noqa: F401 - fixtures
    CLERK,
    HEAD,
    LIVES,
    OFFICER,
    OPERATOR,
    WAY,
    acted,
    apply,
    count,
    drained,
    lived,
    numbers,
    second_version,
    snapshots,
    standing,
    street,
    town,
    undo,
    verified,
)  # fmt: skip
from tests.models.test_races import put_clock_to, together


def test_a_form_that_was_open_before_is_stale(street: db.Sessions) -> None:
    no, *_ = numbers(street, "applied")
    with street() as session:
        version = read_case(session, no).version
    apply(street)
    with refused("StaleCase"), db.transaction(street) as session:
        casework.act(session, no, "refuse", {}, actor=HEAD, version=version)


def test_what_a_clerk_holds_is_passed_over_and_led_when_he_is_done(street: db.Sessions) -> None:
    no, *_ = numbers(street, "applied")
    holds, others_are_led = Event(), Event()

    def clerk() -> None:
        with db.transaction(street) as session:
            lock_case(session, no=no)
            holds.set()
            assert others_are_led.wait(20)
            casework.act(session, no, "look", {}, actor=CLERK, version=None)

    def say(done: int, total: int) -> None:
        if done == total - 1:
            others_are_led.set()

    with ThreadPoolExecutor(1) as beside:
        working = beside.submit(clerk)
        assert holds.wait(20)
        report = migrating.apply(street, WAY, actor=OPERATOR, say=say)
        working.result(timeout=20)
    assert (report.cases, report.busy) == (len(LIVES), 0)
    case = snapshots(street)[no]
    assert (case.definition, "visit" in case.done) == ("2", True)
    verified(street)


def test_what_is_held_all_the_time_is_told(street: db.Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "TRIES", 2)
    no, *_ = numbers(street, "applied")
    with db.transaction(street) as session:
        lock_case(session, no=no)
        report = apply(street)
    assert (report.cases, report.busy, report.whole) == (len(LIVES) - 1, 1, False)
    assert apply(street).cases == 1


def test_clerks_and_workers_go_on_beside_it(town: db.Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is due at once: rungs are climbed, cases are acted on and led, and every one comes to one outcome."""
    cases = lived(town, copies=4)
    monkeypatch.setattr(migrating, "BATCH", 5)
    with second_version(monkeypatch):
        put_clock_to(town, "2025-09-20T10:00")

        def clerk() -> None:
            for no in [no for no, life in cases.items() if life == "applied"]:
                case = snapshots(town)[no]
                trigger, by = ("look", CLERK) if case.definition == "1" else ("visit", OFFICER)
                together(lambda no=no, trigger=trigger, by=by: acted(town, no, by, trigger))

        before = count(town, "events WHERE trigger = 'look'")
        together(lambda: apply(town), clerk, lambda: drained(town), lambda: drained(town))
        drained(town)
        assert apply(town).busy == 0
        assert {case.definition for case in snapshots(town).values()} == {"2"}
        assert count(town, "events WHERE trigger = 'definition'") == len(cases)
        assert count(town, "events WHERE trigger IN ('look', 'visit')") > before
        assert count(town, "clocks WHERE attempts > 0 OR dead_at IS NOT NULL") == 0
        verified(town)


def test_whoever_is_stopped_in_the_middle_goes_on_where_he_was(
    street: db.Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "BATCH", 2)

    def stop(done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrating.apply(street, WAY, actor=OPERATOR, say=stop)
    assert count(street, "cases WHERE definition = '2'") == 4
    assert apply(street).cases == len(LIVES) - 4
    assert undo(street).cases == len(LIVES)
    verified(street)


def test_sixty_cases_led_and_given_back_are_what_they_were(town: db.Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = lived(town, copies=7)
    monkeypatch.setattr(migrating, "BATCH", 20)
    with second_version(monkeypatch):
        before = standing(town)
        assert apply(town).cases == len(cases) == 63
        assert undo(town).cases == 63
        assert standing(town) == before
        verified(town)
