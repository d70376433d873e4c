"""The clock's acts on cases already locked: rungs in order, then what follows by itself. Nothing here waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from models.casework.acting import facts_for
from models.casework.change import Change
from models.casework.opening import open_case
from models.casework.statements import write
from models.organisation import Organisation, organisation
from models.snapshots import Stood, lock_case
from workflow.calendar import today
from workflow.decide import climb, decide, followed_by
from workflow.ladder import DueRung, first_due, with_next
from workflow.outcome import waiting
from workflow.registry import PROCEDURES
from workflow.snapshot import CLOCK, Actor, CaseSnapshot, Facts


class NothingToClimb(Exception):
    """A clock says a rung is due and the law knows of none: it is tried again later, ever more rarely."""


def climbed(stood: Stood, known: Organisation, linked: Mapping[str, CaseSnapshot], rungs: int | None = None) -> Change:
    """The rungs due by the moment the case was read, the oldest first, all or so many; raises NothingToClimb."""
    change = Change.of(stood, known)
    while not enough(change, rungs) and (due := next_due(change)):
        step(change, due, facts_of(change, linked))
    if not change.decisions:
        clocks = with_next(change.procedure, change.after, known.calendar, change.after.clocks)
        change.after = replace(change.after, clocks=clocks)
        if not change.clock_rows():
            raise NothingToClimb(stood.no)
    return change


def enough(change: Change, rungs: int | None) -> bool:
    """What follows from an act by itself comes before the next rung, in a transaction of its own."""
    last = change.decisions[-1] if change.decisions else None
    return len(change.decisions) == rungs or bool(last and (last.impulses or last.opened))


def facts_of(change: Change, linked: Mapping[str, CaseSnapshot]) -> Facts:
    stood = change.stood
    return change.organisation.facts(stood.procedure.id, change.after.unit, today(stood.now), linked)


def next_due(change: Change) -> DueRung | None:
    return first_due(change.procedure, change.after, change.organisation.calendar, change.stood.now)


def step(change: Change, due: DueRung, facts: Facts) -> None:
    """A rung whose act is not possible where the case stands is set aside until an act has moved it."""
    decision = climb(change.procedure, change.after, due, facts=facts)
    if decision is None:
        change.after = waiting(change.procedure, change.after, due, facts)
    else:
        change.add(decision)


# By itself


def follow(session: Session, impulse: Row[Any]) -> str:
    """The act of an impulse, or all acts that hold by now; `void` where none does any more."""
    stood = lock_case(session, id_=impulse.case_id)
    change = Change.of(stood, organisation(session, stood.stamps))
    facts = facts_for(session, stood, {}, change.organisation)
    while trigger := next_by_itself(change, facts, impulse.trigger):
        change.add(by_itself(change, trigger, facts, impulse))
    write(session, [change.rows()])
    return "done" if change.decisions else "void"


def next_by_itself(change: Change, facts: Facts, wanted: str) -> str:
    """Each act once: one that stays possible after it was done would go round for ever."""
    done = {decision.trigger for decision in change.decisions}
    now = [each.trigger for each in followed_by(change.procedure, change.after, facts, change.stood.now)]
    return next((trigger for trigger in now if trigger not in done and wanted in ("", trigger)), "")


def by_itself(change: Change, trigger: str, facts: Facts, impulse: Row[Any]) -> Any:
    return decide(
        change.procedure, change.after, trigger, {}, by=CLOCK, now=change.stood.now, facts=facts, on=impulse.on_day
    )


def open_from(session: Session, impulse: Row[Any]) -> int:
    """The case that another one asked for; its id."""
    body, parent = impulse.body, lock_case(session, id_=impulse.case_id)
    by = Actor(**body["by"])
    opened = open_case(
        session, PROCEDURES[body["procedure"]], impulse.trigger, body["form"], actor=by,
        unit=by.unit or parent.snapshot.unit, opened_from=parent.id, asked_at=impulse.created_at,
    )  # fmt: skip
    return lock_case(session, no=opened.no).id
