"""The chain of a case: each event carries the hash of the one before, and a keyed hash of its values.

A chain shows a change to whoever has kept an earlier hash; it does not stop somebody who re-chains the whole tail.
Values stand outside it, under a key of their own case, so that they can be erased and the chain still holds.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from models.tables import Case, CaseKey, Event, EventValues

CHAINED = (
    "seq", "trigger", "outcome", "rung", "from_state", "to_state", "actor", "role", "unit_id", "recorded_by",
    "recorded_role", "acted_on", "at", "recorded_at", "supersedes", "data_hash",
)  # fmt: skip


@dataclass(frozen=True)
class Break:
    """Where the record of a case does not hold, and what was found there."""

    seq: int
    what: str


def canonical(value: Any) -> bytes:
    """RFC 8785 for what is used here: keys in order, no spaces, moments in UTC, no fractions of a number."""
    return IN_ORDER.encode(value).encode()


@lru_cache(maxsize=1024)  # a moment stands in many rows of a case, and the moments of a clock in many cases
def in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def written(value: Any) -> str:
    if isinstance(value, datetime):
        return in_utc(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no place in an event")


IN_ORDER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=written
)  # fmt: skip


def hash_of_values(secret: bytes, values: Mapping[str, Any]) -> bytes:
    return hmac.digest(secret, canonical(values), "sha256")


def chained(no: str, prev: bytes, event: Mapping[str, Any]) -> bytes:
    """The hash of an event after `prev`, the hash of the event before it (empty for the first)."""
    entry = {"v": 1, "case": no} | {name: event[name] for name in CHAINED}
    return sha256(b"\x00" + prev + canonical(entry)).digest()


def verify(session: Session, case: int | str) -> list[Break]:
    """Every break in the record of one case, by its id or number; an empty list where it holds."""
    which = Case.no == case if isinstance(case, str) else Case.id == case
    found = session.execute(
        select(Case.id, Case.no, Case.state, Case.seq, Case.head, CaseKey.secret)
        .outerjoin(CaseKey, CaseKey.case_id == Case.id)
        .where(which)
    ).one()
    rows = session.execute(
        select(Event.__table__, EventValues.values.label("values"))
        .outerjoin(EventValues, EventValues.event_id == Event.id)
        .where(Event.case_id == found.id)
        .order_by(Event.seq)
    ).all()
    return [*links(found, rows), *end(found, rows)]


def links(case: Any, rows: Sequence[Row[Any]]) -> Iterator[Break]:
    prev, state = b"", ""
    for number, row in enumerate(rows, 1):
        event = row._mapping
        if row.seq != number:
            yield Break(number, "missing")
            return
        if row.prev != prev:
            yield Break(row.seq, "prev")
        if row.hash != chained(case.no, row.prev, row._asdict()):
            yield Break(row.seq, "hash")
        if row.from_state != state and not row.supersedes:
            yield Break(row.seq, "state")
        known = case.secret is not None and event["values"] is not None  # otherwise they have been erased
        if known and row.data_hash != hash_of_values(case.secret, event["values"]):
            yield Break(row.seq, "values")
        prev, state = row.hash, row.to_state


def end(case: Any, rows: Sequence[Row[Any]]) -> Iterator[Break]:
    """The case must stand where its last event left it."""
    last = rows[-1] if rows else None
    if last is None or (case.seq, case.head, case.state) != (last.seq, last.hash, last.to_state):
        yield Break(case.seq, "case")
