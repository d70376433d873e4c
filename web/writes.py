"""How often a person may write over the interface in one minute, counted in the record for all processes together."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.db import apart
from web.problems import N_, Problem, fault

COUNT = text("""
INSERT INTO api_writes (person_id, minute, writes) VALUES (:person, date_trunc('minute', linban_now()), 1)
ON CONFLICT (person_id) DO UPDATE SET minute = excluded.minute,
    writes = CASE WHEN api_writes.minute = excluded.minute THEN api_writes.writes + 1 ELSE 1 END
RETURNING writes, ceil(extract(epoch FROM minute + interval '1 minute' - linban_now()))::int AS seconds
""")


def count(db: Session, person: str, at_most: int) -> None:
    """One more write of this person, whatever becomes of it; a Problem where it is one too many in this minute."""
    with apart(db) as own:
        found = own.execute(COUNT, {"person": int(person)}).one()
    if found.writes > at_most:
        told = N_("每分钟最多提交{limit}次，请{seconds}秒后再试。", limit=at_most, seconds=found.seconds)
        headers = {"Retry-After": str(found.seconds)}
        raise Problem(replace(fault("too-many-attempts", told, retry_after=found.seconds), headers=headers))
