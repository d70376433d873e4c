"""A year's notice: told beforehand what it moves, then moved in one transaction, and nobody told a day loses it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import audit, db, holidays
from models.almanac import NOTICE, UnreadableNotice, read_notice, statutory
from models.casework import recounting
from models.organisation import STAMPS, organisation
from models.tables import CalendarDay, Case, Clock, Event, EventValues, Notice, Post
from tests.models.office import Office
from workflow.calendar import at, end_of
from workflow.record import load_clock
from workflow.snapshot import Actor

NEW_YEAR = "2027-01-04,休,元旦\n2027-01-05,休,元旦\n"  # later: two days more are free
MADE_UP = "2027-01-02,班,元旦\n2027-01-03,班,元旦\n"  # earlier: a weekend is worked


def notice(*rows: str) -> dict[date, Any]:
    """The statute's days of 2027, and what else is told."""
    own = "".join(f"{on},休,{name}\n" for on, name in sorted(statutory(2027).items()))
    return read_notice(own + "".join(rows))


@pytest.fixture
def winter(office: Office) -> Office:
    return office.at("2026-12-22T10:00")


@pytest.fixture
def loader(winter: Office) -> Actor:
    return winter.actor("jiwanqing")


def simple(office: Office) -> str:
    """Ten working days from 22 December 2026: until 6 January 2027, provisionally."""
    no = office.register(simple_wanted=True).no
    criteria = ["clear", "one_duty", "little_dispute", "first_time"]
    office.act("chenliqiu", no, "accept_simple", criteria=criteria)
    return no


def replied(office: Office) -> str:
    """Served on 4 December: review may be asked for until Sunday 3 January, so until Monday the 4th, provisionally."""
    no = office.at("2026-11-24T10:00").register().no
    office.act("chenliqiu", no, "accept", route=6)
    office.at("2026-12-03T10:00").act(
        "xuchengping", no, "reply", role="unit_head", outcome="explain", opinion="file", legal_basis="供热条例",
        remedy_named=True,
    )  # fmt: skip
    office.at("2026-12-04T10:00").act("zhouxiaoman", no, "record_service", method="hand")
    office.at("2026-12-22T10:00")
    return no


def clock(office: Office, no: str, code: str) -> Any:
    which = select(Clock.__table__).where(Clock.case_id == office.case(no).id, Clock.code == code)
    return office.session.execute(which).one()


def days(lines: tuple[holidays.Line, ...]) -> list[tuple[str, date, date]]:
    return [(line.code, line.from_day, line.to_day) for line in lines]


def record(office: Office) -> list[Any]:
    """Every row that a notice may touch."""
    tables = [CalendarDay.__table__, Clock.__table__, Case.__table__, Event.__table__]
    return [sorted(map(repr, office.session.execute(select(table)))) for table in tables]


def test_a_holiday_moves_a_term_of_working_days_later_and_confirms_it(winter: Office, loader: Actor) -> None:
    no = simple(winter)
    before = clock(winter, no, "D8")
    assert (before.due_on, before.provisional) == (date(2027, 1, 6), True)
    done = holidays.apply(winter.session, notice(NEW_YEAR), actor=loader)
    after = clock(winter, no, "D8")
    assert (after.due_on, after.due_at, after.provisional) == (date(2027, 1, 8), end_of(date(2027, 1, 8)), False)
    assert days(done.later) == [("D8", date(2027, 1, 6), date(2027, 1, 8))]
    assert (done.later[0].by_days, done.later[0].confirmed, done.earlier, done.kept) == (2, True, (), ())


def test_a_make_up_day_moves_a_term_of_working_days_earlier(winter: Office, loader: Actor) -> None:
    no = simple(winter)
    done = holidays.apply(winter.session, notice(MADE_UP), actor=loader)
    assert clock(winter, no, "D8").due_on == date(2027, 1, 4)
    assert [line.by_days for line in done.earlier] == [-2]


