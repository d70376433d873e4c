from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event, select, text

from models.organisation import holders, organisation
from models.tables import Notice, Person, Setting
from tests.models.office import Office


def leave(office: Office, *roles: str) -> None:
    office.session.execute(text("UPDATE posts SET to_day = '2025-08-31' WHERE role = ANY(:roles)"), {"roles": [*roles]})


def test_the_nearest_unit_that_has_anybody_is_told(office: Office) -> None:
    assert holders(office.session, "window_clerk", ["LAGH"]) == (str(office.id_of("yezhiqiu")),)
    assert holders(office.session, "unit_head", ["LAGH"]) == (str(office.id_of("xuchengping")),)


def test_a_vacancy_goes_on_upward(office: Office) -> None:
    office.session.execute(text("UPDATE posts SET to_day = '2025-08-31' WHERE role = 'supervisor' AND unit_id = 'LA'"))
    assert holders(office.session, "supervisor", ["LA"]) == (str(office.id_of("jiwanqing")),)


@pytest.mark.parametrize(("from_day", "held"), [("2025-09-01", True), ("2025-09-02", False)])
def test_a_post_is_held_from_its_first_day(office: Office, from_day: str, held: bool) -> None:
    office.session.execute(text("UPDATE posts SET from_day = :day WHERE role = 'auditor'"), {"day": from_day})
    assert bool(holders(office.session, "auditor", ["LA"])) is held


def test_whoever_has_left_is_not_told_though_the_case_names_him(office: Office) -> None:
    no = office.register().no
    office.act("chenliqiu", no, "accept", route=6)
    office.session.execute(
        text("UPDATE posts SET to_day = '2025-09-30' WHERE person_id = :id"), {"id": office.id_of("chenliqiu")}
    )
    office.at("2025-10-20T09:00").fire_all()
    told = set(office.session.scalars(select(Notice.person_id).where(Notice.what == "warn")))
    assert told == {office.id_of("suwanqing")}


def test_where_nobody_is_found_the_nearest_supervisor_is_told_that(office: Office) -> None:
    no = office.register().no
    leave(office, "caseworker")
    office.at("2025-09-09T09:00").fire_all()
    found = office.session.scalars(select(Notice).where(Notice.channel == "inbox")).one()
    assert found.title.startswith("无人可通知：承办人（告知期限将于9月16日到期")
    assert (found.person_id, found.case_id) == (office.id_of("mengzhixing"), office.case(no).id)


def test_where_there_is_no_supervisor_either_the_case_says_so(office: Office) -> None:
    office.register()
    leave(office, "caseworker", "supervisor")
    office.at("2025-09-09T09:00").fire_all()
    found = office.session.scalars(select(Notice).where(Notice.channel == "inbox")).one()
    assert (found.person_id, found.title[:5]) == (None, "无人可通知")


def test_the_nearest_units_latest_setting_counts(office: Office) -> None:
    def decide(unit: str, value: int, day: str) -> None:
        row = Setting(unit_id=unit, procedure="petition", key="D6", value=value, from_day=date.fromisoformat(day))
        office.session.add(row)
        office.session.flush()

    decide("YZ", 50, "2025-01-01")
    decide("LA", 40, "2025-01-01")
    decide("LA", 30, "2025-06-01")
    decide("LA", 20, "2026-01-01")
    on = date(2025, 9, 1)
    known = organisation(office.session)
    assert known.settings_for("petition", "LAGH", on) == {"D6": 30}
    assert known.settings_for("petition", "SQ", on) == {"D6": 50}


def test_the_calendar_is_not_read_for_every_act(office: Office) -> None:
    no = office.register().no
    seen: list[str] = []
    connection = office.session.connection()
    event.listen(connection, "before_cursor_execute", lambda *given: seen.append(given[2]))
    office.act("chenliqiu", no, "accept", route=6, version=1)
    assert not any("calendar_days" in statement for statement in seen)


def test_a_change_is_seen_at_once_and_forgotten_with_its_transaction(office: Office) -> None:
    before = organisation(office.session)
    with office.session.begin_nested() as nested:
        office.session.add(Person(name="过客"))
        office.session.execute(text("UPDATE units SET name = '新街道' WHERE id = 'LA'"))
        office.session.flush()
        assert organisation(office.session).units["LA"].name == "新街道"
        nested.rollback()
    assert organisation(office.session) is before
