from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text

from models import audit, casework
from models.casework import climbing, firing
from models.tables import Case, Clock, Event, Impulse, Notice, Rung
from tests.models.office import NOISE, Office
from workflow.calendar import at


def rungs(office: Office) -> list[str]:
    return list(office.session.scalars(select(Rung.rung).order_by(Rung.id)))


def test_a_warning_is_an_event_that_leaves_the_version_alone(office: Office) -> None:
    no = office.register().no
    assert not casework.anything_due(office.session)
    office.at("2025-09-09T09:00")
    assert casework.anything_due(office.session)
    office.fire_all()
    assert not casework.anything_due(office.session)
    case = office.case(no)
    assert (case.version, case.seq, rungs(office)) == (1, 2, ["warn:D1:1"])
    assert audit.verify(office.session, no) == []


def test_a_warning_leaves_the_file_and_what_the_case_remembers_as_they_lie(office: Office) -> None:
    no = office.register().no
    before = office.session.execute(select(Case.data, Case.memory).where(Case.no == no)).one()
    office.at("2025-09-09T09:00").fire_all()
    assert rungs(office) == ["warn:D1:1"]
    assert office.session.execute(select(Case.data, Case.memory).where(Case.no == no)).one() == before
    assert before.data["content"]
    assert set(before.memory["done"]) == {"register"}


def test_a_rung_is_climbed_once_however_often_it_is_asked(office: Office) -> None:
    no = office.register().no
    office.at("2025-09-09T09:00").fire_all()
    assert office.fire_all() == 0
    assert casework.fire(office.session, office.case(no).id) == 0
    assert rungs(office) == ["warn:D1:1"]


def test_after_a_long_stop_all_is_done_in_order_with_the_moments_it_was_due(office: Office) -> None:
    no = office.register().no
    office.at("2025-10-20T15:00").fire_all()
    case = office.case(no)
    assert case.state == "accepted"
    events = office.session.execute(select(Event.trigger, Event.at).order_by(Event.seq)).all()
    moments = [event.at for event in events]
    assert moments[1:] == sorted(moments[1:])
    assert "auto_deem_accepted" in [event.trigger for event in events]
    assert audit.verify(office.session, no) == []


def test_two_clocks_of_one_case_due_at_once_are_both_climbed(office: Office) -> None:
    no = office.register(simple_wanted=True).no
    office.at("2025-09-20T09:00").fire_all()
    assert {key.split(":")[1] for key in rungs(office)} >= {"D1", "D8a"}
    assert audit.verify(office.session, no) == []


