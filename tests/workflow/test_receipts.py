"""A receipt adds up: its days lead from the event to the due day, and as many count as the law says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.days import CALENDAR, paused, prolonged, running
from workflow.calendar import ONE_DAY, at
from workflow.receipts import receipt
from workflow.snapshot import Move, RunningClock
from workflow.terms import Span, days, months, working_days, years

SPANS = st.one_of(
    st.builds(Span, st.integers(1, 60), st.just("days")),
    st.builds(Span, st.integers(1, 30), st.just("working_days")),
    st.builds(Span, st.integers(1, 6), st.just("months")),
    st.builds(Span, st.just(1), st.just("years")),
)
MOVES = st.lists(st.tuples(st.sampled_from(["pause", "extend"]), st.integers(1, 20), st.integers(0, 15)), max_size=4)


@st.composite
def lived_clocks(draw):
    """A clock that was paused and extended at random, never twice on one day."""
    span = draw(SPANS)
    start = draw(st.dates(date(2025, 1, 1), date(2026, 3, 31)))
    clock = running(start, span, rolls=draw(st.booleans()), whole_days=draw(st.booleans()))
    on = start - timedelta(days=draw(st.integers(0, 20)))
    for kind, ahead, length in draw(MOVES):
        on += timedelta(days=ahead)
        if kind == "extend" and on <= clock.due_on:
            unit = span.unit if span.unit == "working_days" else "days"
            clock = prolonged(clock, on, Span(length + 1, unit), told=draw(st.booleans()) or clock.rolls)
        elif kind == "pause":
            clock = paused(clock, on, on + timedelta(days=length))
            on += timedelta(days=length)
    return clock


def counted_by_law(clock: RunningClock) -> int:
    """The term's own days and those that extensions added, worked out without laying out any day."""
    added = sum(move.count for move in clock.moves if move.kind == "extend")
    if clock.unit in ("days", "working_days"):
        return clock.count + added
    return (CALENDAR.add(clock.started_on, Span(clock.count, clock.unit)).on - clock.started_on).days + added


@settings(max_examples=150, deadline=None)
@given(lived_clocks())
def test_every_day_from_the_event_to_the_due_day_has_its_row(clock):
    rows = receipt("Deadline", clock, CALENDAR).rows
    length = (clock.due_on - clock.started_on).days
    assert [row.on for row in rows] == [clock.started_on + timedelta(days=n) for n in range(length + 1)]
    assert not [row for row in rows if row.mark == "kept"]


@settings(max_examples=150, deadline=None)
@given(lived_clocks())
def test_as_many_days_count_as_the_term_and_its_extensions_have(clock):
    told = receipt("Deadline", clock, CALENDAR)
    assert [row.number for row in told.rows if row.counted] == list(range(1, told.total + 1))
    if all(move.count for move in clock.moves if move.kind == "extend"):
        assert told.total == counted_by_law(clock)


@settings(max_examples=100, deadline=None)
@given(lived_clocks())
def test_no_day_counts_that_is_paused_or_of_the_wrong_kind(clock):
    for row in receipt("Deadline", clock, CALENDAR).rows:
        assert not (row.counted and clock.unit == "working_days" and row.day_kind == "rest")
        assert not (row.mark == "rest" and clock.unit != "working_days")
    stops = zip(clock.moves[::1], clock.moves[1::1], strict=False)
    for begin, end in ((a.on, b.on) for a, b in stops if (a.kind, b.kind) == ("pause", "resume") and a.due_on >= a.on):
        first = begin if clock.whole_days and begin > clock.started_on else begin + timedelta(days=1)
        assert all(row.mark == "paused" for row in rows_between(clock, max(first, clock.started_on + ONE_DAY), end))


def rows_between(clock, first, last):
    return [row for row in receipt("Deadline", clock, CALENDAR).rows if first <= row.on <= last]


