"""What a clock forbids: too early before its day, too late after it, an extension it does not grant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from workflow.calendar import Calendar
from workflow.deadlines import extension_of
from workflow.duedays import counted, term_end
from workflow.refusals import Refusal
from workflow.snapshot import RunningClock
from workflow.terms import Span
from workflow.words.acts import Act
from workflow.words.case import Blank, Unfilled
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.what import Setting
from workflow.words.when import Clock, Earliest, Extension, Posting, Recurring, Window

ONE_DAY = timedelta(days=1)


def refusals(act: Act, case: Procedure) -> Iterator[Refusal]:
    """Every reason the clocks of the case give against the act on this day."""
    for name in case.clocks:
        rows = [row for row in case.snapshot.clocks if row.id == name]
        clock = case.clock(name, rows[-1].text if rows else 0)
        if isinstance(clock, Earliest) and names(clock.opens, act):
            yield from too_early(clock, rows, case)
        if isinstance(clock, Window) and names(clock.closes, act):
            yield from too_late(clock, rows, case)
        if isinstance(clock, Recurring) and names(clock.met_by, act):
            yield from not_open(clock, rows, case)
        if clock.extension and names((clock.extension.act, clock.extension.asked_by), act):
            yield from not_extendable(clock, rows, case)


def names(acts: object, act: Act) -> bool:
    return act.id in {id_of(each) for each in several(acts) if each}


def first_day(clock: Clock, row: RunningClock) -> date:
    """From which day on what the clock opens is allowed."""
    return row.due_on + ONE_DAY if isinstance(clock, Posting) else row.due_on


def opening_day(act: Act, case: Procedure) -> date | None:
    """The first day on which the clocks allow the act, where one of them still forbids it."""
    days = [
        first_day(case.clock(row.id, row.text), row)
        for row in case.snapshot.clocks
        if isinstance(clock := case.clock(row.id, row.text), Earliest) and names(clock.opens, act)
    ]
    return max((day for day in days if day > case.today), default=None)


def shut(procedure: type[Procedure], clocks: Iterable[RunningClock], on: date) -> frozenset[str]:
    """Ids of the acts that clocks which still run forbid on that day, whatever else the case says."""
    running = ((procedure.clock(row.id, row.text), row) for row in clocks if row.is_live)
    return frozenset(
        id_of(act) for clock, row in running if isinstance(clock, Earliest)
        if row.status == "paused" or on < first_day(clock, row) for act in several(clock.opens) if act
    )  # fmt: skip


def too_early(clock: Clock, rows: list[RunningClock], case: Procedure) -> Iterator[Refusal]:
    for row in rows[-1:]:
        if row.status == "paused":
            yield Refusal("TooEarly", "{clock}中止计算期间，不能办理。", {"clock": clock.label})
        elif case.today < first_day(clock, row):
            values = {"clock": clock.label, "first": first_day(clock, row).isoformat()}
            yield Refusal("TooEarly", "{clock}未满，最早{first}。", values)


def too_late(clock: Window, rows: list[RunningClock], case: Procedure) -> Iterator[Refusal]:
    for row in rows[-1:]:
        if row.is_live and case.today > row.due_on:
            yield over(clock, row)


def over(clock: Window, row: RunningClock) -> Refusal:
    return Refusal(clock.late_code, "{clock}已于{due}届满。", {"clock": clock.label, "due": row.due_on.isoformat()})


def run_out(act: Act, case: Procedure) -> Iterator[Refusal]:
    """Why the case does not stand any more where the act is possible: its window ran out, and moved it on."""
    for row in case.snapshot.clocks:
        clock = case.clock(row.id, row.text)
        if isinstance(clock, Window) and names(clock.closes, act) and is_last(row, case) and lapsed(clock, row):
            yield over(clock, row)


def is_last(row: RunningClock, case: Procedure) -> bool:
    return row is [each for each in case.snapshot.clocks if each.id == row.id][-1]


def lapsed(clock: Clock, row: RunningClock) -> bool:
    """Whether an act of its own ladder ended it."""
    acts = {id_of(rung.act) for rung in clock.rungs if rung.act}
    return not row.is_live and any(key.partition(":")[0] in acts for key in row.climbed)


def not_open(clock: Recurring, rows: list[RunningClock], case: Procedure) -> Iterator[Refusal]:
    live = [row for row in rows if row.is_live]
    number = case.read(clock.number) if clock.number is not None else live[0].number if live else 0
    if not live or isinstance(number, Blank):
        return
    values = {"clock": clock.label, "n": number}
    owed = (row for row in rows if row.is_live or (row.ended == "missed" and row.generation == live[-1].generation))
    row = next((row for row in owed if row.number == number), None)
    if row is None:
        yield Refusal("TooEarly", "第{n}次{clock}不在应办之列。", values)
    elif case.today < (first := case.facts.calendar.back(row.due_on, clock.opens_before)):
        yield Refusal("TooEarly", "第{n}次{clock}最早{first}。", {**values, "first": first.isoformat()})


# Extensions


def not_extendable(clock: Clock, rows: list[RunningClock], case: Procedure) -> Iterator[Refusal]:
    row = next((row for row in reversed(rows) if row.is_live), None)
    extension = clock.extension
    assert extension is not None, "only asked of a clock that can be extended"
    if row is None:
        yield Refusal("E_EXT_NO_CLOCK", "{clock}没有在计。", {"clock": clock.label})
        return
    if case.today > row.due_on:
        values = {"clock": clock.label, "due": row.due_on.isoformat()}
        yield Refusal("E_EXT_TOO_LATE", "{clock}已于{due}届满，不能延长。", values)
    times = times_allowed(extension, case)
    if times is not None and extended(row) >= times:
        yield Refusal("E_EXT_ONCE", "{clock}只能延长{times}次。", {"clock": clock.label, "times": times})
    yield from too_far(clock, row, case)


def times_allowed(extension: Extension, case: Procedure) -> int | None:
    """How often; nothing where a setting lifts the limit."""
    times = extension.times
    if isinstance(times, Setting):
        chosen = times.__get__(case, type(case))
        return chosen if type(chosen) is int else 1 if chosen else None
    return times


def extended(row: RunningClock) -> int:
    return sum(move.kind == "extend" for move in row.moves)


def too_far(clock: Clock, row: RunningClock, case: Procedure) -> Iterator[Refusal]:
    assert clock.extension is not None, "only asked of a clock that can be extended"
    if clock.extension.at_most is None:
        return
    limit = counted(clock.extension.at_most, case)
    try:
        far = is_beyond(clock.extension, limit, row, case)
    except Unfilled:
        return
    if far:
        values = {"clock": clock.label, "limit": str(limit)}
        yield Refusal(clock.extension.at_most_code, "{clock}延长合计不得超过{limit}。", values)


def is_beyond(extension: Extension, limit: Span, row: RunningClock, case: Procedure) -> bool:
    """By the lengths added, wherever they are of one kind: rest days at the end of a term are no extension.

    Otherwise by the day, which is never later than so long after the one the clock had before it was ever extended.
    """
    count, unit = extension_of(extension, case)
    grown = [move for move in row.moves if move.kind == "extend"]
    if {unit, *(move.unit for move in grown)} == {limit.unit} and all((count, *(move.count for move in grown))):
        return bool(count + sum(move.count for move in grown) > limit.count)
    return term_end(extension.term, case, row.due_on).on > latest(row, case.facts.calendar, limit)


def latest(row: RunningClock, calendar: Calendar, limit: Span) -> date:
    grown = [move for move in row.moves if move.kind == "extend"]
    index = row.moves.index(grown[0]) if grown else len(row.moves)
    dated = [move.due_on for move in row.moves[:index]]
    origin = (dated[-1] if dated else row.first_due_on) if grown else row.due_on
    return calendar.add(origin, limit).on