def test_a_window_of_which_a_resident_was_told_is_never_shortened(winter: Office, loader: Actor) -> None:
    no = replied(winter)
    before = clock(winter, no, "D11")
    assert (before.due_on, before.provisional) == (date(2027, 1, 4), True)
    done = holidays.apply(winter.session, notice(MADE_UP), actor=loader)
    after = clock(winter, no, "D11")
    assert (after.due_on, after.provisional) == (date(2027, 1, 4), False)
    kept = next(line for line in done.kept if line.code == "D11")
    assert (kept.by_days, kept.counted_on, kept.confirmed) == (0, date(2027, 1, 3), True)


def test_a_window_of_which_a_resident_was_told_is_lengthened(winter: Office, loader: Actor) -> None:
    no = replied(winter)
    holidays.apply(winter.session, notice(NEW_YEAR), actor=loader)
    assert clock(winter, no, "D11").due_on == date(2027, 1, 6)


def test_what_only_loses_its_doubt_moves_by_no_event(winter: Office, loader: Actor) -> None:
    no = simple(winter)
    before = winter.case(no)
    done = holidays.apply(winter.session, notice(), actor=loader)
    assert clock(winter, no, "D8").provisional is False
    assert winter.case(no) == before
    assert (days(done.confirmed), done.later, done.earlier) == ([("D8", date(2027, 1, 6), date(2027, 1, 6))], (), ())


@pytest.mark.parametrize("told", [NEW_YEAR, MADE_UP])
def test_the_preview_is_what_is_done_then_and_writes_nothing(winter: Office, loader: Actor, told: str) -> None:
    simple(winter), replied(winter)
    before = record(winter)
    seen = holidays.preview(winter.session, notice(told))
    assert record(winter) == before
    assert seen.lines
    assert holidays.apply(winter.session, notice(told), actor=loader) == seen
    for line in seen.lines:
        row = clock(winter, line.no, line.code)
        assert (row.due_on, row.provisional) == (line.to_day, False)


def test_the_same_notice_changes_nothing_the_second_time(winter: Office, loader: Actor) -> None:
    simple(winter), replied(winter)
    holidays.apply(winter.session, notice(MADE_UP), actor=loader)
    before, stamps = record(winter), winter.session.execute(STAMPS).scalar_one()
    again = holidays.apply(winter.session, notice(MADE_UP), actor=loader)
    assert (again.changed, again.lines) == ({}, ())
    assert record(winter) == before
    assert winter.session.execute(STAMPS).scalar_one() == stamps


def test_a_moved_case_has_an_event_that_names_the_cause(winter: Office, loader: Actor) -> None:
    no = simple(winter)
    before = winter.case(no)
    holidays.apply(winter.session, notice(NEW_YEAR), actor=loader)
    after = winter.case(no)
    assert (after.version, after.seq, after.state) == (before.version, before.seq + 1, before.state)
    assert (after.due_at, after.due_code) == (end_of(date(2027, 1, 8)), "D8")
    event = winter.session.execute(
        select(Event.trigger, Event.role, Event.unit_id, Event.acted_on, EventValues.values)
        .join(EventValues, EventValues.event_id == Event.id)
        .where(Event.case_id == after.id, Event.seq == after.seq)
    ).one()
    assert (event.trigger, event.role, event.unit_id, event.acted_on) == ("calendar", "clock", "", date(2026, 12, 22))
    assert event.values["form"] == {
        "year": 2027, "source": NOTICE, "loaded_by": loader.person, "role": "supervisor", "unit": "QQ",
    }  # fmt: skip
    move = load_clock(clock(winter, no, "D8").body).moves[-1]
    assert (move.kind, move.seq, move.due_on) == ("calendar", after.seq, date(2027, 1, 8))
    assert audit.verify(winter.session, no) == []


def test_the_ladder_follows_the_new_day_and_says_nothing_twice(winter: Office, loader: Actor) -> None:
    no = simple(winter)
    winter.at("2026-12-31T10:00").fire_all()
    holidays.apply(winter.session, notice(NEW_YEAR), actor=loader)
    assert clock(winter, no, "D8").next_at == at(date(2027, 1, 6), 9)  # its eighth working day
    assert winter.fire_all() == 0
    winter.at("2027-01-09T01:00").fire_all()
    assert winter.case(no).state == "accepted"
    assert audit.verify(winter.session, no) == []


