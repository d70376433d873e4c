"""The clock's acts on cases already locked: rungs in order, then what follows by itself. Nothing here waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from models.casework.acting import facts_for
from models.casework.change import Change
from models.casework.opening import open_case
from models.casework.statements import write
from models.organisation import Organisation, organisation
from models.outside import Outside
from models.snapshots import Stood, lock_case
from workflow.calendar import today
from workflow.decide import climb, decide, followed_by
from workflow.ladder import DueRung, first_due, with_next
from workflow.outcome import waiting
from workflow.refusals import Refused
from workflow.registry import PROCEDURES
from workflow.snapshot import CLOCK, Actor, CaseSnapshot, Facts


@dataclass(frozen=True)
class Beyond:
    """Cases that one case names, and whoever answers what it asks of the rest."""

    linked: Mapping[str, CaseSnapshot]
    outside: Outside


class NothingToClimb(Exception):
    """A clock says a rung is due and the law knows of none: it is tried again later, ever more rarely."""


def climbed(stood: Stood, known: Organisation, beyond: Beyond, rungs: int | None = None) -> Change:
    """The rungs due by the moment the case was read, the oldest first, all or so many; raises NothingToClimb."""
    change = Change.of(stood, known)
    while not enough(change, rungs) and (due := next_due(change)):
        step(change, due, facts_of(change, beyond))
    if not change.decisions:
        clocks = with_next(change.procedure, change.after, known.calendar, change.after.clocks)
        change.after = replace(change.after, clocks=clocks)
        if not change.clock_rows():
            raise NothingToClimb(stood.no)
    return change


def enough(change: Change, rungs: int | None) -> bool:
    """What follows from an act, and what has to be on a register first, comes before the next rung."""
    last = change.decisions[-1] if change.decisions else None
    return len(change.decisions) == rungs or bool(last and (last.impulses or last.opened or last.entered))


def facts_of(change: Change, beyond: Beyond) -> Facts:
    stood = change.stood
    facts = change.organisation.facts(stood.procedure.id, change.after.unit, today(stood.now), beyond.linked)
    return replace(facts, outside=beyond.outside)


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
    facts = facts_for(session, stood, {}, change.organisation, writing=True)
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


def open_from(session: Session, impulse: Row[Any]) -> str:
    """The number of the case that another one asked for; that other one stays as it is and is not waited for."""
    body = impulse.body
    by = Actor(**body["by"])
    try:
        return open_case(
            session, PROCEDURES[body["procedure"]], impulse.trigger, body["form"], actor=by,
            unit=body.get("unit") or by.unit or impulse.unit_id, opened_from=impulse.case_id,
            asked_at=impulse.created_at,
        ).no  # fmt: skip
    except Refused as refused:
        return there_already(refused)


def there_already(refused: Refused) -> str:
    """Asked for twice, a case of which there is one is the same case; any other refusal is a fault to be noted."""
    same = [each for each in refused.refusals if each.code == "AlreadyOpen"]
    if len(same) != len(refused.refusals):
        raise refused
    return str(same[0].values["no"])