def test_the_account_of_a_hearing_reads_as_in_the_file():
    clock = paused(running(date(2026, 2, 12), days(60), whole_days=True), date(2026, 3, 10), date(2026, 3, 16))
    assert receipt("Deadline", clock, CALENDAR, event="受理").sentence == (
        "2月12日受理，次日为第1天，60日到4月13日。听证，中止7天（3月10日至16日），到期日改为4月20日。"
        "按日历日计算，休息日也计入。机关的期限遇休息日不顺延。"
    )


def test_the_account_of_working_days_names_the_holiday_and_the_days_worked_for_it():
    told = receipt("Deadline", running(date(2026, 2, 12), working_days(10)), CALENDAR, event="受理")
    assert told.sentence == (
        "2月12日受理，次日起算10个工作日，到3月4日。按工作日计算，休息日不计，补班日计入。"
        "春节放假2月15日至23日不计。2月14日、2月28日补班计入。"
    )
    assert [f"{row.why}" for row in told.rows[:4]] == [
        "起算日不计入（民法典第201条）",
        "计入",
        "补班，计入",
        "春节放假，不计入",
    ]


def test_a_window_shows_how_it_rolled():
    told = receipt("Window", running(date(2025, 9, 5), days(30), rolls=True), CALENDAR, event="送达")
    assert "10月5日为休息日，顺延到10月9日（民法典第203条）。" in told.sentence
    assert [row.mark for row in told.rows[-5:]] == ["counted", "rolled", "rolled", "rolled", "rolled"]


def test_a_rolled_month_is_extended_from_the_day_it_rolled_to():
    clock = prolonged(running(date(2025, 9, 2), months(1), rolls=True), date(2025, 9, 28), days(20))
    told = receipt("Deadline", clock, CALENDAR)
    assert told.due_on == date(2025, 10, 29)
    assert "批准延期，延长20日，到10月29日。" in told.sentence
    assert [f"{row.why}" for row in told.rows if row.mark == "counted"][-1] == "计入，满1个月"


def test_a_year_marks_its_months():
    told = receipt("Deadline", running(date(2024, 2, 29), years(1)), CALENDAR)
    assert sum("满" in row.why for row in told.rows) == 12


def test_a_recurring_duty_is_counted_from_its_anchor():
    clock = replace(running(date(2026, 1, 5), months(6)), number=3, due_on=date(2027, 7, 5))
    told = receipt("Recurring", clock, CALENDAR)
    assert told.rows[-1].on == date(2027, 7, 5)
    assert told.rows[-1].counted


def test_a_day_somebody_set_is_named_and_not_counted():
    clock = replace(running(date(2025, 10, 28), days(48)), count=0)
    told = receipt("Deadline", clock, CALENDAR, event="答复")
    assert told.sentence == "10月28日答复，期限为指定的12月15日。"
    assert told.total == 0
    assert told.rows[-1].on == date(2025, 12, 15)


def test_a_day_set_before_the_event_stands_alone():
    clock = replace(
        running(date(2026, 3, 27), days(1)), count=0, due_on=date(2026, 3, 26), first_due_on=date(2026, 3, 26)
    )
    assert [(row.on, row.mark) for row in receipt("Deadline", clock, CALENDAR).rows] == [(date(2026, 3, 26), "named")]


def test_hours_have_a_row_each():
    start = at(date(2026, 12, 31), 9, 30)
    clock = replace(
        running(date(2026, 12, 31), days(1)),
        unit="hours",
        count=24,
        started_at=start,
        due_at=start + timedelta(hours=24),
    )
    told = receipt("Deadline", clock, CALENDAR, event="上报")
    assert told.sentence == "12月31日09:30上报，24小时到2027年1月1日09:30，昼夜连续计算。"
    assert (told.total, told.rows[-1].at, told.rows[-1].on) == (24, clock.due_at, date(2027, 1, 1))


