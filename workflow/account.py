"""A due day in words: sentence by sentence, from the event through pauses and extensions to the last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from workflow.calendar import SHANGHAI, Calendar
from workflow.sentences import Listed, Sentence
from workflow.snapshot import Move, RunningClock
from workflow.tally import Step, Tally, steps
from workflow.terms import Span, days

OFFICE = {"Deadline", "Recurring"}


class DayInWords(date):
    """Reads 4月20日; with a format of its own in the template, as that says."""

    def __format__(self, spec: str) -> str:
        return super().__format__(spec) if spec else f"{self.month}月{self.day}日"


class DayAndYear(DayInWords):
    def __format__(self, spec: str) -> str:
        return super().__format__(spec) if spec else f"{self.year}年{self.month}月{self.day}日"


class Stretch(NamedTuple):
    """Reads 3月10日至16日; one day alone as that day."""

    first: DayInWords
    last: DayInWords

    def __format__(self, spec: str) -> str:
        if self.first == self.last:
            return f"{self.first}"
        same_month = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return f"{self.first}至{self.last.day}日" if same_month else f"{self.first}至{self.last}"


def account(kind: str, clock: RunningClock, calendar: Calendar, event: str) -> Iterator[Sentence]:
    if clock.unit == "hours" and clock.count:
        yield told_in_hours(clock, event)
        return
    told = steps(clock, calendar)
    yield from beginning(clock, told[0], event)
    for before, step in pairwise(told):
        yield from movement(clock, before, step)
    yield from rearranged(clock)
    yield from ending(clock, told[-1])
    yield from rule(kind, clock, told[-1].tally, calendar)
    yield from doubt(clock, told[-1].tally, calendar)


def in_words(clock: RunningClock, on: date) -> DayInWords:
    """With the year where it is not the year in which the term began."""
    words = DayInWords if on.year == clock.started_on.year else DayAndYear
    return words(on.year, on.month, on.day)


def stretch(clock: RunningClock, days: list[date]) -> Stretch:
    return Stretch(in_words(clock, days[0]), in_words(clock, days[-1]))


def length(clock: RunningClock) -> Span:
    return Span(clock.count * max(clock.number, 1), clock.unit)


def told_in_hours(clock: RunningClock, event: str) -> Sentence:
    start, due = clock.started_at.astimezone(SHANGHAI), clock.due_at.astimezone(SHANGHAI)
    return Sentence(
        "{start}{start_time}{event}，{term}到{due}{due_time}，昼夜连续计算。",
        start=in_words(clock, start.date()),
        start_time=f"{start:%H:%M}",
        event=event,
        term=length(clock),
        due=in_words(clock, due.date()),
        due_time=f"{due:%H:%M}",
    )


def beginning(clock: RunningClock, step: Step, event: str) -> Iterator[Sentence]:
    start = in_words(clock, clock.started_on)
    if not clock.count:
        due = in_words(clock, step.due_on)
        yield Sentence("{start}{event}，期限为指定的{due}。", start=start, event=event, due=due)
        return
    raw = [day.on for day in step.tally if day.mark != "rolled"][-1]
    first = "{start}{event}，次日起算{term}，到{due}。"
    if clock.unit == "days":
        first = "{start}{event}，次日为第1天，{term}到{due}。"
    yield Sentence(first, start=start, event=event, term=length(clock), due=in_words(clock, raw))
    yield from rolling(clock, raw, step)


def rolling(clock: RunningClock, raw: date, step: Step) -> Iterator[Sentence]:
    if raw != step.due_on:
        raw_day, due = in_words(clock, raw), in_words(clock, step.due_on)
        yield Sentence("{raw}为休息日，顺延到{due}（民法典第203条）。", raw=raw_day, due=due)


def movement(clock: RunningClock, before: Step, step: Step) -> Iterator[Sentence]:
    due = in_words(clock, step.due_on)
    stood = [day.on for day in step.tally if day.mark == "paused" and day not in before.tally]
    if step.move and step.move.kind == "extend":
        term, cause = extension(before, step), step.cause or "延期"
        yield Sentence("{cause}，延长{term}，到{due}。", cause=cause, term=term, due=due)
    elif stood and before.due_on != step.due_on:
        template = "{cause}，中止{count}天（{days}），到期日改为{due}。"
        cause = step.cause or "中止计时"
        yield Sentence(template, cause=cause, count=len(stood), days=stretch(clock, stood), due=due)


def extension(before: Step, step: Step) -> Span:
    """As it was granted; where the record tells no length, the days it added."""
    if step.move and step.move.count:
        return Span(step.move.count, step.move.unit)
    return days((step.due_on - before.due_on).days)


def rearranged(clock: RunningClock) -> Iterator[Sentence]:
    """The days above are those of the new arrangement or version already; this tells since when."""
    if last := last_move(clock, "calendar"):
        yield Sentence("{on}起按新公布的放假安排计算。", on=in_words(clock, last.on))
    if last := last_move(clock, "convert"):
        yield Sentence("{on}程序版本变更，期限按新版计算。", on=in_words(clock, last.on))


def last_move(clock: RunningClock, kind: str) -> Move | None:
    return next((move for move in reversed(clock.moves) if move.kind == kind), None)


def ending(clock: RunningClock, last: Step) -> Iterator[Sentence]:
    if clock.status == "paused" and clock.paused_on:
        yield Sentence("{begin}起中止，恢复计时后另行计算到期日。", begin=in_words(clock, clock.paused_on))
    if last.due_on != clock.due_on and last_move(clock, "convert"):
        yield Sentence("期限以{due}为准，已经告知的期限不缩短。", due=in_words(clock, clock.due_on))
    elif last.due_on != clock.due_on:
        yield Sentence("期限以{due}为准，不因节假日调整变动。", due=in_words(clock, clock.due_on))


def rule(kind: str, clock: RunningClock, tally: Tally, calendar: Calendar) -> Iterator[Sentence]:
    if not clock.count:
        return
    if clock.unit == "working_days":
        yield Sentence("按工作日计算，休息日不计，补班日计入。")
        yield from holidays_left_out(clock, tally, calendar)
        return
    yield Sentence("按日历日计算，休息日也计入。")
    if kind in OFFICE and not clock.rolls:
        yield Sentence("机关的期限遇休息日不顺延。")


def holidays_left_out(clock: RunningClock, tally: Tally, calendar: Calendar) -> Iterator[Sentence]:
    """Each holiday by its name, then the days worked in exchange."""
    told = [(each, calendar.day(each.on)) for each in tally]
    for name in dict.fromkeys(day.name for each, day in told if each.mark == "rest" and day.name):
        off = [each.on for each, day in told if each.mark == "rest" and day.name == name]
        yield Sentence("{name}放假{days}不计。", name=name, days=stretch(clock, off))
    made_up = [in_words(clock, each.on) for each, day in told if each.mark == "counted" and day.kind == "make_up"]
    if made_up:
        yield Sentence("{days}补班计入。", days=Listed(f"{on}" for on in made_up))


def doubt(clock: RunningClock, tally: Tally, calendar: Calendar) -> Iterator[Sentence]:
    if clock.provisional:
        years = sorted({day.on.year for day in tally if not calendar.is_confirmed(day.on)} or {clock.due_on.year})
        yield Sentence("{year}年节假日安排尚未公布，期限为暂定。", year=Listed(map(str, years)))
