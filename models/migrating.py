"""Change under running cases: told beforehand what it does to each, then done batch by batch, or taken back.

A rehearsal does all of it and keeps nothing. In earnest a batch is a transaction of its own: clerks and workers go on
beside it, what they hold is passed over and tried again, and whoever is stopped in the middle goes on where he was.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from models import casework, db
from models.casework import Handled
from workflow.migrating import Became, became, key_of
from workflow.refusals import Refusal
from workflow.snapshot import Actor
from workflow.words.migration import Way

BATCH = 100  # cases a transaction; a clerk waits for one no longer than a batch takes
TRIES, PAUSE = 50, 0.2  # how often what others hold is tried again, seconds in between

Factory = Callable[[], Session]
Say = Callable[[int, int], None]

# Running: somebody in the office has something to do, or a person's time still runs.
RUNNING = "(c.is_open OR EXISTS (SELECT FROM clocks k WHERE k.case_id = c.id AND k.status <> 'ended'))"
FORTH = f"FROM cases c WHERE c.procedure = :procedure AND c.definition = :old AND {RUNNING}"
CROSSED = "FROM cases c JOIN events e ON e.case_id = c.id AND e.rung = :key"
STANDING = "WHERE c.procedure = :procedure AND c.definition = :new"
NOT_ASIDE = "AND c.id <> ALL(:aside)"
# Led on to a later version and given back again, a case is what it was: such events are nothing that happened to it.
HAPPENED = "later.trigger <> 'definition'"
LATER = "FROM events later WHERE later.case_id = c.id AND later.seq >"
BACK = f"{CROSSED} AND NOT EXISTS (SELECT {LATER} e.seq AND ({HAPPENED} OR later.rung = :key)) {STANDING}"
OTHERS = text(f"""
SELECT c.definition, count(*) FROM cases c WHERE c.procedure = :procedure AND c.definition <> ALL(:known) AND {RUNNING}
GROUP BY 1 ORDER BY 1
""")
SINCE = text(f"""
SELECT no, since FROM (
    SELECT c.no, (SELECT count(*) {LATER} max(e.seq) AND {HAPPENED}) AS since
    {CROSSED} {STANDING} GROUP BY c.id
) AS acted_on WHERE since > 0 ORDER BY no
""")


@dataclass(frozen=True)
class Line:
    """One clock of one case, before and after."""

    no: str
    clock: Became


@dataclass
class Report:
    """`states` counts cases by where they stood and stand, `lines` their clocks; `staying` says why, by number.

    `follows` counts what happens by itself as soon as it is done: acts, and rungs of ladders that are due by it alone.
    `busy` cases were held by others all the time. `no_way` counts cases of versions that no migration leads from.
    """

    way: Way
    cases: int = 0
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: list[Line] = field(default_factory=list)
    follows: Counter[str] = field(default_factory=Counter)
    staying: dict[str, tuple[Refusal, ...]] = field(default_factory=dict)
    busy: int = 0

    @property
    def whole(self) -> bool:
        return not self.staying and not self.busy

    def add(self, batch: Handled) -> None:
        self.cases += len(batch.done)
        self.staying |= {each.no: each.why for each in batch.staying}
        self.follows += batch.at_once
        for made in batch.done:
            self.states[made.before.state, made.after.state] += 1
            self.follows.update(impulse.trigger for impulse in made.impulses)


def rehearse(factory: Factory, way: Way, say: Say = lambda *_: None) -> Report:
    """Does it on every running case and takes it back, a batch at a time."""
    return Run(factory, way, {}, say, in_earnest=False).forth()


def apply(factory: Factory, way: Way, *, actor: Actor, say: Say = lambda *_: None) -> Report:
    """Leads over all running cases of the old version that can be; begun again, it goes on where it was stopped."""
    return Run(factory, way, cause_of(actor), say).forth()


def undo(factory: Factory, way: Way, *, actor: Actor, say: Say = lambda *_: None) -> Report:
    """Gives back every case to which nothing has happened since; the others stay, and are told by number."""
    report = Run(factory, way, cause_of(actor), say).back()
    with db.transaction(factory) as session:
        for row in session.execute(SINCE, names(way)):
            report.staying[row.no] = (Refusal("GuardsFailed", "换版后已有{count}次办理。", {"count": row.since}),)
    return report


def cause_of(actor: Actor) -> dict[str, Any]:
    """The event itself is the clock's: whoever gives the order has not worked on the case."""
    return {"by": actor.person, "role": actor.role, "unit": actor.unit}


def without_a_way(session: Session, procedure: str, known: list[str]) -> dict[str, int]:
    """Running cases under versions other than these, by version."""
    return {row[0]: row[1] for row in session.execute(OTHERS, {"procedure": procedure, "known": known})}


def names(way: Way) -> dict[str, str]:
    return {"procedure": way.old.id, "old": way.old.version, "new": way.new.version, "key": key_of(way)}


@dataclass
class Run:
    """Through all cases, batch after batch; `set_aside` are those that cannot be led."""

    factory: Factory
    way: Way
    cause: dict[str, Any]
    say: Say
    in_earnest: bool = True
    set_aside: set[int] = field(default_factory=set)

    def forth(self) -> Report:
        report = Report(self.way)
        for batch in self.batches(FORTH, casework.migrate, report):
            for made in batch.done:
                clocks = became(self.way, made.before, made.after)
                report.lines += [Line(made.after.id, clock) for clock in clocks]
        return report

    def back(self) -> Report:
        report = Report(self.way)
        for _ in self.batches(BACK, casework.undo, report):
            pass
        return report

    def batches(self, which: str, work: Any, report: Report) -> Iterator[Handled]:
        """What others hold is passed over, and waited for a while at the end."""
        total = self.left(which)
        for _ in range(TRIES):
            for batch in self.once_through(which, work):
                report.add(batch)
                self.say(report.cases, total)
                yield batch
            report.busy = self.left(which) if self.in_earnest else 0
            if not report.busy:
                return
            time.sleep(PAUSE)

    def once_through(self, which: str, work: Any) -> Iterator[Handled]:
        last, claimed = 0, claim(which, self.in_earnest)
        while True:
            ids, batch = db.retried(partial(self.batch, claimed, work, last))
            if not ids:
                return
            self.set_aside.update(each.id for each in batch.staying)
            last = ids[-1]
            yield batch

    def batch(self, claimed: TextClause, work: Any, last: int) -> tuple[list[int], Handled]:
        with db.transaction(self.factory) if self.in_earnest else db.tried(self.factory) as session:
            asked = {**names(self.way), "last": last, "aside": list(self.set_aside), "limit": BATCH}
            ids = list(session.execute(claimed, asked).scalars())
            return ids, work(session, ids, self.way, cause=self.cause) if ids else Handled()

    def left(self, which: str) -> int:
        with db.transaction(self.factory) as session:
            asked = {**names(self.way), "aside": list(self.set_aside)}
            return int(session.execute(text(f"SELECT count(*) {which} {NOT_ASIDE}"), asked).scalar_one())


def claim(which: str, in_earnest: bool) -> TextClause:
    """A rehearsal waits for what others hold, which is no longer than an act; in earnest it is passed over."""
    skip = "SKIP LOCKED" if in_earnest else ""
    return text(f"SELECT c.id {which} {NOT_ASIDE} AND c.id > :last ORDER BY c.id LIMIT :limit FOR UPDATE OF c {skip}")
