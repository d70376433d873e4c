"""Clocks and the states they run in: what they name can happen there, and somebody waits for nothing nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from workflow.machine import leads_anywhere_else, places, targets
from workflow.proving.contradiction import Found, at, coded
from workflow.words.acts import Act
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.what import Setting
from workflow.words.when import Clock, Earliest, Posting, Recurring, Reminder, Window
from workflow.words.where import same


def runs_in(clock: Clock, state: str) -> bool:
    return not clock.states or state in clock.running


def is_possible_there(procedure: type[Procedure], clock: Clock, act: Any) -> bool:
    """In a state where the clock runs or is paused, or everywhere where it names none."""
    where = {place for text in procedure.acts[id_of(act)] for place in places(procedure, text)}
    return not clock.states or bool(where & clock.places)


def what_a_clock_waits_for_can_happen(procedure: type[Procedure]) -> Found:
    for clock in procedure.all_clocks():
        for keyword, act in waited_for(clock):
            if not is_possible_there(procedure, clock, act):
                sentence = f"{coded(clock)} {keyword} {id_of(act)}, which can never happen where it runs"
                yield at(procedure, clock, sentence, id_of(act))


def waited_for(clock: Clock) -> Iterator[tuple[str, Any]]:
    yield from (("ends with", act) for act in clock.ending)
    yield from (("opens", act) for act in (several(clock.opens) if isinstance(clock, Earliest) else ()))
    yield from (("closes", act) for act in (several(clock.closes) if isinstance(clock, Window) else ()))
    yield from [("is met by", clock.met_by)] if clock.met_by else []
    yield from [("is extended by", clock.extension.act)] if clock.extension else []


def who_waits_is_watched(procedure: type[Procedure]) -> Found:
    """In a waiting state some clock runs that says more than a reminder and is not paused there itself."""
    for state in procedure.states.values():
        running = [clock for clock in procedure.all_clocks() if runs_in(clock, state.id)]
        moving = [clock for clock in running if not isinstance(clock, Reminder) and not is_paused(clock, state.id)]
        if state.waiting and running and not moving:
            why = ", ".join(map(coded, running))
            yield at(procedure, state, f"{state.id} waits, and no clock moves there: {why} only reminds or is paused")


def is_paused(clock: Clock, state: str) -> bool:
    pause = clock.pause
    return pause is not None and pause.only_if is None and state in {id_of(each) for each in pause.states}


def a_posting_opens_something(procedure: type[Procedure]) -> Found:
    for clock in procedure.all_clocks():
        acts = [rung for rung in clock.rungs if rung.act or rung.opening]
        if isinstance(clock, Posting) and not several(clock.opens) and not acts:
            yield at(procedure, clock, f"{coded(clock)} hangs out and opens nothing: what may follow it? say opens=")


def a_recurring_duty_can_be_met(procedure: type[Procedure]) -> Found:
    for clock in procedure.all_clocks():
        if isinstance(clock, Recurring) and not (clock.met_by or clock.ending):
            yield at(procedure, clock, f"{coded(clock)} recurs and no act meets it; say met_by=")


def every_rung_lies_where_it_can(procedure: type[Procedure]) -> Found:
    """No day before the first, nothing before what it comes after, nothing beyond the term."""
    for clock in procedure.all_clocks():
        for rung in clock.rungs:
            kind, (span,) = rung.moment.kind, rung.moment.spans
            if kind == "since" and span.count < 1:
                yield at(procedure, clock, f"{coded(clock)} warns on day {span.count} of its term; the first is day 1")
            if kind in ("after", "before") and span.count < 1:
                yield at(
                    procedure, clock, f"{coded(clock)} has a rung {span} {kind} its end, which is no time {kind} it"
                )


def an_office_does_not_lengthen_its_own_term(procedure: type[Procedure]) -> Found:
    for clock in procedure.all_clocks():
        count = clock.span.count if clock.span else None
        if clock.binds_office and isinstance(count, Setting) and count.at_most is None:
            sentence = f"{coded(clock)} binds the office, which may lengthen it: {count.id} needs at_most="
            yield at(procedure, clock, sentence, count.id)
        if not clock.binds_office and isinstance(count, Setting) and count.at_least is None:
            sentence = f"{coded(clock)} is a person's time, which the office may shorten: {count.id} needs at_least="
            yield at(procedure, clock, sentence, count.id)


def what_begins_a_clock_leads_to_it(procedure: type[Procedure]) -> Found:
    """The act that starts it ends in a state where it runs, or happens in one and stays."""
    for clock in procedure.all_clocks():
        for act in clock.starting:
            if clock.states and not any(begins_there(procedure, clock, text) for text in procedure.acts[id_of(act)]):
                sentence = f"{coded(clock)} starts with {id_of(act)}, which leads to no state where it runs"
                yield at(procedure, clock, sentence, id_of(act))


def begins_there(procedure: type[Procedure], clock: Clock, act: Act) -> bool:
    ends = set(targets(procedure, act))
    return bool(ends & clock.places or (same.id in ends and places(procedure, act) & clock.places))


def no_duty_outlives_the_case_unsaid(procedure: type[Procedure]) -> Found:
    """What runs everywhere runs in end states too: it says where, while what holds, or what ends it."""
    for clock in procedure.all_clocks():
        ends = clock.states or clock.when is not None or clock.ending or clock.met_by
        if clock.overdue_after and not ends:
            yield at(procedure, clock, f"{coded(clock)} runs on in end states for ever; say runs_in=, when= or ends=")


def laws_are_in_force_one_after_the_other(procedure: type[Procedure]) -> Found:
    """A law ends after it begins, and between two texts of an act or a clock there is no day without one."""
    words: list[Act | Clock] = [*procedure.all_acts(), *procedure.all_clocks()]
    for word in words:
        if word.source and word.source.until <= word.source.since:
            yield at(procedure, word, f"{word.id} rests on {word.source}, which ends before it begins")
    texts_of: list[tuple[Act | Clock, ...]] = [*procedure.acts.values(), *procedure.clocks.values()]
    for texts in texts_of:
        known = sorted(((text.source, text) for text in texts if text.source), key=lambda each: each[0].since)
        for (first, _), (then, text) in pairwise(known):
            if first.until < then.since:
                yield at(procedure, text, f"{text.id} has no text from {first.until} until {then.since}")


def every_state_is_left_under_the_law_of_the_day(procedure: type[Procedure]) -> Found:
    """What leads out of it does not end with a law while what leads in goes on."""
    for state in procedure.states.values():
        if state.final:
            continue
        out = [
            act
            for act in procedure.all_acts()
            if state.id in places(procedure, act) and leads_anywhere_else(procedure, act, state)
        ]
        into = [act for act in procedure.all_acts() if state.id in targets(procedure, act)]
        last = max((act.source.until for act in out if act.source), default=None)
        if last and any(act.source and act.source.until > last for act in into):
            yield at(procedure, state, f"{state.id} is still entered after {last}, and by then nothing leads out of it")
