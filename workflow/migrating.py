"""A running case led from one version of its procedure to another, and back again as if it had never been led."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from workflow.calendar import today
from workflow.carrying import carried
from workflow.deadlines import Step, settle
from workflow.decision import DEFINITION, Decision, change_of_version
from workflow.following import followed_by
from workflow.ladder import with_next
from workflow.objecting import live, objections
from workflow.outcome import sealed
from workflow.recounting import refreshed
from workflow.refusals import Refused
from workflow.renaming import pairs, renamed
from workflow.snapshot import CLOCK, CaseSnapshot, Facts
from workflow.words.acts import Act
from workflow.words.migration import Way
from workflow.words.where import Arrow

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
    after = recast(way, snapshot, facts, at)
    if found := list(objections(way, snapshot, after, facts, at)):
        raise Refused(*found)
    earlier = recast(way, snapshot.earlier, facts, at) if snapshot.earlier else None
    after = replace(after, earlier=earlier, seq=snapshot.seq + 1)
    follows = tuple(followed_by(way.new, after, facts, at))
    return replace(changed(snapshot, after, key_of(way), at, cause), impulses=follows)


def give_back(
    way: Way, snapshot: CaseSnapshot, was: CaseSnapshot, facts: Facts, at: datetime, *, cause: Mapping[str, Any]
) -> Decision:  # fmt: skip
    """The event by which the case stands as it `was` before the migration, by the calendar of today.

    What was about to follow by itself then is asked anew, for in between it may have come to nothing.
    """
    after = refreshed(way.old, replace(was, seq=snapshot.seq), facts.calendar, at)
    after = replace(after, seq=snapshot.seq + 1)
    follows = tuple(followed_by(way.old, after, facts, at))
    key = change_of_version(way.new.version, way.old.version)
    return replace(changed(snapshot, after, key, at, cause), impulses=follows)


def changed(
    before: CaseSnapshot, after: CaseSnapshot, key: str, at: datetime, cause: Mapping[str, Any]
) -> Decision:  # fmt: skip
    return Decision(
        before=before, after=after, trigger=DEFINITION, outcome="done", by=CLOCK, recorded_by=CLOCK, on=today(at),
        at=at, form=cause, rung=key,
    )  # fmt: skip


# The case under the new version


def recast(way: Way, snapshot: CaseSnapshot, facts: Facts, at: datetime) -> CaseSnapshot:
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
