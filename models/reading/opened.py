"""Cases that one case has asked to open: how many there are by now, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

ASKED = text("""
SELECT count(*) AS asked, count(*) FILTER (WHERE done_at IS NOT NULL) AS done,
    count(*) FILTER (WHERE dead_at IS NOT NULL) AS dead
FROM impulses WHERE case_id = :id AND kind = 'open'
""")
STATES = text("SELECT procedure, state, count(*) FROM cases WHERE opened_from_id = :id GROUP BY procedure, state")


@dataclass(frozen=True)
class Opened:
    """`dead` could not be opened and wait for an operator; `states` are numbers by procedure and state."""

    asked: int
    done: int
    dead: int
    states: Mapping[tuple[str, str], int]

    @property
    def going_on(self) -> bool:
        return self.done + self.dead < self.asked


def opened(session: Session, case_id: int) -> Opened:
    asked, done, dead = session.execute(ASKED, {"id": case_id}).one()
    rows = session.execute(STATES, {"id": case_id}) if asked else ()
    return Opened(asked, done, dead, {(procedure, state): count for procedure, state, count in rows})
