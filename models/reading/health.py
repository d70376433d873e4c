"""What an operator must know of a running record: days not confirmed, work given up, work left lying."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

LATE = "5 minutes"
WAITS = f"dead_at IS NULL AND coalesce(not_before, '-infinity') <= linban_now() - interval '{LATE}'"
FIGURES = text(f"""
WITH today AS (SELECT (linban_now() AT TIME ZONE 'Asia/Shanghai')::date AS day)
SELECT today.day AS today,
    coalesce(
        (SELECT min(c.day) FROM calendar_days c WHERE NOT c.confirmed AND c.day >= today.day),
        (SELECT max(c.day) + 1 FROM calendar_days c), today.day
    ) AS first_in_doubt,
    (SELECT count(*) FROM clocks WHERE dead_at IS NOT NULL)
        + (SELECT count(*) FROM impulses WHERE dead_at IS NOT NULL) AS given_up,
    (SELECT count(*) FROM notices WHERE dead_at IS NOT NULL) AS letters_given_up,
    (SELECT count(*) FROM clocks WHERE next_at <= linban_now() - interval '{LATE}' AND {WAITS})
        + (SELECT count(*) FROM impulses
           WHERE done_at IS NULL AND created_at <= linban_now() - interval '{LATE}' AND {WAITS}) AS left_lying
FROM today
""")
REVIVE = "SET dead_at = NULL, attempts = 0, not_before = NULL WHERE dead_at IS NOT NULL"


@dataclass(frozen=True)
class Health:
    """`first_in_doubt`: the first day from today on that no notice has settled. Counts are of rows."""

    today: date
    first_in_doubt: date
    given_up: int
    letters_given_up: int
    left_lying: int


def health(session: Session) -> Health:
    return Health(*session.execute(FIGURES).one())


def revive(session: Session) -> None:
    """What was given up after ten tries is tried again from the first."""
    for table in ("clocks", "impulses", "notices"):
        session.execute(text(f"UPDATE {table} {REVIVE}"))
