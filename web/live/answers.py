"""What the record says has happened, in the words of a rehearsal on paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import db
from models.snapshots import read_case
from web.live.names import Names
from workflow.calendar import SHANGHAI
from workflow.expectations import shown
from workflow.registry import definition
from workflow.snapshot import CaseSnapshot

Answer = dict[str, Any]

EVENTS = text("""
    SELECT e.id, c.no, c.procedure, c.unit_id AS unit, e.seq, e.trigger, e.rung, e.outcome, e.at, parent.no AS parent
    FROM events e JOIN cases c ON c.id = e.case_id LEFT JOIN cases parent ON parent.id = c.opened_from_id
    WHERE e.id > :last ORDER BY e.id
""")
PAPERS = text("""
    SELECT d.label FROM documents d JOIN cases c ON c.id = d.case_id WHERE c.no = :no AND d.seq = :seq ORDER BY d.id
""")
TOLD = text("""
    SELECT n.role, n.what FROM notices n JOIN cases c ON c.id = n.case_id
    WHERE c.no = :no AND n.seq = :seq GROUP BY n.role, n.what ORDER BY min(n.id)
""")
OPENINGS = text("""
    SELECT count(*) FROM impulses i JOIN cases c ON c.id = i.case_id WHERE c.no = :no AND i.kind = 'open'
""")


class Answers:
    """Grows by every event that was not told before."""

    def __init__(self, factory: db.Sessions, names: Names) -> None:
        self.factory, self.names = factory, names
        self.all: list[Answer] = []
        self.openings: dict[str, int] = {}
        self.last_event = 0

    def read(self, at: datetime, n: int | None, by: str) -> None:
        with self.factory() as session:
            for row in session.execute(EVENTS, {"last": self.last_event}).all():
                self.last_event = row.id
                self.tell(session, row, at, n, by)

    def tell(self, session: Session, row: Any, at: datetime, n: int | None, by: str) -> None:
        name = self.names.of_case(row.no, row.parent, series_at=f"{row.procedure}.{row.unit}")
        where = {"no": row.no, "seq": row.seq}
        told = [{"role": role, "what": what} for role, what in session.execute(TOLD, where)]
        self.add(
            n, (row.at if row.rung else at).astimezone(SHANGHAI), name, by, row.trigger, outcome=row.outcome,
            documents=list(session.execute(PAPERS, where).scalars()), told=told,
            opened=self.opened(session, name, row.no),
        )  # fmt: skip

    def opened(self, session: Session, name: str, no: str) -> list[str]:
        """Names of the cases that this event has asked to open."""
        asked = session.execute(OPENINGS, {"no": no}).scalar_one()
        before, self.openings[name] = self.openings.get(name, 0), asked
        return [f"{name}.{number}" for number in range(before + 1, asked + 1)]

    def add(self, n: int | None, at: datetime, case: str, by: str, do: str, **more: Any) -> None:
        stands = self.snapshot(case)
        deadlines = shown(definition(stands.procedure, stands.definition), stands, at) if stands else {}
        step = {"n": n, "at": at.isoformat(), "case": case, "by": by, "do": do, "outcome": more.pop("outcome")}
        self.all.append(step | {"state": stands.state if stands else "", "deadlines": deadlines} | more)

    def snapshot(self, name: str) -> CaseSnapshot | None:
        if name not in self.names.numbers:
            return None
        with self.factory() as session:
            return read_case(session, self.names.numbers[name]).snapshot
