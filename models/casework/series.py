"""What the calendar opens: a row a series and unit says when; claimed, opened and turned over in one transaction."""

from __future__ import annotations

import json
import logging
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models import db
from models.casework.faults import SERIES_AGAIN, due, note
from models.casework.opening import open_case
from models.db import passes
from models.organisation import organisation
from workflow.calendar import today
from workflow.diary import opening
from workflow.refusals import Refused
from workflow.registry import PROCEDURES
from workflow.snapshot import CLOCK
from workflow.words.naming import id_of
from workflow.words.series import Series

log = logging.getLogger(__name__)

# Units without a row, and rows found by another law or another arrangement of holidays.
UNPLANNED = """
FROM json_to_recordset(CAST(:all AS json)) AS n(procedure text, series text, level text, period text)
JOIN units u ON u.level = n.level JOIN revisions r ON r.name = 'calendar'
LEFT JOIN series s ON (s.procedure, s.series, s.unit_id) = (n.procedure, n.series, u.id)
WHERE s.unit_id IS NULL OR s.period <> n.period OR s.calendar <> r.stamp
"""
FIND = text(f"SELECT n.procedure, n.series, n.period, u.id AS unit, r.stamp AS calendar, s.since {UNPLANNED}")
PLAN = text("""
INSERT INTO series (procedure, series, unit_id, period, calendar, since, next_at)
VALUES (:procedure, :series, :unit, :period, :calendar, :since, :next_at)
ON CONFLICT (procedure, series, unit_id) DO UPDATE SET period = excluded.period, calendar = excluded.calendar,
    next_at = excluded.next_at, attempts = 0, not_before = NULL, last_error = '', dead_at = NULL
WHERE series.since = excluded.since
""")
SERIES_DUE = "s.next_at <= linban_now() AND " + due("s")
CLAIM = text(f"""
SELECT s.procedure, s.series, s.unit_id, s.next_at FROM series s
WHERE {SERIES_DUE} ORDER BY s.next_at LIMIT 1 FOR UPDATE SKIP LOCKED
""")
TURN = text("""
UPDATE series SET since = :since, next_at = :next_at, attempts = 0, not_before = NULL, last_error = :told
WHERE (procedure, series, unit_id) = (:procedure, :series, :unit_id)
""")
ANYTHING = text(f"SELECT EXISTS (SELECT FROM series s WHERE {SERIES_DUE}) OR EXISTS (SELECT {UNPLANNED})")


def anything_due(session: Session) -> bool:
    return bool(session.scalar(ANYTHING, {"all": all_series()}))


def all_series() -> str:
    return json.dumps(
        [
            {"procedure": procedure.id, "series": name, "level": series.each, "period": str(series.on)}
            for procedure in PROCEDURES.values()
            for name, series in procedure.series.items()
        ]
    )


def plan(session: Session) -> int:
    """Gives every unit its row, a new one from the day after today on; how many rows that were."""
    rows = session.execute(FIND, {"all": all_series()}).all()
    if rows:
        known, on = organisation(session).calendar, today(db.now(session))
        values = [{**row._mapping, "since": row.since or on} for row in rows]
        for value in values:
            period = PROCEDURES[value["procedure"]].series[value["series"]].on
            value["next_at"] = opening(period.after(value["since"], known))
        session.execute(PLAN, values)
    return len(rows)


def next_of_series(session: Session) -> bool:
    """Opens one case that is due; a fault is noted on its row and holds up no other."""
    row = session.execute(CLAIM).one_or_none()
    if row is None:
        return False
    key = {"procedure": row.procedure, "series": row.series, "unit_id": row.unit_id}
    try:
        with session.begin_nested():
            keep(session, row, key)
    except Exception as error:
        if isinstance(error, DBAPIError) and passes(error):
            raise
        note(session, SERIES_AGAIN, error, **key)
    return True


def keep(session: Session, row: Row[Any], key: dict[str, str]) -> None:
    """Opened as of the moment it was due, however late; what the law refuses is left to a person or the next period."""
    procedure = PROCEDURES[row.procedure]
    series: Series = procedure.series[row.series]
    told = ""
    try:
        with session.begin_nested():
            open_case(session, procedure, id_of(series.act), {}, actor=CLOCK, unit=row.unit_id, asked_at=row.next_at)
    except Refused as refused:
        told = " ".join(each.code for each in refused.refusals)
        log.info("not opened: %s %s", " ".join(key.values()), told)
    since = today(row.next_at)
    following = series.on.after(since, organisation(session).calendar)
    session.execute(TURN, {**key, "since": since, "next_at": opening(following), "told": told})
