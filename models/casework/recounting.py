"""A new arrangement of holidays on many cases: due days move by an event, other marks without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.casework.change import Change
from models.casework.statements import write
from models.organisation import Organisation, organisation
from models.snapshots import Stood, rows_of
from models.snapshots import stood as stood_of
from workflow.recounting import recounted_case, refreshed

LOCK = text("SELECT FROM cases WHERE id = ANY(:ids) ORDER BY id FOR UPDATE")


def recount(session: Session, ids: list[int], *, cause: Mapping[str, Any]) -> None:
    """Dates the cases by the calendar as this transaction sees it; `cause` is kept with each event.

    The event is the clock's own: whoever loaded the notice has not worked on the case, and must not come to see it
    by that.
    """
    session.execute(LOCK, {"ids": ids})
    stoods = [stood_of(row) for row in rows_of(session, ids)]
    known = organisation(session, stoods[0].stamps)
    write(session, [recounted(stood, known, cause).rows() for stood in stoods])


def recounted(stood: Stood, known: Organisation, cause: Mapping[str, Any]) -> Change:
    """Where no due day moves, `provisional` and the next rung may change, and nothing else."""
    change = Change.of(stood, known)
    decision = recounted_case(stood.procedure, stood.snapshot, known.calendar, stood.now, cause=cause)
    if decision:
        change.add(decision)
    else:
        clocks = refreshed(stood.procedure, stood.snapshot, known.calendar, stood.now).clocks
        change.after = replace(change.after, clocks=clocks)
    return change
