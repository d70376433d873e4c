"""What lists show and sort by, worked out from the case as an act leaves it."""

from __future__ import annotations

from typing import Any

from workflow.snapshot import CaseSnapshot, RunningClock
from workflow.words.procedure import Procedure

TITLE = 60


def listed(procedure: type[Procedure], snapshot: CaseSnapshot) -> dict[str, Any]:
    """Columns of `cases`: title, first duty of the office that is due, a pause, whether anything is left to do."""
    duties = [row for row in snapshot.clocks if row.is_live and binds(procedure, row)]
    first = min((row for row in duties if row.status != "paused"), key=lambda row: (row.due_at, row.code), default=None)
    paused = [row.paused_on for row in duties if row.paused_on]
    return {
        "title": title(procedure, snapshot),
        "due_at": first.due_at if first else None,
        "due_code": first.code if first else "",
        "paused_on": min(paused, default=None),
        "is_open": bool(duties) or not procedure.states[snapshot.state].final,
    }


def binds(procedure: type[Procedure], row: RunningClock) -> bool:
    """A duty of the office, which can become overdue; a resident's window cannot."""
    return procedure.clock(row.id, row.text).overdue_after


def title(procedure: type[Procedure], snapshot: CaseSnapshot) -> str:
    """The first sentence of what the case is about, on one line."""
    titled = (procedure.titled.id,) if procedure.titled else ("title", "content")
    about = next((said for name in titled if (said := snapshot.data.get(name))), procedure.label)
    words = " ".join(str(about).split()).partition("。")[0] or procedure.label
    return words if len(words) <= TITLE else f"{words[: TITLE - 1]}…"
