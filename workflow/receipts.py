"""How a due day came about, day by day and in one paragraph: worked out when read, from what the clock keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from workflow.account import account
from workflow.calendar import SHANGHAI, Calendar, DayKind, months_later
from workflow.sentences import Sentence
from workflow.snapshot import RunningClock
from workflow.tally import COUNTED, Mark, Marked, Tally, aligned, steps

WHY: dict[Mark, str] = {
    "start": "起算日不计入（民法典第201条）",
    "counted": "计入",
    "rest": "休息日，不计入",
    "paused": "中止，不计入",
    "extended": "延长，计入",
    "rolled": "前一日为休息日，顺延（民法典第203条）",
    "named": "至指定日期",
    "kept": "期限已定，不因节假日调整变动",
}


@dataclass(frozen=True)
class Row:
    """One day, or one full hour (`at`); `number` is its place among those that count, `mark` why in one word."""

    on: date
    counted: bool
    number: int | None
    day_kind: DayKind
    why: Sentence
    mark: Mark
    at: datetime | None = None


@dataclass(frozen=True)
class Receipt:
    """`rows` begin with the day of the event and end with the due day; `sentences` say the same in words."""

    rows: tuple[Row, ...]
    sentences: tuple[Sentence, ...]
    due_on: date
    provisional: bool

    @property
    def sentence(self) -> str:
        return "".join(self.sentences)

    @property
    def total(self) -> int:
        """How many days or hours were counted."""
        return sum(row.counted for row in self.rows)


def receipt(kind: str, clock: RunningClock, calendar: Calendar, *, event: str = "开始") -> Receipt:
    """`kind` is the clock's class (`Deadline`, `Window` …), `event` the word for what happened on its first day."""
    rows = hour_rows(clock, calendar) if clock.unit == "hours" and clock.count else day_rows(clock, calendar)
    told = account(kind, clock, calendar, event)
    return Receipt(tuple(rows), tuple(told), clock.due_on, clock.provisional)


def day_rows(clock: RunningClock, calendar: Calendar) -> Iterator[Row]:
    tally = aligned(steps(clock, calendar)[-1].tally, clock.due_on)
    full, number = full_months(clock, tally), 0
    for day in tally:
        counts = day.mark in COUNTED
        number += counts
        why = reason(day, clock, calendar, full.get(number) if counts else None)
        yield Row(day.on, counts, number if counts else None, calendar.day(day.on).kind, why, day.mark)


def reason(day: Marked, clock: RunningClock, calendar: Calendar, months: int | None) -> Sentence:
    told = calendar.day(day.on)
    if day.mark == "rest" and told.name:
        return Sentence("{holiday}放假，不计入", holiday=told.name)
    if day.mark != "counted" or (told.kind == "working" and not months):
        return Sentence(WHY[day.mark])
    if months:
        return Sentence("计入，满{months}个月", months=months)
    if told.kind == "make_up":
        return Sentence("补班，计入" if clock.unit == "working_days" else "计入，当日补班")
    return Sentence("计入，休息日照计")


def full_months(clock: RunningClock, tally: Tally) -> dict[int, int]:
    """Which counted day completes which month."""
    if clock.unit not in ("months", "years"):
        return {}
    start, months = tally[0].on, clock.count * max(clock.number, 1) * (12 if clock.unit == "years" else 1)
    return {(months_later(start, month) - start).days: month for month in range(1, months + 1)}


def hour_rows(clock: RunningClock, calendar: Calendar) -> Iterator[Row]:
    """The moment of the event, every full hour, and the due moment; a term of hours runs round the clock."""
    start, due = clock.started_at.astimezone(SHANGHAI), clock.due_at.astimezone(SHANGHAI)
    full, rest = divmod(due - start, timedelta(hours=1))
    yield hour_row(start, None, Sentence("起算时刻"), calendar)
    for number in range(1, full + 1):
        why = Sentence("计入，满{number}小时", number=number)
        yield hour_row(start + timedelta(hours=number), number, why, calendar)
    if rest:
        yield replace(hour_row(due, None, Sentence("到期时刻"), calendar), mark="kept")


def hour_row(moment: datetime, number: int | None, why: Sentence, calendar: Calendar) -> Row:
    on = moment.date()
    return Row(on, bool(number), number, calendar.day(on).kind, why, "counted" if number else "start", moment)