def test_a_term_of_part_of_an_hour_ends_at_its_minute():
    start = at(date(2026, 3, 2), 9)
    clock = replace(
        running(date(2026, 3, 2), days(1)),
        unit="hours",
        count=1,
        started_at=start,
        due_at=start + timedelta(minutes=90),
    )
    assert [row.number for row in receipt("Deadline", clock, CALENDAR).rows] == [None, 1, None]


def test_a_clock_that_stands_still_says_so():
    clock = replace(running(date(2026, 3, 2), days(30)), status="paused", paused_on=date(2026, 3, 10))
    assert "3月10日起中止，恢复计时后另行计算到期日。" in receipt("Deadline", clock, CALENDAR).sentence


def test_a_pause_before_the_first_day_or_after_the_last_takes_nothing():
    clock = running(date(2026, 5, 5), years(1))
    for begin in (date(2026, 3, 7), date(2027, 5, 6)):
        stood = paused(clock, begin, begin + timedelta(days=6))
        told = receipt("Window", stood, CALENDAR)
        assert (told.due_on, told.rows, told.sentence) == (clock.due_on, *plain(clock))


def plain(clock):
    told = receipt("Window", clock, CALENDAR)
    return told.rows, told.sentence


@pytest.mark.parametrize("count", [working_days, days])
def test_an_extension_that_tells_no_length_is_told_by_the_days_it_added(count):
    clock = prolonged(running(date(2026, 3, 2), count(5)), date(2026, 3, 4), count(3), told=False)
    told = receipt("Deadline", clock, CALENDAR)
    assert (told.total, told.rows[-1].mark) == (8, "extended")


def test_a_clock_dated_anew_begins_where_it_now_begins():
    clock = prolonged(running(date(2026, 3, 2), days(30)), date(2026, 3, 4), days(5))
    anew = running(date(2026, 3, 9), days(30))
    moved = replace(anew, moves=(*clock.moves, Move("redate", 6, date(2026, 3, 10), anew.due_on)))
    told = receipt("Deadline", moved, CALENDAR)
    assert (told.rows[0].on, told.total, told.rows[-1].on) == (date(2026, 3, 9), 30, date(2026, 4, 8))


def test_a_pause_outlives_a_new_date():
    anew = running(date(2026, 3, 9), days(30))
    moves = (Move("pause", 2, date(2026, 3, 10), date(2026, 4, 1)), Move("redate", 3, date(2026, 3, 11), anew.due_on))
    clock = replace(anew, moves=(*moves, Move("resume", 4, date(2026, 3, 15), date(2026, 4, 13))))
    told = receipt("Deadline", replace(clock, due_on=date(2026, 4, 13)), CALENDAR)
    assert sum(row.mark == "paused" for row in told.rows) == 5
    assert told.total == 30


def test_a_day_that_was_promised_is_kept_and_marked():
    clock = replace(running(date(2025, 9, 5), days(30), rolls=True), due_on=date(2025, 10, 13))
    told = receipt("Window", clock, CALENDAR)
    assert told.rows[-1].on == date(2025, 10, 13)
    assert {row.mark for row in told.rows[-4:]} == {"kept"}
    assert "期限以10月13日为准，不因节假日调整变动。" in told.sentence


def test_an_unpublished_year_is_named():
    told = receipt("Deadline", running(date(2026, 12, 1), working_days(30)), CALENDAR)
    assert told.provisional
    assert told.sentence.endswith("2027年节假日安排尚未公布，期限为暂定。")


@pytest.mark.parametrize("kind", ["Deadline", "Window"])
def test_sentences_keep_their_templates_for_translation(kind):
    told = receipt(kind, running(date(2026, 3, 2), days(30)), CALENDAR)
    first = told.sentences[0]
    assert first.template == "{start}{event}，次日为第1天，{term}到{due}。"
    assert "{start:%d.%m.%Y}".format(**first.values) == "02.03.2026"
