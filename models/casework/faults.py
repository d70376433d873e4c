"""What could not be done: noted where it was due, tried again ever more rarely, dead at ten tries."""

from __future__ import annotations

import logging
from pathlib import Path
from traceback import extract_tb
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

log = logging.getLogger(__name__)

AGAIN_LATER = """
    attempts = attempts + 1, last_error = :error,
    not_before = linban_now() + make_interval(secs => least(power(2, attempts + 1), 3600)),
    dead_at = CASE WHEN attempts + 1 >= 10 THEN linban_now() END
"""
CLOCKS_AGAIN = text(
    f"UPDATE clocks SET {AGAIN_LATER} WHERE case_id = :id AND next_at <= linban_now() AND dead_at IS NULL"
)
IMPULSE_AGAIN = text(f"UPDATE impulses SET {AGAIN_LATER} WHERE id = :id")
SERIES_AGAIN = text(
    f"UPDATE series SET {AGAIN_LATER} WHERE (procedure, series, unit_id) = (:procedure, :series, :unit_id)"
)


def due(row: str) -> str:
    """The condition under which a row of that name may be tried."""
    return f"{row}.dead_at IS NULL AND ({row}.not_before IS NULL OR {row}.not_before <= linban_now())"


def in_short(error: Exception) -> str:
    """Kind and place of the fault only: its words may quote what a resident has written."""
    frames = extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return " ".join(filter(None, (type(error).__name__, getattr(getattr(error, "orig", None), "sqlstate", ""), place)))


def note(session: Session, statement: TextClause, error: Exception, **which: Any) -> None:
    told = in_short(error)
    noted: Any = session.execute(statement, {**which, "error": told})
    if noted.rowcount:  # otherwise another worker did it between the claim and the lock
        log.error("could not be done, will be tried again: %s %s", " ".join(map(str, which.values())), told)
