"""How a due day comes about: where a term is counted from, how long it is here, when it ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from workflow.calendar import SHANGHAI, Due, end_of
from workflow.fields import NO_DAY, Field
from workflow.snapshot import RunningClock
from workflow.terms import LaterOf, Since, Span, Term, Until
from workflow.words.naming import id_of
from workflow.words.procedure import Procedure
from workflow.words.when import Clock, Recurring

NO_LENGTH = Span(0, "days")


def day_of(anchor: Any, case: Procedure) -> Any:
    """The day on file, or the day that act was last done; unset where there is neither."""
    field = line_of(anchor, case)
    return case.read(field) if field else case.doing_of(case.acts[id_of(anchor)][0]).on


def line_of(anchor: Any, case: Procedure) -> Field | None:
    """The line of the file that holds the day; nothing where the term is counted from an act."""
    if isinstance(anchor, str) and anchor not in case.acts:
        return case.field_named(anchor)
    return anchor if isinstance(anchor, Field) else None


def start_and_length(clock: Clock, case: Procedure) -> tuple[date, Span]:
    """The day counted from, and the length (of one period) when the clock begins; none where somebody set the day."""
    if isinstance(clock.term, LaterOf):
        return last_of_several(clock.term, case)
    start = day_of(clock.anchor, case) if clock.anchor is not None else case.today
    span = local_span(clock, case)
    if span is None or (clock.instead and case.read(clock.instead.field)):
        return start, NO_LENGTH
    return start, span


def last_of_several(term: LaterOf, case: Procedure) -> tuple[date, Span]:
    """Of several terms the one that ends last is the one that is counted."""
    last = max(term.terms, key=lambda each: term_end(each, case, anchored(each, case)).on)
    span = last.span if isinstance(last, Since) else last
    return anchored(last, case), counted(span, case) if isinstance(span, Span) else NO_LENGTH


def first_period(clock: Recurring, case: Procedure) -> int:
    number, start = 1, day_of(clock.anchor, case) if clock.anchor is not None else case.today
    while due_of(clock, case, start, number)[0].on <= case.today:
        number += 1
    return number


def due_of(clock: Clock, case: Procedure, start: date, number: int = 0) -> tuple[Due, datetime]:
    """The due day and its last moment; hours end at their minute, all else at the end of the day in Shanghai."""
    instead = day_set(clock, case, number)
    span = local_span(clock, case)
    if span and span.unit == "hours" and not instead:
        moment = (case.now + timedelta(hours=span.count)).astimezone(SHANGHAI)
        return Due(moment.date()), moment
    due = Due(instead) if instead else term_end(local_term(clock, case), case, start, max(number, 1))
    if clock.rolls:
        due = case.facts.calendar.forward(due)
    return due, end_of(due.on)


def day_set(clock: Clock, case: Procedure, number: int) -> Any:
    """The day that somebody has named, in the file or in the row of that number; false where there is none."""
    if clock.each is not None:
        return day_in_row(clock, case, number)
    return case.read(clock.instead.field) if clock.instead else NO_DAY


def day_in_row(clock: Clock, case: Procedure, number: int) -> Any:
    """Unset where there is no such row, or no day in it."""
    rows = case.read(clock.each)
    return getattr(rows[number - 1], clock.term.field) if 0 < number <= len(rows) else NO_DAY  # type: ignore[union-attr]


def term_end(term: Term, case: Procedure, start: date, times: int = 1) -> Due:
    if isinstance(term, Until):
        return Due(case.read(term.field))
    if isinstance(term, LaterOf):
        return max((term_end(each, case, anchored(each, case)) for each in term.terms), key=lambda due: due.on)
    span = counted(term.span if isinstance(term, Since) else term, case)
    return case.facts.calendar.add(start, Span(span.count * times, span.unit))


def anchored(term: Term, case: Procedure) -> date:
    day: date = day_of(term.anchor, case) if isinstance(term, Since) else case.today
    return day


def counted(span: Span, case: Procedure) -> Span:
    """The length with its count read from the file or the settings, where it stands there."""
    if span.local:
        setting, others = span.local
        chosen = dict(others).get(setting.__get__(case, type(case)), Span(span.count, span.unit))
        return counted(chosen, case)
    return span if isinstance(span.count, int) else Span(int(span.count.__get__(case, type(case))), span.unit)


def local_term(clock: Clock, case: Procedure) -> Term:
    span = local_span(clock, case)
    return clock.term if span is None else span


def local_span(clock: Clock, case: Procedure) -> Span | None:
    """A local length binds the office tighter or gives the person more; what does the reverse is not heard."""
    if clock.span is None:
        return None
    span, local = counted(clock.span, case), case.facts.settings.get(clock.code)
    if not isinstance(local, int):
        return span
    return Span((min if clock.binds_office else max)(span.count, local), span.unit)


def longer(clock: Clock, row: RunningClock, case: Procedure) -> Due:
    """The due day after the extension, counted from the present one."""
    assert clock.extension is not None, "only asked of a clock that can be extended"
    due = term_end(clock.extension.term, case, row.due_on)
    return case.facts.calendar.forward(due) if clock.rolls else due
