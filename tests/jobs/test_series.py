"""What the calendar opens is opened once, whoever works, dies or comes before it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jobs import clock
from models import casework
from models.casework import climbing
from models.casework import series as opening
from tests.jobs.town import Town
from tests.models.test_races import together

BEFORE, DUE = "2025-10-31T09:00", "2025-11-03T00:05"
ROUNDS = "SELECT unit_id, filed_at FROM cases WHERE procedure = 'rating_round' ORDER BY unit_id"
RATED = "cases WHERE procedure = 'branch_rating'"
STREETS, BRANCHES = ["BH", "LA", "SQ"], 12


@pytest.fixture
def october(town: Town) -> Iterator[Town]:
    town.run("DELETE FROM series")
    town.put_clock_to(BEFORE)
    town.drain()
    yield town
    town.run("DELETE FROM series")


def test_every_street_has_its_row_and_nothing_opens_before_the_day(october: Town) -> None:
    rows = october.rows("SELECT unit_id, since::text, next_at AT TIME ZONE 'Asia/Shanghai' FROM series ORDER BY 1")
    assert [(unit, since, f"{at:%Y-%m-%d %H:%M}") for unit, since, at in rows] == [
        (street, "2025-10-31", "2025-11-03 00:05") for street in STREETS
    ]
    assert october.count(RATED) == 0


def test_the_ticker_asks_for_units_without_a_row_and_for_what_is_due(october: Town) -> None:
    assert not clock.something_is_due()
    october.run("DELETE FROM series WHERE unit_id = 'SQ'")
    assert clock.something_is_due()
    october.drain()
    assert not clock.something_is_due()
    october.put_clock_to(DUE)
    assert clock.something_is_due()


def test_two_workers_open_one_round_a_street_and_one_rating_a_branch(october: Town) -> None:
    before = october.deadlocks()
    october.put_clock_to(DUE)
    together(*[october.drain] * 3)
    assert [unit for unit, _ in october.rows(ROUNDS)] == STREETS
    assert october.count(RATED) == BRANCHES
    assert october.count("(SELECT once_key FROM cases GROUP BY once_key HAVING count(*) > 1) doubled") == 0
    assert (october.left(), october.breaks(), october.deadlocks()) == (0, [], before)


def test_a_case_opened_late_is_dated_the_moment_it_was_due(october: Town) -> None:
    october.put_clock_to("2025-11-05T15:00")
    october.drain()
    dates = october.rows(
        "SELECT DISTINCT (e.at AT TIME ZONE 'Asia/Shanghai')::text, e.acted_on::text FROM events e"
        " JOIN cases c ON c.id = e.case_id WHERE c.procedure = 'rating_round'"
    )
    assert dates == [("2025-11-03 00:05:00", "2025-11-03")]


def test_whoever_launches_first_is_not_doubled_by_the_calendar(october: Town) -> None:
    october.put_clock_to("2025-11-02T09:00")
    october.office(lambda office: office.launch("aoqingyu"))
    october.put_clock_to(DUE)
    together(*[october.drain] * 2)
    assert len(october.rows(ROUNDS)) == len(STREETS)
    assert october.count(RATED) == BRANCHES
    assert october.rows("SELECT last_error FROM series WHERE unit_id = 'LA'") == [("AlreadyOpen",)]


def test_started_twice_at_once_it_is_one_round(october: Town) -> None:
    october.put_clock_to("2025-11-02T09:00")
    launch = lambda: october.office(lambda office: office.launch("aoqingyu"))  # noqa: E731
    answers = together(launch, launch)
    assert [type(each).__name__ for each in answers].count("Refused") == 1
    october.drain()
    assert october.count(RATED) == 6


def test_a_fault_in_the_middle_opens_nothing_twice_and_leaves_nobody_out(
    october: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every third opening fails once, as if the worker had been killed."""
    whole, tries = climbing.open_case, []

    def failing(*given, **more):
        tries.append(more["unit"])
        if len(tries) % 3 == 0:
            raise RuntimeError
        return whole(*given, **more)

    october.put_clock_to(DUE)
    monkeypatch.setattr(climbing, "open_case", failing)
    for _ in range(6):
        october.drain()
        october.run("UPDATE impulses SET not_before = NULL")
    assert october.count(RATED) == BRANCHES
    assert len(tries) > BRANCHES
    assert october.breaks() == []


def test_a_series_that_fails_is_tried_again_and_holds_up_no_other(
    october: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = opening.open_case

    def failing(session, *given, unit, **more):
        if unit == "LA":
            raise RuntimeError
        return whole(session, *given, unit=unit, **more)

    october.put_clock_to(DUE)
    with monkeypatch.context() as broken:
        broken.setattr(opening, "open_case", failing)
        october.drain()
    assert [unit for unit, _ in october.rows(ROUNDS)] == ["BH", "SQ"]
    assert october.rows("SELECT attempts, last_error FROM series WHERE unit_id = 'LA'")[0][0] == 1
    october.put_clock_to("2025-11-03T00:10")
    october.drain()
    assert [unit for unit, _ in october.rows(ROUNDS)] == STREETS


def test_what_the_law_refuses_waits_for_the_next_year_or_a_person(october: Town) -> None:
    october.run("INSERT INTO units (id, name, level, parent_id, city_id, district_id, street_id)"
                " VALUES ('XS', '新设街道', 'street', 'QQ', 'YZ', 'QQ', 'XS') ON CONFLICT DO NOTHING")  # fmt: skip
    october.drain()
    october.put_clock_to(DUE)
    october.drain()
    (row,) = october.rows("SELECT last_error, since::text, attempts FROM series WHERE unit_id = 'XS'")
    assert row == ("GuardsFailed", "2025-11-03", 0)
    october.run("DELETE FROM series WHERE unit_id = 'XS'")
    october.run("DELETE FROM units WHERE id = 'XS'")


def test_a_new_arrangement_of_holidays_moves_the_day(october: Town) -> None:
    october.run("UPDATE calendar_days SET kind = 'rest' WHERE day = '2025-11-03'")
    try:
        assert clock.something_is_due()
        october.drain()
        assert october.rows("SELECT DISTINCT (next_at AT TIME ZONE 'Asia/Shanghai')::date::text FROM series") == [
            ("2025-11-10",)
        ]
    finally:
        october.run("UPDATE calendar_days SET kind = 'working' WHERE day = '2025-11-03'")


def test_another_day_in_the_law_moves_it_too(october: Town) -> None:
    october.run("UPDATE series SET period = 'another', next_at = '2030-01-01'")
    october.drain()
    assert october.count("series WHERE next_at < '2026-01-01'") == len(STREETS)


def test_rows_are_planned_once_however_many_ask(october: Town) -> None:
    october.run("DELETE FROM series")
    together(*[lambda: casework.fire_due(october.sessions)] * 3)
    assert october.count("series") == len(STREETS)
