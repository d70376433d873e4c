"""Which clocks run: worked out after every act from where the case stands and what its file says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any, Literal

from workflow.calendar import Calendar, Due, end_of
from workflow.counting import after_pause
from workflow.duedays import (
    NO_LENGTH,
    counted,
    day_in_row,
    day_of,
    due_of,
    first_period,
    line_of,
    longer,
    start_and_length,
)
from workflow.fields import Field
from workflow.ladder import is_possible
from workflow.snapshot import CaseSnapshot, Move, RunningClock
from workflow.terms import Span, Unit, Until
from workflow.words.acts import Act
from workflow.words.naming import id_of
from workflow.words.procedure import Procedure
from workflow.words.what import Setting
from workflow.words.when import Clock, Extension, Recurring

Ending = Literal["done", "past", "left", "missed", "waived"]


@dataclass(frozen=True)
class Step:
    """One act as a clock sees it: the case before and after it, asked on the day of the act."""

    case: Procedure
    before: CaseSnapshot
    act: Act
    seq: int

    @property
    def on(self) -> date:
        return self.case.today

    def does(self, acts: tuple[Any, ...]) -> bool:
        return any(id_of(act) == self.act.id for act in acts)


def settle(step: Step) -> tuple[RunningClock, ...]:
    """All clocks of the case after the act, live and ended; `step.case` is the case as the act leaves it."""
    return tuple(row for name in step.case.clocks for row in rows_after(name, step))


def rows_after(name: str, step: Step) -> Iterator[RunningClock]:
    rows = [row for row in step.before.clocks if row.id == name]
    now = [carried_on(step.case.clock(name, row.text), row, step) for row in rows]
    yield from now
    starting = list(beginning(name, rows, step))
    yield from starting
    if not starting and now and is_answered(step.case.clock(name, now[-1].text), now[-1], step.case):
        yield next_period(now[-1], step)


def beginning(name: str, rows: list[RunningClock], step: Step) -> Iterator[RunningClock]:
    """The clock, or those of its rows, that begin to run with this act, by the text in force."""
    texts = (each for each in step.case.clocks[name] if each.source is None or each.source.is_in_force(step.on))
    for clock in islice(texts, 1):
        for number in numbers_of(clock, step.case):
            own = [row for row in rows if not number or row.number == number]
            if begins(clock, number, last_of(own), step):
                yield started(clock, number, own, step)


def numbers_of(clock: Clock, case: Procedure) -> Iterable[int]:
    """One a row of its table; 0 for a clock that stands alone."""
    return (0,) if clock.each is None else range(1, 1 + len(case.read(clock.each)))


def last_of(rows: list[RunningClock]) -> RunningClock | None:
    return rows[-1] if rows else None


def is_answered(clock: Clock, last: RunningClock, case: Procedure) -> bool:
    """The last period of a recurring duty is met, and the duty goes on."""
    return isinstance(clock, Recurring) and last.ended == "done" and holds(clock, case)


def next_period(last: RunningClock, step: Step) -> RunningClock:
    """One term after the last, from the same anchor: never from the day it was met or fell due."""
    return begun(step.case.clock(last.id, last.text), step, last.number + 1, last.generation)


# Whether it runs


def stands(clock: Clock, case: Procedure) -> bool:
    """Whether the case stands where the clock runs or is paused; a clock that names no state runs everywhere.

    On a detour the clocks are those of the state it was left from, and those that run on the detour itself.
    """
    state, left = case.snapshot.state, case.snapshot.left
    return not clock.states or (left or state) in clock.places or state in clock.running


def holds(clock: Clock, case: Procedure, number: int = 0) -> bool:
    return stands(clock, case) and has_anchor(clock, case, number) and wanted(clock, case)


def wanted(clock: Clock, case: Procedure) -> bool:
    if clock.when is None:
        return True
    if isinstance(clock.when, str):
        return bool(getattr(case, clock.when))
    if isinstance(clock.when, property | Setting):
        return bool(clock.when.__get__(case, type(case)))
    return bool(case.read(clock.when) if isinstance(clock.when, Field) else clock.when(case))


def has_anchor(clock: Clock, case: Procedure, number: int) -> bool:
    if clock.each is not None:
        return bool(day_in_row(clock, case, number))
    if isinstance(clock.term, Until):
        return bool(case.read(clock.term.field))
    return clock.anchor is None or bool(day_of(clock.anchor, case))


def begins(clock: Clock, number: int, last: RunningClock | None, step: Step) -> bool:
    if not holds(clock, step.case, number) or step.does(clock.ending):
        return False
    if clock.starting:
        return step.does(clock.starting)
    return last is None or last.ended in ("past", "left")


# Starting


def started(clock: Clock, number: int, rows: list[RunningClock], step: Step) -> RunningClock:
    gone = (row for row in step.before.put_away if row.id == clock.id)
    generation = 1 + max((row.generation for row in (*rows, *gone)), default=0)
    number = first_period(clock, step.case) if isinstance(clock, Recurring) else number
    return begun(clock, step, number, generation)


def begun(clock: Clock, step: Step, number: int, generation: int) -> RunningClock:
    row = seen_away(clock, counted_out(clock, step.case, number, generation), step)
    return paused(row, step) if is_pausing(clock, row, step) else row


def counted_out(clock: Clock, case: Procedure, number: int, generation: int) -> RunningClock:
    """The clock as it begins on the day the case is asked, running."""
    start, span = start_and_length(clock, case)
    due, due_at = due_of(clock, case, start, number)
    return RunningClock(
        id=clock.id, code=f"{clock.code}-{number}" if number else clock.code, started_on=start, started_at=case.now,
        due_on=due.on, due_at=due_at, first_due_on=due.on, term=str(span) if span.count else clock.label,
        generation=generation, number=number, text=case.clocks[clock.id].index(clock), provisional=due.provisional,
        dated_at=case.now, unit=span.unit, count=span.count, rolls=clock.rolls,
        whole_days=clock.pause is not None and clock.pause.whole_days,
    )  # fmt: skip


# Going on


def carried_on(clock: Clock, row: RunningClock, step: Step) -> RunningClock:
    if not row.is_live:
        return put_aside(clock, row, step)
    if is_met(clock, row, step):
        return ended(row, "done", step.on)
    if not holds(clock, step.case, row.number) or step.does(clock.starting):
        return ended(row, how_left(clock, step), step.on)
    return moved(clock, freed(clock, row, step), step)


def freed(clock: Clock, row: RunningClock, step: Step) -> RunningClock:
    """Remembers the act with which what the ladder does became possible, or may be asked again."""
    acts = [id_of(rung.act) for rung in clock.rungs if rung.act]
    free = any(leads_to(act, step) for act in acts)
    if not (row.waiting or free):
        return row
    return replace(row, waiting=frozenset(), freed_at=step.case.now, freed_on=step.on)


def leads_to(act: str, step: Step) -> bool:
    procedure = type(step.case)
    return is_possible(procedure, step.case.snapshot, act) and not is_possible(procedure, step.before, act)


def how_left(clock: Clock, step: Step) -> Ending:
    """What has no act of its own is done by the act of the office that leads the case on; all else is left undone."""
    own = clock.ending or clock.met_by is not None
    return "left" if own or not step.act.is_of_the_office else "past"


def put_aside(clock: Clock, row: RunningClock, step: Step) -> RunningClock:
    """A duty that was missed may be made good; what was done is past once the case stands elsewhere."""
    if row.ended == "missed" and is_owed(row, step.before.clocks) and is_met(clock, row, step):
        return ended(row, "done", step.on)
    is_past = row.ended == "done" and not isinstance(clock, Recurring) and not stands(clock, step.case)
    return replace(row, ended="past") if is_past else row


def is_owed(row: RunningClock, rows: Iterable[RunningClock]) -> bool:
    """Whether its series goes on, so that a period of it can still be made good."""
    return any(each.is_live and (each.id, each.generation) == (row.id, row.generation) for each in rows)


def is_met(clock: Clock, row: RunningClock, step: Step) -> bool:
    if clock.met_by is not None and step.does((clock.met_by,)):
        return clock.number is None or bool(step.case.read(clock.number) == row.number)
    return step.does(clock.ending)


def ended(row: RunningClock, how: Ending, on: date) -> RunningClock:
    return replace(row, status="ended", ended=how, ended_on=on, paused_on=None, next_at=None, waiting=frozenset())


def moved(clock: Clock, row: RunningClock, step: Step) -> RunningClock:
    if clock.extension and step.does((clock.extension.act,)):
        by = extension_of(clock.extension, step.case)
        row = redated(row, "extend", longer(clock, row, step.case), step, *by)
    row = seen_away(clock, reanchored(clock, row, step), step)
    pausing = is_pausing(clock, row, step)
    if pausing and row.status == "running" and step.on <= row.due_on:
        return paused(row, step)
    return resumed(clock, row, step) if row.status == "paused" and not pausing else row


def reanchored(clock: Clock, row: RunningClock, step: Step) -> RunningClock:
    """A start or an end that the act has written anew dates the clock anew; nothing else does."""
    if isinstance(clock, Recurring) or row.unit == "hours":
        return row
    if anchor_of(clock, step.case, row.number) == anchor_of(clock, before(step), row.number):
        return row
    start = day_of(clock.anchor, step.case) if clock.anchor is not None else row.started_on
    due, _ = due_of(clock, step.case, start, row.number)
    return redated(replace(row, started_on=start, first_due_on=due.on), "redate", due, step)


def before(step: Step) -> Procedure:
    case = step.case
    return type(case)(step.before, case.facts, case.actor, case.today, case.now)


def anchor_of(clock: Clock, case: Procedure, number: int) -> tuple[Any, ...]:
    """The days on file the due day hangs on; the day of an act is fixed when the clock starts."""
    if clock.each is not None:
        return (day_in_row(clock, case, number),)
    fields = [line_of(clock.anchor, case)]
    fields += [clock.term.field] if isinstance(clock.term, Until) else []
    fields += [clock.instead.field] if clock.instead else []
    return tuple(case.read(field) for field in fields if field)


def extension_of(extension: Extension, case: Procedure) -> tuple[int, Unit]:
    """The length added; none where a new day is set."""
    term = extension.term
    span = counted(term, case) if isinstance(term, Span) else NO_LENGTH
    return span.count, span.unit


def redated(
    row: RunningClock, kind: Literal["extend", "redate", "resume"], due: Due, step: Step, count: int = 0,
    unit: Unit = "days",
) -> RunningClock:  # fmt: skip
    """A new due day begins its ladder anew: each rung is climbed once for each due date, and one at once
    only when the clock begins."""
    move = Move(kind, step.seq, step.on, due.on, step.act.label, count, unit)
    if due.on == row.due_on:
        return replace(row, moves=(*row.moves, move))
    return replace(
        row, due_on=due.on, due_at=end_of(due.on), provisional=due.provisional, moves=(*row.moves, move),
        climbed=row.climbed_for_good, dated_at=step.case.now, dating=row.dating + 1,
    )  # fmt: skip


# Pauses


def is_pausing(clock: Clock, row: RunningClock, step: Step) -> bool:
    pause = clock.pause
    if pause is None or (pause.only_if and not pause.only_if.__get__(step.case, type(step.case))):
        return False
    if pause.holds is not None:
        return bool(pause.holds.__get__(step.case, type(step.case)))
    if pause.between:
        begin, end = pause.between
        return step.does((begin,)) or (row.status == "paused" and not step.does((end,)))
    return bool({id_of(state) for state in pause.states} & {step.case.snapshot.state, step.case.snapshot.left})


def paused(row: RunningClock, step: Step) -> RunningClock:
    move = Move("pause", step.seq, step.on, row.due_on, step.act.label)
    return replace(row, status="paused", paused_on=step.on, moves=(*row.moves, move))


def resumed(clock: Clock, row: RunningClock, step: Step) -> RunningClock:
    """What was left when the pause began is counted again from the day it ends, in the clock's own unit."""
    assert clock.pause is not None, "only a clock that can be paused is resumed"
    assert row.paused_on is not None, "only a paused clock is resumed"
    due = after_pause(
        step.case.facts.calendar, row.due_on, row.paused_on, step.on,
        working=clock.counts_working_days, whole_days=clock.pause.whole_days, started_on=row.started_on,
    )  # fmt: skip
    due = step.case.facts.calendar.forward(due) if clock.rolls else due
    return replace(redated(row, "resume", due, step), status="running", paused_on=None)


# Waived


def seen_away(clock: Clock, row: RunningClock, step: Step) -> RunningClock:
    """Remembers when the case came to stand where a recurring duty is waived, and when it left."""
    if not isinstance(clock, Recurring) or clock.waived_in is None:
        return row
    is_away = step.case.snapshot.state == id_of(clock.waived_in)
    was_away = bool(row.moves) and row.moves[-1].kind == "away"
    if is_away == was_away:
        return row
    move = Move("away" if is_away else "back", step.seq, step.on, row.due_on)
    return replace(row, moves=(*row.moves, move))


def is_waived(row: RunningClock, calendar: Calendar) -> bool:
    """Whether at least half of its period, from the due day before to its own, was spent away."""
    begin = calendar.add(row.started_on, Span(row.count * (row.number - 1), row.unit)).on
    spans = [move.on for move in row.moves if move.kind in ("away", "back")]
    spans += [row.due_on] * (len(spans) % 2)
    away = sum(
        max((min(to, row.due_on) - max(since, begin)).days, 0)
        for since, to in zip(spans[::2], spans[1::2], strict=True)
    )
    return 2 * away >= (row.due_on - begin).days
