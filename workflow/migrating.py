"""A running case led from one version of its procedure to another, and back again as if it had never been led."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from workflow.calendar import Calendar, today
from workflow.carrying import carried, text_of
from workflow.deadlines import Step, ended, settle
from workflow.decision import DEFINITION, Decision, change_of_version
from workflow.following import followed_by
from workflow.ladder import with_next
from workflow.outcome import sealed
from workflow.recounting import refreshed
from workflow.refusals import Refusal, Refused
from workflow.snapshot import CLOCK, CaseSnapshot, Facts, RunningClock
from workflow.words.acts import Act
from workflow.words.migration import Migration, Way
from workflow.words.when import Clock, Window
from workflow.words.where import Arrow

HALF_SIGNED = Refusal("GuardsFailed", "有一步还在等下一位签字。")
UNSEALED = Refusal("GuardsFailed", "案件会向更多的人公开。")
NOT_GOING_ON = "{clock}在新版中不再计算。"
OVER_AT_ONCE = "{clock}会因换版而到期（{due}）。"

CHANGE = Act("程序版本变更", Arrow((), ()))
CHANGE.id = DEFINITION


def key_of(way: Way) -> str:
    """What stands where a rung would in the event that leads over."""
    return change_of_version(way.old.version, way.new.version)


def migrate(
    way: Way, snapshot: CaseSnapshot, facts: Facts, at: datetime, *, cause: Mapping[str, Any]
) -> Decision:  # fmt: skip
    """The event by which the case changes its version, `cause` its form; raises Refused with all that forbids it.

    The case before the acts of the clock is led with it, so that a timely act entered late is asked under the new
    version too.
    """
    after = led(way, snapshot, facts, at)
    if found := list(objections(way, snapshot, after, at)):
        raise Refused(*found)
    earlier = led(way, snapshot.earlier, facts, at) if snapshot.earlier else None
    after = replace(after, earlier=earlier, seq=snapshot.seq + 1)
    follows = tuple(followed_by(way.new, after, facts, at))
    return replace(changed(snapshot, after, key_of(way), at, cause), impulses=follows)


def give_back(
    way: Way, snapshot: CaseSnapshot, was: CaseSnapshot, calendar: Calendar, at: datetime, *, cause: Mapping[str, Any]
) -> Decision:  # fmt: skip
    """The event by which the case stands as it `was` before the migration, by the calendar of today."""
    after = refreshed(way.old, replace(was, seq=snapshot.seq), calendar, at)
    key = change_of_version(way.new.version, way.old.version)
    return changed(snapshot, replace(after, seq=snapshot.seq + 1), key, at, cause)


def changed(
    before: CaseSnapshot, after: CaseSnapshot, key: str, at: datetime, cause: Mapping[str, Any]
) -> Decision:  # fmt: skip
    return Decision(
        before=before, after=after, trigger=DEFINITION, outcome="done", by=CLOCK, recorded_by=CLOCK, on=today(at),
        at=at, form=cause, rung=key,
    )  # fmt: skip


# The case under the new version


def led(way: Way, snapshot: CaseSnapshot, facts: Facts, at: datetime) -> CaseSnapshot:
    """Names first, then the clocks that go on, then what the new version works out from where the case now stands."""
    named = renamed(way, snapshot, today(at))

    def step(case: CaseSnapshot) -> Step:
        return Step(way.new(case, facts, CLOCK, today(at), at), case, CHANGE, snapshot.seq + 1)

    first = step(named)
    rows = (
        each for old, row in pairs(way, snapshot, named)
        for each in (carried(way, old, row, first) if old.is_live else (row,))
    )  # fmt: skip
    before = replace(named, clocks=tuple(rows))
    clocks = with_next(way.new, before, facts.calendar, settle(step(before)))
    return sealed(way.new(replace(before, clocks=clocks), facts, CLOCK, today(at), at))


def renamed(way: Way, snapshot: CaseSnapshot, on: date) -> CaseSnapshot:
    """The case in the words of the new version; clocks that it does not know are ended and put away."""
    to = way.migration
    gone = (row for row in snapshot.clocks if not way.name_of(row))
    away = (ended(row, "left", on) if row.is_live else row for row in gone)
    return replace(
        snapshot, definition=way.new.version, state=to.state(snapshot.state), left=to.state(snapshot.left),
        data={line: value for name, value in snapshot.data.items() if (line := to.line(name))},
        done={to.act(name): done for name, done in snapshot.done.items()}, hands=hands(to, snapshot),
        clocks=tuple(in_new_words(way, row) for row in snapshot.clocks if way.name_of(row)),
        put_away=(*snapshot.put_away, *(replace(row, definition=way.old.version) for row in away)),
    )  # fmt: skip


def hands(to: Migration, snapshot: CaseSnapshot) -> dict[str, frozenset[str]]:
    """Two roles that have become one keep the hands of both, so that nobody who was kept apart no longer is."""
    found: dict[str, frozenset[str]] = {}
    for role, persons in snapshot.hands.items():
        found[to.role(role)] = found.get(to.role(role), frozenset()) | persons
    return found


def in_new_words(way: Way, row: RunningClock) -> RunningClock:
    name = way.name_of(row)
    return replace(row, id=name, text=text_of(way.new, name, row))


def pairs(way: Way, before: CaseSnapshot, after: CaseSnapshot) -> Iterator[tuple[RunningClock, RunningClock]]:
    """Each clock that is not given up with the same clock in the words of the new version."""
    return zip((row for row in before.clocks if way.name_of(row)), after.clocks, strict=True)


# What speaks against it


def objections(way: Way, before: CaseSnapshot, after: CaseSnapshot, at: datetime) -> Iterator[Refusal]:
    if before.signing:
        yield HALF_SIGNED
    if before.sealed_to and not after.sealed_to:
        yield UNSEALED
    running = live(after)
    for row in live(before).values():
        if way.name_of(row) and (way.name_of(row), row.number) not in running:
            yield Refusal("GuardsFailed", NOT_GOING_ON, {"clock": way.old.clock(row.id, row.text).label})
    over = {(way.name_of(row), row.number) for row in live(before).values() if is_over(row, at)}
    for key, row in running.items():
        clock = way.new.clock(row.id, row.text)
        if key not in over and is_over(row, at) and matters(clock):
            yield Refusal("GuardsFailed", OVER_AT_ONCE, {"clock": clock.label, "due": row.due_on})


def live(case: CaseSnapshot) -> dict[tuple[str, int], RunningClock]:
    """Clocks that run, by name and period; no two of one case agree in both."""
    return {(row.id, row.number): row for row in case.clocks if row.is_live}


def is_over(row: RunningClock, at: datetime) -> bool:
    """A paused clock is over where it had run out before the pause."""
    return row.due_on < row.paused_on if row.paused_on else row.due_at < at


def matters(clock: Clock) -> bool:
    """Whether something is lost, or done, when the term is over."""
    return clock.overdue_after or isinstance(clock, Window) or any(rung.act for rung in clock.rungs)


# What has become of it


@dataclass(frozen=True)
class Became:
    """One clock before and after; `begun` has none before, `given_up` none after."""

    kind: str
    code: str
    from_day: date | None
    to_day: date | None


def became(way: Way, before: CaseSnapshot, after: CaseSnapshot) -> Iterator[Became]:
    """What the migration did to each clock that ran, and what began with it."""
    running = live(after)
    for row in live(before).values():
        new = running.pop((way.name_of(row), row.number), None)
        kind = way.migration.fate(row.id).kind
        yield Became(kind, (new or row).code, row.due_on, new.due_on if new else None)
    yield from (Became("begun", row.code, None, row.due_on) for row in running.values())
