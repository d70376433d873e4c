"""Who is told is asked when the rung is climbed: upward past a vacancy, and where nobody is found, that is said."""

from __future__ import annotations

from tests.jobs.town import Town

TOLD = """
    SELECT DISTINCT p.name, n.title FROM notices n LEFT JOIN people p ON p.id = n.person_id
    WHERE n.channel = 'inbox' AND n.what = :what ORDER BY 1, 2
"""
LEAVE = "UPDATE posts SET to_day = '2025-09-05' WHERE role = ANY(:roles) AND unit_id = ANY(:units)"
WARNED, TITLE = "2025-09-09T09:00", "告知期限将于9月16日到期"


def told(town: Town, *roles: str, units: str) -> list[tuple[str | None, str]]:
    """Registered while all were in office; by the time the rung is due, these have left."""
    town.register(1)
    town.run(LEAVE, roles=[*roles], units=units.split())
    town.put_clock_to(WARNED)
    town.drain()
    return town.rows(TOLD, what="warn")  # type: ignore[return-value]


def test_those_in_office_when_it_fires_are_told(town: Town) -> None:
    assert told(town, units="") == [("苏婉清", TITLE), ("陈立秋", TITLE)]


def test_a_vacancy_goes_upward(town: Town) -> None:
    assert told(town, "caseworker", units="LA") == [("庄子衿", TITLE)]


def test_where_nobody_is_found_the_supervisor_hears_it(town: Town) -> None:
    assert told(town, "caseworker", units="LA QQ") == [("孟知行", f"无人可通知：承办人（{TITLE}）")]


def test_the_supervisors_vacancy_goes_upward_too(town: Town) -> None:
    found = told(town, "caseworker", "supervisor", units="LA QQ")
    assert found == [("纪云舒", f"无人可通知：承办人（{TITLE}）")]


def test_where_there_is_nobody_at_all_the_case_says_so(town: Town) -> None:
    found = told(town, "caseworker", "supervisor", units="LA QQ YZ")
    assert found == [(None, f"无人可通知：承办人（{TITLE}）")]
    assert (town.left(), town.breaks()) == (0, [])