def test_a_poisoned_case_stops_nobody_and_is_tried_ever_more_rarely(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = office.register().no, office.register().no
    whole = climbing.climb

    def climb(procedure: Any, snapshot: Any, due: Any, facts: Any) -> Any:
        if snapshot.id == bad:
            raise ZeroDivisionError("手机13800005678")
        return whole(procedure, snapshot, due, facts)

    monkeypatch.setattr(climbing, "climb", climb)
    office.at("2025-09-09T09:00").fire_all()
    assert office.case(good).seq == 2
    assert office.case(bad).seq == 1
    clock = office.session.execute(
        select(Clock.attempts, Clock.last_error, Clock.dead_at, Clock.not_before)
        .join(Case)
        .where(Case.no == bad, Clock.code == "D1")
    ).one()
    assert (clock.attempts, clock.dead_at) == (1, None)
    assert clock.last_error.startswith("ZeroDivisionError")
    assert "138" not in clock.last_error
    for attempt in range(2, 11):
        office.session.execute(text("UPDATE clocks SET not_before = NULL"))
        assert office.fire_all() == 1, attempt
    assert office.session.scalar(select(Clock.dead_at).join(Case).where(Case.no == bad, Clock.code == "D1"))
    office.session.execute(text("UPDATE clocks SET not_before = NULL"))
    assert office.fire_all() == 0


def test_what_the_database_refuses_of_one_case_stops_nobody(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = office.register().no, office.register().no
    whole = firing.climbed

    def climbed(stood: Any, *given: Any) -> Any:
        change = whole(stood, *given)
        if stood.no == bad:
            change.rows = lambda: {"rungs": [], "cases": [change.case_row(b"") | {"unit_id": "LA"}]}
        return change

    monkeypatch.setattr(firing, "climbed", climbed)
    office.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    office.at("2025-09-09T09:00").fire_all()
    assert (office.case(good).seq, office.case(bad).seq) == (2, 1)
    found = select(Clock.last_error).join(Case).where(Case.no == bad, Clock.attempts == 1)
    assert "IntegrityError 23000" in office.session.scalars(found).one()


def test_an_act_revives_a_dead_clock(office: Office) -> None:
    no = office.register().no
    office.session.execute(text("UPDATE clocks SET dead_at = linban_now(), attempts = 10"))
    office.act("chenliqiu", no, "accept", route=6)
    assert set(office.session.scalars(select(Clock.attempts).where(Clock.status == "running"))) == {0}


def test_a_timely_act_entered_late_takes_the_place_of_the_clocks_acts(office: Office) -> None:
    no = office.register().no
    office.at("2025-09-17T08:30").fire_all()
    assert office.case(no).state == "accepted"
    assert office.case(no).data["deemed"] is True
    seen = office.case(no)
    casework.act(
        office.session, no, "accept", {"route": 6}, actor=office.actor("chenliqiu"), version=seen.version,
        on=date(2025, 9, 16),
    )  # fmt: skip
    case = office.case(no)
    assert (case.state, case.data.get("deemed") or False, case.data["accepted_on"]) == ("accepted", False, "2025-09-16")
    last = office.session.scalars(select(Event).where(Event.seq == case.seq)).one()
    assert last.supersedes == at(date(2025, 9, 17), 0, 5)
    withdrawn = set(office.session.scalars(select(Notice.what).where(Notice.withdrawn_at.is_not(None))))
    assert withdrawn == {"overdue", "auto_deem_accepted", "acceptance_notice"}
    running = office.session.execute(select(Clock.code, Clock.due_on).where(Clock.status == "running")).all()
    assert ("D6", date(2025, 11, 15)) in [tuple(row) for row in running]
    assert audit.verify(office.session, no) == []
    office.at("2025-11-16T09:00").fire_all()
    assert audit.verify(office.session, no) == []


def test_a_split_opens_a_case_of_its_own_that_names_its_origin(office: Office) -> None:
    no = office.register().no
    parts = {"other_content": "检举某科室收受好处，请查处。", "other_type": "accusation", "other_subject_org": "SQ"}
    office.act("zhouxiaoman", no, "split", own_content=NOISE, **parts)
    assert office.fire_all() == 1
    impulse = office.session.scalars(select(Impulse).where(Impulse.kind == "open")).one()
    opened = office.session.execute(select(Case.__table__).where(Case.id == impulse.opened_id)).one()
    assert (opened.opened_from_id, opened.data["type"]) == (office.case(no).id, "accusation")
    assert opened.sealed_to
    assert audit.verify(office.session, opened.no) == []


def test_what_cannot_be_opened_is_noted_and_tried_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    no = office.register().no
    office.act(
        "zhouxiaoman", no, "split", own_content=NOISE, other_content="另一件事情，请处理。", other_type="request"
    )

    def fails(*_: Any) -> int:
        raise LookupError

    monkeypatch.setattr(firing, "open_from", fails)
    assert office.fire_all() == 1
    impulse = office.session.scalars(select(Impulse)).one()
    assert (impulse.attempts, impulse.done_at, impulse.last_error[:11]) == (1, None, "LookupError")


def test_a_case_asked_for_before_a_long_stop_opens_as_of_the_moment_it_was_asked_for(office: Office) -> None:
    no = office.register().no
    parts = {"other_content": "另一件事情，请处理。", "other_type": "request"}
    office.act("zhouxiaoman", no, "split", own_content=NOISE, **parts)
    office.at("2025-10-20T09:00").fire_all()
    opened = office.session.execute(select(Case.no, Case.filed_at).where(Case.opened_from_id.is_not(None))).one()
    assert opened.filed_at < at(date(2025, 9, 2), 0)
    assert office.session.scalar(select(Impulse.last_error)) == ""
    assert audit.verify(office.session, opened.no) == []
