"""A new arrangement of holidays on many cases: due days move by an event, other marks without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.casework.change import Change
from models.casework.notices import Row, digested
from models.casework.statements import Rows, write
from models.organisation import Organisation, organisation
from models.snapshots import Stood, rows_of
from models.snapshots import stood as stood_of
from workflow.calendar import today
from workflow.recounting import recounted_case, refreshed

AT_ONCE = 500
LOCK = text("SELECT FROM cases WHERE id = ANY(:ids) ORDER BY id FOR UPDATE")


def recount(session: Session, ids: list[int], *, cause: Mapping[str, Any]) -> None:
    """Dates the cases by the calendar as this transaction sees it; `cause` is kept with each event.

    The event is the clock's own: whoever loaded the notice has not worked on the case, and must not come to see it
    by that. A member of staff is told once of all his cases.
    """
    to_staff: list[tuple[str, Row]] = []
    for some in batches(ids, AT_ONCE):
        session.execute(LOCK, {"ids": some})
        stoods = [stood_of(row) for row in rows_of(session, some)]
        known = organisation(session, stoods[0].stamps)
        rows = {stood.no: recounted(stood, known, cause).rows() for stood in stoods}
        to_staff += [(no, row) for no, own in rows.items() for row in held_back(own)]
        write(session, rows.values())
    write(session, [{"notices": digested(to_staff)}])


def held_back(rows: Rows) -> list[Row]:
    """The notices to persons, taken out of what is written now."""
    told = rows.get("notices", [])
    rows["notices"] = [{**row, "to": [to for to in row["to"] if not to["person_id"]]} for row in told]
    return [{**row, "to": [to for to in row["to"] if to["person_id"]]} for row in told]


def batches(ids: list[int], size: int) -> Iterator[list[int]]:
    return (ids[n : n + size] for n in range(0, len(ids), size))


def recounted(stood: Stood, known: Organisation, cause: Mapping[str, Any]) -> Change:
    """Where no due day moves, `provisional` and the next rung may change, and nothing else."""
    change = Change.of(stood, known)
    facts = known.facts(stood.procedure.id, stood.snapshot.unit, today(stood.now))
    decision = recounted_case(stood.procedure, stood.snapshot, facts, stood.now, cause=cause)
    if decision:
        change.add(decision)
    else:
        clocks = refreshed(stood.procedure, stood.snapshot, known.calendar, stood.now).clocks
        change.after = replace(change.after, clocks=clocks)
    return change
