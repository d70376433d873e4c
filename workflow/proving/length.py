"""How long a case may lawfully take from its beginning to an end, if every term is used to its last day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from workflow.calendar import Calendar
from workflow.fields import Field
from workflow.machine import UNOPENED, leads_anywhere_else, sources, targets
from workflow.proving.places import runs_in
from workflow.terms import LaterOf, Since, Span, Term
from workflow.words.acts import Act
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.what import Setting
from workflow.words.when import Clock, Deadline, Earliest, Posting, Window

BINDING = (Deadline, Posting, Window)


Way = tuple[int, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Longest:
    """Days of the longest way that never goes back, state by state; `open_ended` are states on it without any term
    that the law itself sets. Pauses are left out, and extensions that nothing limits."""

    days: int
    states: tuple[str, ...]
    open_ended: tuple[str, ...]


def longest(procedure: type[Procedure], start: date, calendar: Calendar) -> Longest:
    """Of all ways to an end that only go down the file and make no detour; counted from `start`.

    What holds a state is the shortest of the terms that end by leaving it, extended as far as it may be, and no less
    than what must pass before it may be left. A term that goes on from one state into the next is counted once.
    """
    onward = ways_onward(procedure)

    @cache
    def from_here(state: str, held_by: str) -> Way | None:
        clock, days = bound(procedure, state, start, calendar)
        waits = 0 if state == UNOPENED else earliest(procedure, state, start, calendar)
        own = 0 if clock == held_by and clock else max(days, waits)
        is_open = not days and state != UNOPENED and not procedure.states[state].final
        found = [way for to in onward[state] if (way := from_here(to, clock))]
        if not found and not (state != UNOPENED and procedure.states[state].final):
            return None
        best: Way = max(found, key=lambda way: way[0], default=(0, (), ()))
        return own + best[0], (state, *best[1]), (*((state,) if is_open else ()), *best[2])

    days, states, open_ended = from_here(UNOPENED, "") or (0, (), ())
    return Longest(days, states[1:], open_ended)


def earliest(procedure: type[Procedure], state: str, start: date, calendar: Calendar) -> int:
    """Days that must pass before what leads on from there is allowed, or is done by the clock."""
    here = [clock for clock in procedure.all_clocks() if isinstance(clock, Earliest) and runs_in(clock, state)]
    waits = [length(clock, start, calendar) for clock in here if opens_the_way(procedure, clock, state)]
    return max(waits, default=0)


def opens_the_way(procedure: type[Procedure], clock: Earliest, state: str) -> bool:
    opened = (*several(clock.opens), *(rung.act for rung in clock.rungs if rung.act))
    return any(leads_on(procedure, act, state) for name in opened for act in procedure.acts[id_of(name)])


def leads_on(procedure: type[Procedure], act: Act, state: str) -> bool:
    return state in sources(procedure, act) and leads_anywhere_else(procedure, act, procedure.states[state])


def ways_onward(procedure: type[Procedure]) -> dict[str, list[str]]:
    """From each state, those further down the file that an act leads to; detours are neither left nor entered."""
    straight = [state.id for state in procedure.states.values() if not state.detour]
    order = {state: place for place, state in enumerate((UNOPENED, *straight))}
    onward: dict[str, list[str]] = {state: [] for state in order}
    for act in procedure.all_acts():
        for state in set(sources(procedure, act)) & order.keys():
            onward[state] += [to for to in targets(procedure, act) if order.get(to, -1) > order[state]]
    return {state: sorted(set(ends), key=order.__getitem__) for state, ends in onward.items()}


def bound(procedure: type[Procedure], state: str, start: date, calendar: Calendar) -> tuple[str, int]:
    """The clock that ends the stay in that state at the latest, and its days; nothing where none does.

    A day that somebody sets ends no stay, nor does what runs everywhere. Of several terms the shortest holds, unless
    each of them hangs on a condition: then it may be any of them.
    """
    here = (
        []
        if state == UNOPENED
        else [clock for clock in procedure.all_clocks() if clock.states and runs_in(clock, state)]
    )
    leaving = [clock for clock in here if isinstance(clock, BINDING) and ends_by_leaving(procedure, clock, state)]
    found = [
        (waited(clock, here, start, calendar) + days, clock)
        for clock in leaving
        if (days := length(clock, start, calendar))
    ]
    always = [(days, clock.id) for days, clock in found if clock.when is None]
    held = min(always, default=None) or max(((days, clock.id) for days, clock in found), default=(0, ""))
    return held[1], held[0]


def ends_by_leaving(procedure: type[Procedure], clock: Clock, state: str) -> bool:
    ending = [act for name in clock.ending for act in procedure.acts.get(id_of(name), ())]
    return not ending or any(leads_anywhere_else(procedure, act, procedure.states[state]) for act in ending)


def waited(clock: Clock, here: list[Clock], start: date, calendar: Calendar) -> int:
    """Days that may pass before its first day is on file, where another term of the state is for doing just that."""
    anchor = clock.anchor
    before = [
        other for other in here for name in other.ending
        if isinstance(anchor, Field) and anchor in getattr(name, "asks", ()) and isinstance(other, Deadline)
    ]  # fmt: skip
    return max((length(other, start, calendar) for other in before), default=0)


def length(clock: Clock, start: date, calendar: Calendar) -> int:
    """In days from `start`, extensions included; 0 for a term that somebody sets."""
    end = max((calendar.add(start, span).on for span in spans(clock.term)), default=start)
    for span in extensions(clock) if end > start else ():
        end = calendar.add(end, span).on
    return (end - start).days


def extensions(clock: Clock) -> list[Span]:
    """As far as it may be extended: to its limit, or so many times by its own length."""
    extension = clock.extension
    if extension is None:
        return []
    times = extension.times if isinstance(extension.times, int) else 1
    return [plain(extension.at_most)] if extension.at_most else [*spans(extension.term)] * times


def spans(term: Term) -> Iterator[Span]:
    if isinstance(term, LaterOf):
        for each in term.terms:
            yield from spans(each)
    elif isinstance(term, Since):
        yield from spans(term.span)
    elif isinstance(term, Span) and isinstance(plain(term).count, int):
        yield plain(term)


def plain(span: Span) -> Span:
    """With its number where a setting holds it."""
    return Span(span.count.default, span.unit) if isinstance(span.count, Setting) else span