def test_where_only_a_reminder_moves_there_is_no_event(winter: Office, loader: Actor) -> None:
    """Day 12 of the term is Sunday 3 January: reminded on the working day before, which the notice makes that day."""
    no = winter.register().no
    winter.at("2026-12-30T10:00").fire_all()
    before = winter.case(no)
    assert clock(winter, no, "D1").next_at == at(date(2026, 12, 31), 9)
    assert holidays.apply(winter.session, notice("2027-01-03,班,元旦"), actor=loader).lines == ()
    assert clock(winter, no, "D1").next_at == at(date(2027, 1, 3), 9)
    assert winter.case(no) == before


def test_a_failure_in_the_middle_leaves_everything_as_it_was(
    winter: Office, loader: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    simple(winter), simple(winter)
    before, whole, seen = record(winter), recounting.recounted, []

    def recounted(stood: Any, *given: Any) -> Any:
        seen.append(stood.no)
        return whole(stood, *given) if len(seen) < 2 else 1 / 0

    monkeypatch.setattr(recounting, "AT_ONCE", 1)
    monkeypatch.setattr(recounting, "recounted", recounted)
    with pytest.raises(ZeroDivisionError), db.transaction(winter.sessions) as own:
        holidays.apply(own, notice(NEW_YEAR), actor=loader)
    assert len(seen) == 2
    winter.session.expire_all()
    assert record(winter) == before
    assert organisation(winter.session).calendar.is_working(date(2027, 1, 4))


def test_a_term_begun_afterwards_follows_the_new_calendar(winter: Office, loader: Actor) -> None:
    holidays.apply(winter.session, notice(NEW_YEAR), actor=loader)
    row = clock(winter, simple(winter), "D8")
    assert (row.due_on, row.provisional) == (date(2027, 1, 8), False)


def test_an_act_entered_late_does_not_bring_back_the_old_days(winter: Office, loader: Actor) -> None:
    """Review is asked for on 4 January and entered on the 5th; the clock has closed the case in between."""
    no = replied(winter)
    winter.at("2027-01-05T09:00").fire_all()
    assert winter.case(no).state == "closed_no_review"
    holidays.apply(winter.session, notice(NEW_YEAR), actor=loader)
    earlier = winter.case(no).memory["earlier"]["clocks"]
    assert [each["due_on"] for each in earlier if each["code"] == "D11"] == ["2027-01-06"]
    assert audit.verify(winter.session, no) == []


def test_what_does_not_hang_on_holidays_is_not_even_mentioned(winter: Office) -> None:
    winter.act("chenliqiu", winter.register().no, "accept", route=6)
    assert holidays.preview(winter.session, notice(NEW_YEAR)).lines == ()


def test_a_december_before_may_stand_in_a_notice(winter: Office, loader: Actor) -> None:
    no = simple(winter)
    holidays.apply(winter.session, notice("2026-12-26,班,元旦"), actor=loader)
    assert clock(winter, no, "D8").due_on == date(2027, 1, 5)
    assert winter.session.get(CalendarDay, date(2026, 12, 25)).source != NOTICE


@pytest.mark.parametrize(
    "row", ["2029-01-01,休,元旦", "2025-10-01,休,国庆节", "2026-11-01,休,元旦\n2027-01-01,休,元旦"]
)
def test_a_notice_of_another_year_is_a_slip_of_the_pen(winter: Office, row: str) -> None:
    with pytest.raises(UnreadableNotice):
        holidays.preview(winter.session, read_notice(row))


def test_holidays_that_were_left_out_are_named(winter: Office) -> None:
    short = read_notice("2027-01-01,休,元旦\n2027-02-05,休,春节")
    assert holidays.preview(winter.session, short).forgotten == ("春节", "清明节", "端午节", "中秋节", "国庆节")
    assert holidays.preview(winter.session, notice()).forgotten == ()


def test_a_case_opened_meanwhile_waits_and_begins_by_the_new_calendar(sessions: db.Sessions) -> None:
    with db.transaction(sessions) as first:
        Office(first).at("2026-12-30T10:00")
    with sessions() as loading, sessions() as opening, ThreadPoolExecutor(1) as beside:
        holidays.apply(loading, notice(NEW_YEAR), actor=Actor("1", "supervisor", "QQ"))
        waiting = beside.submit(opened_simple, opening)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.5)
        loading.commit()
        no = waiting.result(timeout=20)
        opening.commit()
    with sessions() as after:
        row = clock(Office(after), no, "D8a")
        assert (row.due_on, row.provisional) == (date(2027, 1, 7), False)


