"""Days are counted as the Civil Code and the State Council's calendar have it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.days import CALENDAR
from workflow.calendar import Calendar, Day, Due, at, end_of, today
from workflow.terms import Span, days, hours, months, working_days, years

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        (date(2025, 9, 1), days(15), date(2025, 9, 16)),
        (date(2025, 9, 5), days(60), date(2025, 11, 4)),
        (date(2025, 8, 9), days(60), date(2025, 10, 8)),
        (date(2025, 9, 26), working_days(5), date(2025, 10, 10)),
        (date(2026, 2, 11), working_days(3), date(2026, 2, 14)),
        (date(2026, 2, 12), working_days(10), date(2026, 3, 4)),
        (date(2026, 2, 12), days(60), date(2026, 4, 13)),
        (date(2026, 2, 13), working_days(5), date(2026, 2, 27)),
        (date(2026, 2, 27), working_days(5), date(2026, 3, 5)),
        (date(2026, 1, 31), months(1), date(2026, 2, 28)),
        (date(2024, 2, 29), years(1), date(2025, 2, 28)),
        (date(2026, 11, 2), days(60), date(2027, 1, 1)),
    ],
)
def test_a_term_ends_on_the_day_of_the_worked_example(start, span, due):
    assert CALENDAR.add(start, span) == Due(due)


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        (date(2025, 9, 5), days(30), date(2025, 10, 9)),
        (date(2026, 1, 20), days(30), date(2026, 2, 24)),
        (date(2025, 10, 30), days(30), date(2025, 12, 1)),
        (date(2026, 2, 27), days(30), date(2026, 3, 30)),
        (date(2026, 1, 16), months(1), date(2026, 2, 24)),
        (date(2026, 1, 5), days(30), date(2026, 2, 4)),
    ],
)
def test_a_residents_window_rolls_to_the_next_working_day(start, span, due):
    assert CALENDAR.forward(CALENDAR.add(start, span)) == Due(due)


def test_a_calendar_day_term_needs_no_holidays():
    assert Calendar({}).add(date(2026, 11, 2), days(60)) == Due(date(2027, 1, 1), provisional=False)


def test_a_working_day_term_that_crosses_into_an_unpublished_year_is_provisional():
    assert CALENDAR.add(date(2026, 12, 1), working_days(30)) == Due(date(2027, 1, 13), provisional=True)
    assert not CALENDAR.add(date(2026, 12, 1), working_days(10)).provisional


def test_rolling_on_an_unconfirmed_day_is_provisional_even_where_it_stays():
    assert CALENDAR.forward(Due(date(2027, 3, 2))) == Due(date(2027, 3, 2), provisional=True)


def test_a_day_nobody_told_of_is_a_weekday_or_a_weekend_unconfirmed():
    empty = Calendar({})
    assert empty.day(date(2026, 2, 14)) == Day("rest", confirmed=False)
    assert empty.is_working(date(2026, 2, 17))
    assert not empty.is_confirmed(date(2026, 2, 17))


def test_a_make_up_saturday_is_worked_and_a_holiday_is_not():
    assert CALENDAR.is_working(date(2026, 2, 14))
    assert not CALENDAR.is_working(date(2026, 2, 17))
    assert CALENDAR.next_working(date(2026, 2, 15)) == date(2026, 2, 24)
    assert CALENDAR.previous_working(date(2025, 10, 5)) == date(2025, 9, 30)


def test_hours_have_no_due_day():
    with pytest.raises(ValueError, match="hours"):
        CALENDAR.add(date(2026, 1, 5), hours(24))


@given(DAYS, st.integers(1, 60))
def test_going_back_undoes_going_on(start, number):
    working = CALENDAR.next_working(start)
    assert CALENDAR.back(CALENDAR.add(working, working_days(number)).on, working_days(number)) == working
    assert CALENDAR.back(CALENDAR.add(start, days(number)).on, days(number)) == start


@settings(max_examples=50)
@given(DAYS, st.integers(0, 60), st.booleans())
def test_what_is_left_after_a_day_is_what_was_added_to_it(start, number, working):
    span = working_days(number) if working else days(number)
    assert CALENDAR.left(start, CALENDAR.add(start, span).on, working=working) == span


@settings(max_examples=50)
@given(DAYS, st.integers(1, 40))
def test_the_last_of_some_working_days_is_one(start, number):
    assert CALENDAR.is_working(CALENDAR.add(start, working_days(number)).on)


@given(DAYS, st.integers(-48, 48), st.sampled_from(["months", "years"]))
def test_months_keep_the_day_or_take_the_last_of_the_month(start, number, unit):
    due = CALENDAR.add(start, Span(number, unit)).on
    assert due.day == start.day or (due.day < start.day and (due + timedelta(days=1)).day == 1)
    assert (due.year - start.year) * 12 + due.month - start.month == number * (12 if unit == "years" else 1)


def test_a_day_told_later_changes_itself_alone():
    monday, tuesday = date(2026, 1, 5), date(2026, 1, 6)
    told = CALENDAR.with_days({monday: Day("rest", "停电")})
    assert (told.is_working(monday), told.is_working(tuesday)) == (False, True)
    assert CALENDAR.is_working(monday)


def test_the_day_is_that_of_shanghai():
    assert today(datetime(2026, 1, 5, 16, 0, tzinfo=UTC)) == date(2026, 1, 6)
    assert at(date(2026, 1, 5), 0, 5) == datetime(2026, 1, 4, 16, 5, tzinfo=UTC)
    assert end_of(date(2026, 1, 5)) == datetime(2026, 1, 5, 15, 59, 59, tzinfo=UTC)


def test_a_moment_without_zone_has_no_day():
    with pytest.raises(ValueError, match="zone"):
        today(datetime(2026, 1, 5))  # noqa: DTZ001
