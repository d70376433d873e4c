"""What the record gives to the figures: of the cases that may be seen, as they stand, and in few questions."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import event

from models import db
from models.reading.measures import points
from models.reading.visible import visible_beneath
from tests.models.office import Office
from workflow.words.measures import Point


def found(office: Office, login: str, procedure: str = "petition") -> list[Point]:
    which = visible_beneath(office.session, office.actor(login))
    return list(points(office.session, procedure, which, now=db.now(office.session)))


def test_every_case_beneath_gives_its_points_under_its_own_unit(office: Office) -> None:
    office.register(), office.register("yezhiqiu"), office.register("wupeilan")
    registered = [point for point in found(office, "mengzhixing") if point.measure == "withdrawn_share"]
    assert Counter(point.unit for point in registered) == {"LA": 1, "LAGH": 1}
    assert {point.value for point in registered} == {0}


def test_a_sealed_case_is_counted_for_nobody_who_may_not_see_it(office: Office) -> None:
    office.register(type="accusation", subject_org="LALA")
    assert not found(office, "mengzhixing")
    assert found(office, "wenrenjie")


def test_a_term_that_has_run_over_counts_without_anybody_having_done_anything(office: Office) -> None:
    office.register()
    assert not [point for point in found(office, "mengzhixing") if point.measure == "informed_in_time"]
    office.at("2025-12-01T09:00")
    late = [point for point in found(office, "mengzhixing") if point.measure == "informed_in_time"]
    assert [point.value for point in late] == [0]


def test_what_nobody_has_touched_for_long_is_not_read_again(office: Office) -> None:
    office.register()
    office.at("2027-06-01T09:00")
    which = visible_beneath(office.session, office.actor("mengzhixing"))

    def since(on: date) -> list[Point]:
        return list(points(office.session, "petition", which, now=db.now(office.session), since=on))

    assert {point.measure for point in since(date(2025, 1, 1))} > {"informed_in_time"}
    assert since(date(2026, 6, 1)) == []


def test_many_cases_are_read_in_as_few_questions_as_one(office: Office) -> None:
    office.register()
    one = questions(office)
    for _ in range(20):
        office.register()
    assert questions(office) == one


def questions(office: Office) -> int:
    asked: list[str] = []
    bind = office.session.get_bind()

    def ask(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(bind, "before_cursor_execute", ask)
    found(office, "mengzhixing")
    event.remove(bind, "before_cursor_execute", ask)
    return len(asked)