def opened_simple(session: Session) -> str:
    return Office(session).register(simple_wanted=True).no


# Who is told


def told(office: Office, channel: str) -> list[tuple[int | None, str, str]]:
    which = select(Notice).where(Notice.what == "calendar", Notice.channel == channel).order_by(Notice.id)
    return [(row.person_id, row.role, row.title) for row in office.session.scalars(which)]


def test_whoever_holds_the_case_and_the_resident_are_told_of_a_day_that_moves(winter: Office, loader: Actor) -> None:
    simple(winter)
    holidays.apply(winter.session, notice(NEW_YEAR), actor=loader)
    said = "简易办理期限因新的放假安排改到1月8日"
    assert told(winter, "inbox") == [(winter.id_of("chenliqiu"), "caseworker", said)]
    assert told(winter, "email") == told(winter, "inbox")
    assert told(winter, "page") == [(None, "petitioner", said)]


def test_one_notice_brings_a_person_one_digest_however_many_cases_move(
    winter: Office, loader: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "AT_ONCE", 2)
    later = simple(winter.at("2026-12-23T10:00"))
    numbers = [simple(winter.at("2026-12-22T10:00")) for _ in range(4)]
    holidays.apply(winter.session, notice(NEW_YEAR), actor=loader)
    ((person, _, title),) = told(winter, "inbox")
    assert person == winter.id_of("chenliqiu")
    assert title == (f"简易办理期限因新的放假安排改到1月8日。另有4件的期限也有变：{'、'.join([*numbers[1:], later])}")
    assert len(told(winter, "page")) == 5


def test_a_digest_names_twenty_cases_and_says_how_many_there_are(winter: Office, loader: Actor) -> None:
    for _ in range(23):
        simple(winter)
    holidays.apply(winter.session, notice(NEW_YEAR), actor=loader)
    ((_, _, title),) = told(winter, "inbox")
    assert "另有22件" in title
    assert title.count("XF-LA-") == 20
    assert title.endswith("等")


def test_where_the_post_is_vacant_the_next_superior_is_told(winter: Office, loader: Actor) -> None:
    simple(winter)
    people = [winter.id_of("chenliqiu"), winter.id_of("suwanqing")]
    winter.session.execute(update(Post).where(Post.person_id.in_(people)).values(to_day=date(2026, 12, 21)))
    holidays.apply(winter.session, notice(NEW_YEAR), actor=loader)
    assert [(person, role) for person, role, _ in told(winter, "inbox")] == [
        (winter.id_of("zhuangzijin"), "caseworker")
    ]


def test_where_no_day_moves_nobody_is_told(winter: Office, loader: Actor) -> None:
    simple(winter), replied(winter)
    holidays.apply(winter.session, notice(), actor=loader)
    assert told(winter, "inbox") == told(winter, "page") == []


def test_a_window_that_is_kept_tells_nobody_of_a_day_that_stays(winter: Office, loader: Actor) -> None:
    replied(winter)
    holidays.apply(winter.session, notice(MADE_UP), actor=loader)
    assert told(winter, "page") == []


def test_the_same_notice_loaded_again_tells_nobody_twice(winter: Office, loader: Actor) -> None:
    simple(winter)
    for _ in range(2):
        holidays.apply(winter.session, notice(NEW_YEAR), actor=loader)
    assert len(told(winter, "inbox")) == 1
