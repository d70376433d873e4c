"""Clocks: what they name is there, what they do can happen where they run, and somebody hears of it in time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from workflow.fields import Field
from workflow.machine import sources
from workflow.proving.acts import lives_meet
from workflow.proving.bodies import filled
from workflow.proving.contradiction import Found, at, coded
from workflow.proving.length import plain
from workflow.terms import LaterOf, Since, Span, Until
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.when import Clock, Earliest, Recurring, Reminder, Window


def every_clock_is_possible(procedure: type[Procedure]) -> Found:
    for clock in procedure.all_clocks():
        for rung in clock.rungs:
            if rung.act and not meets(procedure, clock, id_of(rung.act)):
                sentence = f"{coded(clock)} does {id_of(rung.act)} where it can never happen"
                yield at(procedure, clock, sentence, id_of(rung.act))


def meets(procedure: type[Procedure], clock: Clock, trigger: str) -> bool:
    places = {place for act in procedure.acts[trigger] for place in sources(procedure, act)}
    return not clock.states or bool(places & {id_of(state) for state in clock.states})


def no_two_clocks_of_one_code_run_together(procedure: type[Procedure]) -> Found:
    for one, other in combinations(procedure.all_clocks(), 2):
        if one.code == other.code and lives_meet(one.source, other.source) and places_meet(one, other):
            yield at(procedure, other, f"{one.id} and {other.id} both run as {one.code}")


def places_meet(one: Clock, other: Clock) -> bool:
    first, second = {id_of(each) for each in one.states}, {id_of(each) for each in other.states}
    return not first or not second or bool(first & second)


def every_clock_can_begin(procedure: type[Procedure]) -> Found:
    """The days it counts from or runs until are asked by a form or written by an act."""
    known = filled(procedure)
    for clock in procedure.all_clocks():
        for field in {each.id: each for each in days_of(clock, procedure)}.values():
            if field.id not in known:
                yield at(procedure, clock, f"{coded(clock)} hangs on {field.id}, which nothing ever fills")


def days_of(clock: Clock, procedure: type[Procedure]) -> Iterator[Field]:
    terms: list[Any] = [clock.term, clock.instead, clock.extension.term if clock.extension else None]
    while terms:
        term = terms.pop()
        if isinstance(term, LaterOf):
            terms += term.terms
        elif isinstance(term, Since):
            terms += [term.span, term.anchor]
        elif isinstance(term, Until):
            terms.append(term.field)
        elif isinstance(term, Span):
            terms.append(term.count)
        elif isinstance(term, str) and isinstance(named := vars(procedure).get(term), Field):
            yield named
        elif isinstance(term, Field):
            yield term


def every_warning_lies_within_its_term(procedure: type[Procedure]) -> Found:
    for clock in procedure.all_clocks():
        term = clock.span and plain(clock.span)
        if term is None or not isinstance(term.count, int):
            continue
        for rung in clock.rungs:
            (span,) = rung.moment.spans
            if rung.moment.kind in ("since", "before") and span.unit == term.unit and span.count > term.count:
                yield at(procedure, clock, f"{coded(clock)} warns {span} into or before a term of {term}")


def somebody_hears_what_is_overdue(procedure: type[Procedure]) -> Found:
    """Every duty of the office tells somebody in it, or does something, once it is too late."""
    for clock in procedure.all_clocks():
        late = [rung for rung in clock.rungs if rung.moment.kind in ("overdue", "after", "on_the_day")]
        staff = [role for rung in late for role in rung.tell if not getattr(role, "outside", False)]
        does = any(rung.act or rung.document or rung.opening for rung in late)
        if clock.overdue_after and not staff and not does:
            yield at(procedure, clock, f"{coded(clock)} becomes overdue and nobody hears of it")


def every_clock_does_something(procedure: type[Procedure]) -> Found:
    for clock in procedure.all_clocks():
        opens = several(clock.opens) if isinstance(clock, Earliest) else ()
        closes = several(clock.closes) if isinstance(clock, Window) else ()
        if not (clock.overdue_after or clock.rungs or opens or closes or isinstance(clock, Reminder)):
            yield at(procedure, clock, f"{coded(clock)} opens nothing, closes nothing and tells nobody")


def an_extension_may_be(procedure: type[Procedure]) -> Found:
    for clock in procedure.all_clocks():
        times = clock.extension.times if clock.extension else None
        if isinstance(times, int) and times < 1:
            yield at(procedure, clock, f"{coded(clock)} may be extended no times at all", "times")


def a_recurring_duty_is_met_by_its_number(procedure: type[Procedure]) -> Found:
    for clock in procedure.all_clocks():
        if isinstance(clock, Recurring) and clock.number is not None and clock.met_by is not None:
            for act in procedure.acts.get(id_of(clock.met_by), ()):
                if clock.number.id not in {line.field.id for line in act.form}:
                    yield at(procedure, clock, f"{act.id} meets {coded(clock)} and does not say which")
