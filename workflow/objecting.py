"""What speaks against leading a single case to another version of its procedure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from workflow.calendar import today
from workflow.carrying import mark
from workflow.ladder import DueRung, pending
from workflow.refusals import Refusal
from workflow.renaming import is_signed_alike
from workflow.snapshot import CaseSnapshot, Facts, RunningClock
from workflow.words.migration import Way
from workflow.words.when import Clock, Window

UNSEALED = Refusal("GuardsFailed", "案件会向更多的人公开。")
STANDS_STILL = Refusal("GuardsFailed", "换版后案件没有任何期限在计。")
HALF_SIGNED = "“{act}”还在等下一位签字，新版的签法不同。"
NOT_GOING_ON = "{clock}在新版中不再计算。"
OVER_AT_ONCE = "{clock}会因换版而到期（{due}）。"
DONE_AT_ONCE = "{clock}会因换版立即办理“{act}”。"


def objections(way: Way, before: CaseSnapshot, after: CaseSnapshot, facts: Facts, at: datetime) -> Iterator[Refusal]:
    yield from half_signed(way, before, at)
    if is_more_open(way, before, after):
        yield UNSEALED
    yield from lost(way, before, after)
    yield from over_at_once(way, before, after, at)
    yield from done_at_once(way, before, after, facts, at)


def half_signed(way: Way, before: CaseSnapshot, at: datetime) -> Iterator[Refusal]:
    """Whoever signed first signed the form of then; also before what the clock did, where a late act may lead back."""
    halves = {**(before.earlier.signing if before.earlier else {}), **before.signing}
    for name, half in halves.items():
        if not is_signed_alike(way, name, half, today(at)):
            yield Refusal("GuardsFailed", HALF_SIGNED, {"act": way.old.acts[name][0].label})


def is_more_open(way: Way, before: CaseSnapshot, after: CaseSnapshot) -> bool:
    if not before.sealed_to:
        return False
    open_to = {way.migration.role(role) for role in before.sealed_to}
    hidden = before.hidden_from in ("", after.hidden_from)
    return not after.sealed_to or not open_to.issuperset(after.sealed_to) or not hidden


# Clocks


def lost(way: Way, before: CaseSnapshot, after: CaseSnapshot) -> Iterator[Refusal]:
    """A clock that would silently end, or the last of them."""
    ran, running = live(before), live(after)
    for row in ran.values():
        if way.name_of(row) and (way.name_of(row), row.number) not in running:
            yield Refusal("GuardsFailed", NOT_GOING_ON, {"clock": way.old.clock(row.id, row.text).label})
    if ran and not running and not way.new.states[after.state].final:
        yield STANDS_STILL


def over_at_once(way: Way, before: CaseSnapshot, after: CaseSnapshot, at: datetime) -> Iterator[Refusal]:
    over = {(way.name_of(row), row.number) for row in live(before).values() if is_over(row, at)}
    for key, row in live(after).items():
        clock = way.new.clock(row.id, row.text)
        if key not in over and is_over(row, at) and matters(clock):
            yield Refusal("GuardsFailed", OVER_AT_ONCE, {"clock": clock.label, "due": row.due_on})


def done_at_once(
    way: Way, before: CaseSnapshot, after: CaseSnapshot, facts: Facts, at: datetime
) -> Iterator[Refusal]:  # fmt: skip
    """What the clock would do to the case, or open, by the migration alone."""
    for due in at_once(way, before, after, facts, at):
        clock = way.new.clock(due.clock.id, due.clock.text)
        if due.act:
            values = {"clock": clock.label, "act": way.new.acts[due.act][0].label}
            yield Refusal("GuardsFailed", DONE_AT_ONCE, values)


def at_once(way: Way, before: CaseSnapshot, after: CaseSnapshot, facts: Facts, at: datetime) -> list[DueRung]:
    """Rungs that were not due before, and would be climbed as soon as the case is led over."""
    was = {
        (way.name_of(due.clock), due.clock.number, mark(due, way.migration))
        for due in pending(way.old, before, facts, at)
    }
    now = pending(way.new, after, facts, at)
    return [due for due in now if (due.clock.id, due.clock.number, mark(due)) not in was]


def live(case: CaseSnapshot) -> dict[tuple[str, int], RunningClock]:
    """Clocks that run, by name and period; no two of one case agree in both."""
    return {(row.id, row.number): row for row in case.clocks if row.is_live}


def is_over(row: RunningClock, at: datetime) -> bool:
    """A paused clock is over where it had run out before the pause."""
    return row.due_on < row.paused_on if row.paused_on else row.due_at < at


def matters(clock: Clock) -> bool:
    """Whether something is lost, or done, when the term is over."""
    return clock.overdue_after or isinstance(clock, Window) or any(rung.act for rung in clock.rungs)
