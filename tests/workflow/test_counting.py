"""Pauses and extensions move a due day by exactly what they are worth."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.days import CALENDAR
from workflow.calendar import Due
from workflow.counting import after_pause, extended
from workflow.terms import days, working_days

STARTS = st.dates(date(2025, 1, 1), date(2026, 9, 30))


@settings(max_examples=60)
@given(STARTS, st.integers(0, 60), st.integers(0, 40), st.booleans())
def test_calendar_days_shift_by_the_days_between_or_one_more(begin, before_due, length, whole_days):
    due, end = begin + timedelta(days=before_due), begin + timedelta(days=length)
    moved = after_pause(CALENDAR, due, begin, end, working=False, whole_days=whole_days)
    assert moved == Due(due + timedelta(days=length + whole_days))


@settings(max_examples=60)
@given(STARTS, st.integers(5, 40), st.integers(0, 20), st.integers(0, 40))
def test_working_days_through_the_first_day_of_a_pause_are_used_up(start, term, until_pause, length):
    due = CALENDAR.add(start, working_days(term)).on
    begin = min(due, start + timedelta(days=until_pause))
    end = begin + timedelta(days=length)
    used = sum(CALENDAR.is_working(start + timedelta(days=n)) for n in range(1, (begin - start).days + 1))
    moved = after_pause(CALENDAR, due, begin, end, working=True, whole_days=False).on
    counted = sum(CALENDAR.is_working(end + timedelta(days=n)) for n in range(1, (moved - end).days + 1))
    assert used + counted == term


@pytest.mark.parametrize("working", [True, False])
def test_what_had_run_out_before_a_pause_stays_run_out(working):
    due = after_pause(CALENDAR, date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 9), working=working, whole_days=True)
    assert due == Due(date(2026, 3, 2))


def test_a_pause_of_whole_days_leaves_out_both_its_ends():
    due = after_pause(CALENDAR, date(2026, 4, 13), date(2026, 3, 10), date(2026, 3, 16), working=False, whole_days=True)
    assert due == Due(date(2026, 4, 20))


def test_the_day_a_term_starts_is_not_given_back_by_a_pause_of_whole_days():
    start = date(2026, 3, 2)
    due = after_pause(
        CALENDAR, date(2026, 3, 12), start, date(2026, 3, 4), working=False, whole_days=True, started_on=start
    )
    assert due == Due(date(2026, 3, 14))


def test_an_extension_counts_from_the_present_due_day():
    assert extended(CALENDAR, date(2026, 2, 27), working_days(5)) == Due(date(2026, 3, 5))
    assert extended(CALENDAR, date(2025, 10, 9), days(20)) == Due(date(2025, 10, 29))


def test_counting_on_into_an_unpublished_year_is_provisional():
    due = after_pause(
        CALENDAR, date(2026, 12, 30), date(2026, 12, 21), date(2026, 12, 28), working=True, whole_days=False
    )
    assert due.provisional
