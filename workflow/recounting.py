"""What a new arrangement of holidays does to a clock that is running already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from workflow.calendar import Calendar, end_of, today
from workflow.decision import CALENDAR, Decision, Told
from workflow.ladder import is_silent, with_next
from workflow.permission import assigned, seats
from workflow.snapshot import CLOCK, CaseSnapshot, Facts, Move, RunningClock
from workflow.tally import Step, is_provisional, steps
from workflow.words.procedure import Procedure
from workflow.words.when import Earliest, Window
from workflow.words.who import Role


def recounted(clock: RunningClock, calendar: Calendar, *, notified: bool, on: date, seq: int) -> RunningClock:
    """The clock as the new calendar dates it; `on` and `seq` are the day and the event of the arrangement.

    A term of which a resident has been `notified` is lengthened but never shortened. Where the day stays, only
    `provisional` may change and nothing is moved. The next rung is for the caller to work out.
    """
    if not depends_on_holidays(clock):
        return clock
    done = steps(clock, calendar)
    provisional = is_provisional(done[-1].tally, clock, calendar)
    due_on = max(done[-1].due_on, clock.due_on) if notified else done[-1].due_on
    if due_on == clock.due_on:
        return replace(clock, provisional=provisional)
    return moved(clock, due_on, done, Move("calendar", seq, on, due_on), provisional=provisional)


def depends_on_holidays(clock: RunningClock) -> bool:
    """Not a day that somebody set, nor hours, nor calendar days that no rest day moves; nor what has ended."""
    return clock.is_live and bool(clock.count) and (clock.unit == "working_days" or clock.rolls)


def moved(clock: RunningClock, due_on: date, done: list[Step], move: Move, *, provisional: bool) -> RunningClock:
    return replace(
        clock,
        due_on=due_on,
        due_at=end_of(due_on),
        first_due_on=done[0].due_on,
        provisional=provisional,
        moves=(*clock.moves, move),
        climbed=clock.climbed_for_good,
        dating=clock.dating + 1,
    )


# The whole case


def is_promised(procedure: type[Procedure], clock: RunningClock) -> bool:
    """Whether a person was told how long he may act, or how long nothing may be done to him; not an office's term."""
    return isinstance(procedure.clock(clock.id, clock.text), Window | Earliest)


def recounted_case(
    procedure: type[Procedure], snapshot: CaseSnapshot, facts: Facts, at: datetime, *, cause: Mapping[str, Any]
) -> Decision | None:
    """The event that moves the due days of the case, `cause` its form; nothing where none moves.

    The case before the acts of the clock is dated anew with it, or a timely act entered late would bring back the
    days of the old calendar.
    """
    after = refreshed(procedure, snapshot, facts.calendar, at)
    if not any_moved(snapshot, after) and not (
        snapshot.earlier and after.earlier and any_moved(snapshot.earlier, after.earlier)
    ):
        return None
    return Decision(
        before=snapshot, after=replace(after, seq=snapshot.seq + 1), trigger=CALENDAR, outcome="done", by=CLOCK,
        recorded_by=CLOCK, on=today(at), at=at, form=cause, rung=CALENDAR,
        told=tuple(told(procedure(after, facts, CLOCK, today(at), at), moved_terms(snapshot, after))),
    )  # fmt: skip


def refreshed(procedure: type[Procedure], snapshot: CaseSnapshot, calendar: Calendar, at: datetime) -> CaseSnapshot:
    """The case with every clock and its next rung as the new calendar has them; an act of the next event."""
    seq, on = snapshot.seq + 1, today(at)

    def anew(clock: RunningClock) -> RunningClock:
        new = recounted(clock, calendar, notified=is_promised(procedure, clock), on=on, seq=seq)
        return replace(new, dated_at=at) if new.dating != clock.dating else new

    def dated(case: CaseSnapshot) -> CaseSnapshot:
        rows = tuple(anew(clock) for clock in case.clocks)
        return replace(case, clocks=with_next(procedure, case, calendar, rows))

    return replace(dated(snapshot), earlier=dated(snapshot.earlier) if snapshot.earlier else None)


def any_moved(before: CaseSnapshot, after: CaseSnapshot) -> bool:
    return bool(moved_terms(before, after))


def moved_terms(before: CaseSnapshot, after: CaseSnapshot) -> list[RunningClock]:
    return [new for old, new in zip(before.clocks, after.clocks, strict=True) if old.due_on != new.due_on]


# Who is told


def told(case: Procedure, terms: list[RunningClock]) -> Iterator[Told]:
    """Of each term whoever answers for it, and the resident; nobody while the ladders of the case rest."""
    if is_silent(type(case), case.snapshot):
        return
    for row in terms:
        for role in answering(type(case), row):
            yield Told(role.id, CALENDAR, seats(role, case), assigned(role, case), row.code)


def answering(procedure: type[Procedure], row: RunningClock) -> Iterator[Role]:
    """Of the office whom the ladder tells first, else the caseworker; then the resident."""
    rungs = procedure.clock(row.id, row.text).rungs
    told_first = next((roles for rung in rungs if (roles := [each for each in rung.tell if not each.outside])), [])
    yield from told_first or filter(None, [procedure.roles.get("caseworker")])
    yield from [role for role in procedure.roles.values() if role.outside][:1]
