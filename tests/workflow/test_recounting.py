"""A new arrangement of holidays moves the clocks that hang on it, and takes no day from a resident who was told."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.almanac import almanac, arranged, read_notice
from tests.workflow.days import CALENDAR, paused, running
from workflow import decision
from workflow.calendar import Calendar, at, end_of
from workflow.procedures.petition import Petition
from workflow.receipts import receipt
from workflow.recounting import is_promised, recounted, recounted_case
from workflow.snapshot import CLOCK, CaseSnapshot, Facts, RunningClock
from workflow.story import TREE
from workflow.terms import days, working_days

LATER = Calendar(
    almanac(2024, 2029) | arranged(2027, read_notice("2027-01-01,休,元旦\n2027-01-04,休,元旦\n2027-01-09,班,元旦"))
)
SOONER = Calendar(almanac(2024, 2029) | arranged(2027, read_notice("2027-01-02,班,元旦\n2027-01-03,班,元旦")))
NOTICED = date(2026, 12, 20)


def anew(clock, calendar, *, notified=False):
    return recounted(clock, calendar, notified=notified, on=NOTICED, seq=9)


def test_a_new_holiday_lengthens_and_confirms():
    clock = running(date(2026, 12, 25), working_days(7))
    moved = anew(clock, LATER)
    assert (clock.due_on, clock.provisional) == (date(2027, 1, 6), True)
    assert (moved.due_on, moved.provisional, moved.due_at) == (date(2027, 1, 7), False, end_of(date(2027, 1, 7)))
    assert [(move.kind, move.seq, move.on, move.due_on) for move in moved.moves] == [
        ("calendar", 9, NOTICED, date(2027, 1, 7))
    ]
    assert moved.dating == clock.dating + 1


def test_what_happened_at_the_beginning_does_not_happen_again_where_the_end_is_moved():
    clock = replace(running(date(2026, 12, 25), working_days(7)), climbed=frozenset({"at_once:D1", "warn:D1"}))
    assert anew(clock, LATER).climbed == {"at_once:D1"}


def test_an_offices_term_is_shortened_where_fewer_days_are_free():
    assert anew(running(date(2026, 12, 25), working_days(7)), SOONER).due_on < date(2027, 1, 6)


def test_what_a_resident_was_told_is_never_shortened():
    clock = running(date(2026, 12, 25), working_days(7))
    kept = anew(clock, SOONER, notified=True)
    assert kept == replace(clock, provisional=False)
    assert receipt("Window", kept, SOONER).rows[-1].on == clock.due_on


def test_what_a_resident_was_told_is_lengthened():
    assert anew(running(date(2026, 12, 25), working_days(7)), LATER, notified=True).due_on == date(2027, 1, 7)


def test_a_window_rolls_to_another_day():
    window = running(date(2026, 12, 5), days(30), rolls=True)
    assert window.due_on == date(2027, 1, 4)
    moved = anew(window, LATER, notified=True)
    assert (moved.due_on, moved.provisional) == (date(2027, 1, 5), False)
    assert receipt("Window", moved, LATER).rows[-1].mark == "rolled"


def test_a_clock_that_was_paused_is_counted_again_with_its_pause():
    clock = paused(running(date(2026, 12, 10), working_days(12)), date(2026, 12, 14), date(2026, 12, 18))
    moved = anew(clock, LATER)
    assert moved.due_on == date(2027, 1, 5) > clock.due_on
    assert receipt("Deadline", moved, LATER).rows[-1].mark == "counted"


@pytest.mark.parametrize(
    "clock",
    [
        running(date(2026, 12, 25), days(30)),
        replace(running(date(2026, 12, 25), working_days(7)), count=0),
        replace(running(date(2026, 12, 25), working_days(7)), status="ended"),
        replace(running(date(2026, 12, 25), days(7)), unit="hours", count=24),
    ],
    ids=["calendar days", "a day somebody set", "ended", "hours"],
)
def test_what_does_not_hang_on_holidays_is_left_alone(clock):
    assert anew(clock, LATER) is clock


def test_where_nothing_changes_nothing_is_moved():
    clock = running(date(2026, 3, 2), working_days(5))
    assert anew(clock, CALENDAR) == clock


# The whole case

NOW = at(NOTICED, 10)


def world(calendar):
    return Facts(TREE, calendar)


def case_with(*clocks: RunningClock, **more: Any) -> CaseSnapshot:
    return CaseSnapshot("XF-1", "petition", "accepted", seq=7, clocks=clocks, **more)


def in_case(clock: RunningClock, name: str) -> RunningClock:
    return replace(clock, id=name, code=Petition.clocks[name][0].code)


def test_a_case_is_moved_by_one_event_of_the_clock_that_names_its_cause():
    case = case_with(in_case(running(date(2026, 12, 25), working_days(7)), "simple"))
    done = recounted_case(Petition, case, world(LATER), NOW, cause={"year": 2027})
    assert (done.trigger, done.rung, done.by, done.on) == (decision.CALENDAR, decision.CALENDAR, CLOCK, NOTICED)
    assert (done.before, done.after.seq, done.after.state, done.form) == (case, 8, "accepted", {"year": 2027})
    (row,) = done.after.clocks
    assert (row.due_on, row.moves[-1].seq, row.dated_at) == (date(2027, 1, 7), 8, NOW)
    assert row.next_at > NOW


def test_a_case_of_which_no_day_moves_has_no_event():
    case = case_with(in_case(running(date(2026, 12, 25), days(30)), "handling"))
    assert recounted_case(Petition, case, world(LATER), NOW, cause={}) is None


def test_a_window_is_promised_and_an_offices_term_is_not():
    window = in_case(running(date(2026, 12, 5), days(30), rolls=True), "review_window")
    assert is_promised(Petition, window)
    assert not is_promised(Petition, in_case(window, "simple"))
    assert recounted_case(Petition, case_with(window), world(SOONER), NOW, cause={}) is None


def test_the_case_before_the_acts_of_the_clock_is_moved_with_it():
    window = in_case(running(date(2026, 12, 5), days(30), rolls=True), "review_window")
    before = replace(case_with(window), state="replied")
    done = recounted_case(Petition, case_with(earlier=before, earlier_at=NOW), world(LATER), NOW, cause={})
    assert [row.due_on for row in done.after.earlier.clocks] == [date(2027, 1, 5)]


# Who is told


def told_of(case):
    done = recounted_case(Petition, case, world(LATER), NOW, cause={})
    return [(each.role, each.what, each.clock, each.persons) for each in done.told]


def test_whoever_answers_for_the_term_is_told_and_so_is_the_resident():
    case = case_with(in_case(running(date(2026, 12, 25), working_days(7)), "simple"), unit="street")
    assert told_of(case) == [("caseworker", "calendar", "D8", ()), ("petitioner", "calendar", "D8", ())]


def test_the_person_the_case_is_assigned_to_is_told():
    clock = in_case(running(date(2026, 12, 25), working_days(7)), "simple")
    assert told_of(case_with(clock, unit="street", data={"caseworker": "chen"}))[0] == (
        "caseworker", "calendar", "D8", ("chen",)
    )  # fmt: skip


def test_of_a_residents_window_the_caseworker_is_told_since_its_ladder_tells_no_office():
    window = in_case(running(date(2026, 12, 5), days(30), rolls=True), "review_window")
    case = replace(case_with(window, unit="street"), state="replied")
    assert [role for role, *_ in told_of(case)] == ["caseworker", "petitioner"]


def test_a_vacancy_is_looked_for_upward():
    case = case_with(in_case(running(date(2026, 12, 25), working_days(7)), "simple"), unit="street")
    told = recounted_case(Petition, case, world(LATER), NOW, cause={}).told
    assert told[0].units == ("street", "district", "city")


def test_while_the_ladders_of_a_case_rest_nobody_is_told():
    case = case_with(in_case(running(date(2026, 12, 25), working_days(7)), "simple"), unit="street")
    assert told_of(replace(case, state="merged")) == []


def test_an_event_that_is_no_act_says_what_happened_and_under_which_version_the_case_stood_before():
    led = decision.change_of_version("1", "2")
    assert decision.beside(led) == "程序版本变更，今后按新的版本办理"
    assert [decision.beside(each) for each in ("", "warn:D1:1")] == ["", ""]
    assert [decision.version_before(each) for each in (led, decision.CALENDAR)] == ["1", ""]
