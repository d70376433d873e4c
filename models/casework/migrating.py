"""Cases led from one version of their procedure to another, and given back: many at a time, each by an event."""

from __future__ import annotations

import hmac
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.audit import hash_of_values
from models.casework.acting import facts_for
from models.casework.change import Change, every_clock
from models.casework.faults import in_short
from models.casework.firing import read_each, write_each
from models.casework.statements import Rows
from models.organisation import Organisation, organisation
from models.snapshots import Stood
from workflow import migrating
from workflow.decision import Decision
from workflow.objecting import at_once as due_at_once
from workflow.record import load
from workflow.refusals import Refusal, Refused
from workflow.snapshot import CaseSnapshot, RunningClock
from workflow.words.migration import Way

log = logging.getLogger(__name__)

ERASED = Refusal("GuardsFailed", "换版前的内容已经清除。")
ALTERED = Refusal("GuardsFailed", "换版前的记录对不上，请先核查。")
KEY_TAKEN = Refusal("GuardsFailed", "新版只许有一件的事项，已有另一件。")
LAST = text("""
SELECT DISTINCT ON (e.case_id) e.case_id, e.data_hash, v."values" FROM events e
LEFT JOIN event_values v ON v.event_id = e.id WHERE e.case_id = ANY(:ids) AND e.rung = :key
ORDER BY e.case_id, e.seq DESC
""")

Decide = Callable[[Stood, Organisation], tuple[Decision, Rows]]


@dataclass(frozen=True)
class Staying:
    """A case that cannot be led, and why."""

    id: int
    no: str
    why: tuple[Refusal, ...]


@dataclass
class Handled:
    """What has become of a batch: one event a case, or the reasons why there is none.

    `at_once` counts the rungs that are due by the migration alone, and are climbed as soon as it is done.
    """

    done: list[Decision] = field(default_factory=list)
    staying: list[Staying] = field(default_factory=list)
    at_once: Counter[str] = field(default_factory=Counter)


def migrate(session: Session, ids: list[int], way: Way, *, cause: Mapping[str, Any]) -> Handled:
    """Leads over those of the cases, already locked, that still stand under the old version."""

    at_once: Counter[str] = Counter()

    def decide(stood: Stood, known: Organisation) -> tuple[Decision, Rows]:
        facts = facts_for(session, stood, {}, known)
        decision = migrating.migrate(way, stood.snapshot, facts, stood.now, cause=cause)
        at_once.update(due.key for due in due_at_once(way, stood.snapshot, decision.after, facts, stood.now))
        renamed = [clock_named(stood, row, row.id) | {"name": name} for row, name in renames(way, stood.snapshot)]
        return decision, {"renamed": renamed, **residents_renamed(stood, residents(way))}

    return replace(one_by_one(session, ids, way.old.version, decide), at_once=at_once)


def undo(session: Session, ids: list[int], way: Way, *, cause: Mapping[str, Any]) -> Handled:
    """Gives back those of the cases, already locked, to which nothing has happened since they were led over."""
    last = {row.case_id: row for row in session.execute(LAST, {"ids": ids, "key": migrating.key_of(way)})}
    back = {aim: role for role, aim in residents(way).items()}

    def decide(stood: Stood, known: Organisation) -> tuple[Decision, Rows]:
        was = as_it_was(way, stood, last[stood.id])
        facts = facts_for(session, stood, {}, known)
        decision = migrating.give_back(way, stood.snapshot, was, facts, stood.now, cause=cause)
        renamed = [clock_named(stood, row, name) | {"name": row.id} for row, name in renames(way, was)]
        return decision, {
            "renamed": renamed,
            "removed": [clock_named(stood, row, row.id) for row in new(way, stood, was)],
            **residents_renamed(stood, back),
        }

    return one_by_one(session, ids, way.new.version, decide)


def as_it_was(way: Way, stood: Stood, event: Row[Any]) -> CaseSnapshot:
    """The case before that event; refused where what the event keeps is gone, or not what it was."""
    if event.values is None:
        raise Refused(ERASED)
    if not hmac.compare_digest(event.data_hash, hash_of_values(stood.secret, event.values)):
        raise Refused(ALTERED)
    return load(way.old, event.values["was"])


# Clocks that change their name, or were not there before


def renames(way: Way, before: CaseSnapshot) -> Iterator[tuple[RunningClock, str]]:
    return ((row, name) for row in before.clocks if (name := way.name_of(row)) not in ("", row.id))


def new(way: Way, stood: Stood, was: CaseSnapshot) -> list[RunningClock]:
    """Clocks of the case that the migration began."""
    kept = {(way.name_of(row) or row.id, row.number, row.generation) for row in was.clocks}
    kept |= {row.key for row in was.put_away}
    return [row for row in every_clock(stood.snapshot) if row.key not in kept]


def clock_named(stood: Stood, row: RunningClock, name: str) -> dict[str, Any]:
    return {"case_id": stood.id, "clock": name, "number": row.number, "generation": row.generation}


# Residents, whose codes and papers say in which role


def residents(way: Way) -> dict[str, str]:
    """Their roles that change their name."""
    outside = (role.id for role in way.old.roles.values() if role.outside)
    return {role: aim for role in outside if (aim := way.migration.role(role)) != role}


def residents_renamed(stood: Stood, names: Mapping[str, str]) -> Rows:
    row = {"case_id": stood.id, "names": dict(names)}
    return {"codes_renamed": [row], "papers_renamed": [row]} if names else {}


# A batch


def one_by_one(session: Session, ids: list[int], version: str, decide: Decide) -> Handled:
    """One case that cannot be led holds up no other, whatever its fault is."""
    stoods, poisoned = read_each(session, ids)
    known = organisation(session, stoods[0].stamps) if stoods else None
    decisions: dict[int, Decision] = {}
    rows: dict[int, Rows] = {}
    for stood in stoods:
        assert known is not None, "read with the first of them"
        if stood.snapshot.definition != version:
            continue
        try:
            decisions[stood.id], more = decide(stood, known)
            change = Change.of(stood, known)
            change.add(decisions[stood.id])
            rows[stood.id] = change.rows() | more
        except Exception as error:  # one case's fault, whatever it is, is told of that case
            poisoned.append((stood.id, error))
    faults = dict(poisoned + write_each(session, rows))
    numbers = {stood.id: stood.no for stood in stoods}
    done = [decisions[id_] for id_ in rows if id_ not in faults]
    return Handled(done, [Staying(id_, numbers.get(id_, str(id_)), why(error)) for id_, error in faults.items()])


def why(error: Exception) -> tuple[Refusal, ...]:
    if isinstance(error, Refused):
        return error.refusals
    if isinstance(error, DBAPIError) and "uq_cases_once_key" in str(error.orig):
        return (KEY_TAKEN,)
    log.error("could not be led over: %s", in_short(error))
    return (Refusal("GuardsFailed", "{fault}", {"fault": in_short(error)}),)
