"""What becomes of one running clock when its case changes the version it stands under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from workflow.calendar import Calendar, end_of
from workflow.deadlines import Step, counted_out, ended, started
from workflow.ladder import DueRung, rungs_of
from workflow.recounting import is_promised
from workflow.snapshot import Move, RunningClock
from workflow.tally import is_provisional, steps
from workflow.words.migration import Migration, Way
from workflow.words.naming import id_of
from workflow.words.procedure import Procedure


def text_of(procedure: type[Procedure], name: str, row: RunningClock) -> int:
    """The text that was in force when the clock began; where none was, the first of them."""
    texts = procedure.clocks[name]
    in_force = (n for n, text in enumerate(texts) if text.source is None or text.source.is_in_force(row.started_on))
    return next(in_force, 0)


def carried(way: Way, old: RunningClock, row: RunningClock, step: Step) -> tuple[RunningClock, ...]:
    """The clock as it goes on, `row` being the `old` one by its new name; one that starts anew leaves that behind.

    A term that people were promised never ends earlier than they were told.
    """
    kind, clock = way.migration.fate(old.id).kind, way.new.clock(row.id, row.text)
    if kind == "anew":
        same = [each for each in step.before.clocks if (each.id, each.number) == (row.id, row.number)]
        fresh = started(clock, row.number, same, step)
        return ended(row, "left", step.on), kept_promise(way, old, fresh, step)
    if kind == "converted":
        return (converted(way, old, row, step),)
    return (kept(way, old, row, step),)


def kept(way: Way, old: RunningClock, row: RunningClock, step: Step) -> RunningClock:
    clock = way.new.clock(row.id, row.text)
    coded = replace(row, code=f"{clock.code}-{row.number}" if row.number else clock.code)
    return replace(coded, climbed=climbed_already(way, old, coded, step))


def converted(way: Way, old: RunningClock, row: RunningClock, step: Step) -> RunningClock:
    """As if it had begun under the new version, and been paused and extended as it was."""
    clock, calendar = way.new.clock(row.id, row.text), step.case.facts.calendar
    then = way.new(step.before, step.case.facts, step.case.actor, row.started_on, row.started_at)
    fresh = replace(
        counted_out(clock, then, row.number, row.generation), moves=row.moves, status=row.status,
        paused_on=row.paused_on, dating=row.dating, dated_at=row.dated_at,
    )  # fmt: skip
    if fresh.count and fresh.unit != "hours":
        fresh = laid_out(fresh, calendar)
    fresh = kept_promise(way, old, fresh, step)
    fresh = replace(fresh, climbed=climbed_already(way, old, fresh, step))
    return fresh if fresh.due_at == old.due_at else redated(fresh, step)


def laid_out(row: RunningClock, calendar: Calendar) -> RunningClock:
    done = steps(row, calendar)
    return replace(
        row, due_on=done[-1].due_on, due_at=end_of(done[-1].due_on), first_due_on=done[0].due_on,
        provisional=is_provisional(done[-1].tally, row, calendar),
    )  # fmt: skip


def kept_promise(way: Way, old: RunningClock, row: RunningClock, step: Step) -> RunningClock:
    if row.due_at >= old.due_at or not is_promised(way.old, old):
        return row
    longer = replace(row, due_on=old.due_on, due_at=old.due_at)
    return replace(longer, moves=(*row.moves, convert(longer.due_on, step)))


def redated(row: RunningClock, step: Step) -> RunningClock:
    """Another due day begins the ladder anew; warnings whose time has passed are not given any more."""
    moves = row.moves if row.moves and row.moves[-1].seq == step.seq else (*row.moves, convert(row.due_on, step))
    return replace(row, moves=moves, climbed=row.climbed_for_good, dating=row.dating + 1, dated_at=step.case.now)


def convert(due_on: date, step: Step) -> Move:
    return Move("convert", step.seq, step.on, due_on, step.act.label)


# Rungs


def climbed_already(way: Way, old: RunningClock, row: RunningClock, step: Step) -> frozenset[str]:
    """A rung at the same moment of the term is the same rung: climbed before, it stays climbed.

    A warning that the old version did not give, and whose time has passed, is not given any more.
    """
    calendar, to = step.case.facts.calendar, way.migration
    was = {mark(each, to): each.key in old.climbed for each in all_rungs(way.old, old, calendar)}
    now = [(mark(each), each) for each in all_rungs(way.new, row, calendar)]
    same = {each.key for told, each in now if was.get(told)}
    late = {each.key for told, each in now if told not in was and warns(each) and each.at <= step.case.now}
    return frozenset(same | late)


def all_rungs(procedure: type[Procedure], row: RunningClock, calendar: Calendar) -> Iterator[DueRung]:
    unclimbed = replace(row, climbed=frozenset(), waiting=frozenset())
    return rungs_of(procedure.clock(row.id, row.text), unclimbed, calendar)


def mark(due: DueRung, to: Migration | None = None) -> tuple[str, ...]:
    """What tells a rung from the others of its ladder: when it is due and what it does, not whom it tells."""
    if due.rung is None:
        return ("next",)
    act = to.act(due.act) if to else due.act
    document = id_of(due.rung.document) if due.rung.document else ""
    opening = due.rung.opening[0] if due.rung.opening else ""
    return (due.rung.moment.kind, *map(str, due.rung.moment.spans), act, document, opening)


def warns(due: DueRung) -> bool:
    return due.rung is not None and due.rung.moment.warns
