"""What happened to a case, in order, with the names of those who did it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from workflow.decision import version_before

TIMELINE = text("""
SELECT e.seq, e.trigger, e.outcome, e.rung, e.from_state, e.to_state, e.actor, coalesce(a.name, '') AS actor_name,
    e.role, e.unit_id, e.recorded_by, coalesce(r.name, '') AS recorder_name, e.recorded_role, e.acted_on, e.at,
    e.recorded_at,
    EXISTS (
        SELECT FROM events late WHERE late.case_id = e.case_id AND late.seq > e.seq AND late.supersedes <= e.at
            AND e.role = 'clock' AND split_part(e.rung, ':', 1) NOT IN ('calendar', 'definition')
    ) AS superseded,
    ARRAY(SELECT d.label FROM documents d WHERE d.case_id = e.case_id AND d.seq = e.seq ORDER BY d.id) AS documents,
    ARRAY(
        SELECT o.no FROM impulses i JOIN cases o ON o.id = i.opened_id
        WHERE i.case_id = e.case_id AND i.kind = 'open' AND (i.body ->> 'seq')::bigint = e.seq ORDER BY o.id LIMIT 3
    ) AS opened,
    (
        SELECT count(*) FROM impulses i
        WHERE i.case_id = e.case_id AND i.opened_id IS NOT NULL AND (i.body ->> 'seq')::bigint = e.seq
    ) AS opened_count,
    (SELECT definition FROM cases WHERE id = :case_id) AS definition
FROM events e
LEFT JOIN people a ON a.id = CASE WHEN e.actor ~ '^[0-9]{1,18}$' THEN e.actor::bigint END
LEFT JOIN people r ON r.id = CASE WHEN e.recorded_by ~ '^[0-9]{1,18}$' THEN e.recorded_by::bigint END
WHERE e.case_id = :case_id ORDER BY e.seq
""")


@dataclass(frozen=True)
class Happened:
    """One event. `superseded`: done by the clock, and void since a timely act was entered late.

    `opened` are the numbers of the first cases that came of it, of `opened_count` in all;
    `definition` is the version the case stood under afterwards.
    """

    seq: int
    trigger: str
    outcome: str
    rung: str
    from_state: str
    to_state: str
    actor: str
    actor_name: str
    role: str
    unit: str
    recorded_by: str
    recorder_name: str
    recorded_role: str
    acted_on: date
    at: datetime
    recorded_at: datetime
    superseded: bool
    documents: list[str]
    opened: list[str]
    opened_count: int = 0
    definition: str = ""

    @property
    def is_rung(self) -> bool:
        """A reminder or an escalation, which moved nothing."""
        return self.rung == self.trigger


def timeline(session: Session, case_id: int) -> list[Happened]:
    found = [Happened(*row) for row in session.execute(TIMELINE, {"case_id": case_id})]
    versions = versions_of([each.rung for each in found], found[-1].definition if found else "")
    return [replace(each, definition=version) for each, version in zip(found, versions, strict=True)]


def versions_of(rungs: Sequence[str], now: str) -> list[str]:
    """The version after each event; `now` is the one after the last, and each change tells the one before it."""
    found = []
    for rung in reversed(rungs):
        found.append(now)
        now = version_before(rung) or now
    return found[::-1]
