"""One statement writes all that an act leaves behind; its parts are joined as they are needed and kept.

Each part takes its rows as one JSON text, so that one case or five hundred are one round trip. Rows that have rows or
bodies within them are read as `jsonb`, which is parsed once; flat ones as `json`, which is quicker then.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from models.audit import written
from models.casework.renaming import BEFORE
from models.outside import blinded

Rows = dict[str, list[dict[str, Any]]]

CASES = """
    UPDATE cases SET definition = n.definition, state = n.state, "left" = n."left", unit_id = n.unit_id,
        city_id = u.city_id, district_id = u.district_id, street_id = u.street_id, community_id = u.community_id,
        branch_id = u.branch_id,
        version = n.version, seq = n.seq, head = n.head, title = n.title, data = coalesce(n.data, cases.data),
        memory = coalesce(n.memory, cases.memory), caseworker_id = n.caseworker_id, due_at = n.due_at,
        due_code = n.due_code, paused_on = n.paused_on, is_open = n.is_open, sealed_to = n.sealed_to,
        hidden_from = n.hidden_from, marks = n.marks, once_key = n.once_key
    FROM json_to_recordset(CAST(:cases AS json)) AS n(
        id bigint, definition text, state text, "left" text, unit_id text, version bigint, seq bigint, head bytea,
        title text, data jsonb, memory jsonb, caseworker_id bigint, due_at timestamptz, due_code text, paused_on date,
        is_open boolean, sealed_to text[], hidden_from text, marks text[], once_key text
    ) JOIN units u ON u.id = n.unit_id
    WHERE cases.id = n.id
"""
EVENTS = """
    INSERT INTO events (case_id, seq, trigger, outcome, rung, from_state, to_state, actor, role, unit_id, recorded_by,
        recorded_role, acted_on, at, recorded_at, supersedes, data_hash, prev, hash)
    SELECT case_id, seq, trigger, outcome, rung, from_state, to_state, actor, role, unit_id, recorded_by,
        recorded_role, acted_on, at, recorded_at, supersedes, data_hash, prev, hash
    FROM json_to_recordset(CAST(:events AS json)) AS n(
        case_id bigint, seq bigint, trigger text, outcome text, rung text, from_state text, to_state text, actor text,
        role text, unit_id text, recorded_by text, recorded_role text, acted_on date, at timestamptz,
        recorded_at timestamptz, supersedes timestamptz, data_hash bytea, prev bytea, hash bytea
    )
    RETURNING id, case_id, seq
"""
VALUES = """
    INSERT INTO event_values (event_id, "values")
    SELECT events_.id, n."values" FROM json_to_recordset(CAST(:event_values AS json)) AS n(
        case_id bigint, seq bigint, "values" jsonb
    ) JOIN events_ USING (case_id, seq)
"""
CLOCKS = """
    INSERT INTO clocks (case_id, clock, code, number, generation, status, started_on, due_on, due_at, next_at,
        provisional, body)
    SELECT case_id, b.id, code, number, generation, status, started_on, due_on, due_at, next_at, provisional, body
    FROM jsonb_to_recordset(CAST(:clocks AS jsonb)) AS n(case_id bigint, body jsonb), jsonb_to_record(n.body) AS b(
        id text, code text, number bigint, generation bigint, status text, started_on date, due_on date,
        due_at timestamptz, next_at timestamptz, provisional boolean
    )
    ON CONFLICT (case_id, clock, number, generation) DO UPDATE SET code = excluded.code, status = excluded.status,
        started_on = excluded.started_on, due_on = excluded.due_on, due_at = excluded.due_at,
        next_at = excluded.next_at, provisional = excluded.provisional, body = excluded.body,
        attempts = 0, not_before = NULL, last_error = '', dead_at = NULL
    RETURNING id, case_id, clock, number, generation
"""
RUNGS = """
    INSERT INTO rungs (clock_id, generation, dating, rung, seq, due_at, climbed_at)
    SELECT clocks_.id, generation, n.dating, n.rung, n.seq, n.due_at, n.climbed_at
    FROM json_to_recordset(CAST(:rungs AS json)) AS n(
        case_id bigint, clock text, number bigint, generation bigint, dating bigint, rung text, seq bigint,
        due_at timestamptz, climbed_at timestamptz
    ) JOIN clocks_ USING (case_id, clock, number, generation)
"""
DOCUMENTS = """
    INSERT INTO documents (case_id, seq, document, label, to_roles, only_for, text, issued_at)
    SELECT case_id, seq, document, label, to_roles, only_for, text, issued_at
    FROM json_to_recordset(CAST(:documents AS json)) AS n(
        case_id bigint, seq bigint, document text, label text, to_roles text[], only_for text[], text text,
        issued_at timestamptz
    )
"""
NOTICES = """
    INSERT INTO notices (case_id, seq, role, person_id, unit_id, channel, address, what, title, clock, due_at,
        dedup_key, created_at, deliver_after)
    SELECT case_id, seq, role, person_id, unit_id, channel, address, what, title, clock, due_at, dedup_key,
        created_at, created_at
    FROM jsonb_to_recordset(CAST(:notices AS jsonb)) AS n(
        case_id bigint, seq bigint, role text, unit_id text, what text, title text, clock text, due_at timestamptz,
        created_at timestamptz, "to" jsonb
    ), jsonb_to_recordset(n."to") AS t(person_id bigint, channel text, address text, dedup_key text)
"""
IMPULSES = """
    INSERT INTO impulses (case_id, kind, trigger, reason, on_day, body, key, created_at)
    SELECT c.id, n.kind, n.trigger, n.reason, n.on_day, n.body, n.key, n.created_at
    FROM json_to_recordset(CAST(:impulses AS json)) AS n(
        no text, kind text, trigger text, reason text, on_day date, body jsonb, key text, created_at timestamptz
    ) JOIN cases c ON c.no = n.no
    ON CONFLICT (key) DO NOTHING
"""
# Cases that name one that has moved are asked what now follows by itself, each in a transaction of its own.
FOLLOWERS = """
    INSERT INTO impulses (case_id, kind, reason, on_day, key, created_at)
    SELECT l.case_id, 'follow', n.key, n.on_day, n.key || ':' || l.case_id, n.created_at
    FROM json_to_recordset(CAST(:followers AS json)) AS n(
        case_id bigint, key text, on_day date, created_at timestamptz, procedures text[]
    ) JOIN links l ON l.to_case_id = n.case_id JOIN cases c ON c.id = l.case_id AND c.procedure = ANY(n.procedures)
    ON CONFLICT (key) DO NOTHING
"""
# Cases that count over the cases that name them are asked too, when one of those has moved.
HEEDERS = """
    INSERT INTO impulses (case_id, kind, reason, on_day, key, created_at)
    SELECT c.id, 'follow', n.key, n.on_day, n.key || ':' || c.id, n.created_at
    FROM json_to_recordset(CAST(:heeders AS json)) AS n(
        no text, key text, on_day date, created_at timestamptz, procedures text[]
    ) JOIN cases c ON c.no = n.no AND c.procedure = ANY(n.procedures)
    ON CONFLICT (key) DO NOTHING
"""
ENTRIES = """
    INSERT INTO entries (register, about, kind, key, since, until, amount, "values", case_id, seq, written_at)
    SELECT register, about, kind, key, since, until, amount, n."values", case_id, seq, written_at
    FROM json_to_recordset(CAST(:entries AS json)) AS n(
        register text, about text, kind text, key text, since date, until date, amount bigint, "values" jsonb,
        case_id bigint, seq bigint, written_at timestamptz
    )
"""
CODES = """
    INSERT INTO poll_codes (code_hash, case_id, poll)
    SELECT code_hash, case_id, poll
    FROM json_to_recordset(CAST(:codes AS json)) AS n(code_hash bytea, case_id bigint, poll text)
"""
ASKED = """
    INSERT INTO poll_counts (case_id, poll, answer, count)
    SELECT case_id, poll, '', count
    FROM json_to_recordset(CAST(:asked AS json)) AS n(case_id bigint, poll text, count bigint)
    ON CONFLICT (case_id, poll, answer) DO UPDATE SET count = poll_counts.count + excluded.count
"""
UNLINKED = """
    DELETE FROM links USING json_to_recordset(CAST(:unlinked AS json)) AS n(case_id bigint, field text, no text)
    JOIN cases c ON c.no = n.no
    WHERE links.case_id = n.case_id AND links.field = n.field AND links.to_case_id = c.id
"""
LINKED = """
    INSERT INTO links (case_id, field, to_case_id)
    SELECT n.case_id, n.field, c.id
    FROM json_to_recordset(CAST(:linked AS json)) AS n(case_id bigint, field text, no text) JOIN cases c ON c.no = n.no
    ON CONFLICT DO NOTHING
"""
KEYS = """
    INSERT INTO idempotency_keys (actor, key, request_hash, case_id, answer, created_at)
    SELECT actor, key, request_hash, case_id, answer, created_at
    FROM json_to_recordset(CAST(:keys AS json)) AS n(
        actor text, key text, request_hash bytea, case_id bigint, answer jsonb, created_at timestamptz
    )
"""
# Late acts take the place of acts of the clock: their rungs may be climbed anew, what was not yet said is not said.
SUPERSEDED_RUNGS = """
    DELETE FROM rungs USING clocks, json_to_recordset(CAST(:superseded AS json)) AS n(
        case_id bigint, since timestamptz, before bigint
    )
    WHERE clocks.case_id = n.case_id AND rungs.clock_id = clocks.id AND rungs.due_at >= n.since
        AND rungs.seq < n.before AND NOT jsonb_exists(clocks.body -> 'climbed', rungs.rung)
"""
SUPERSEDED_NOTICES = """
    UPDATE notices SET withdrawn_at = n.at
    FROM json_to_recordset(CAST(:superseded AS json)) AS n(
        case_id bigint, since timestamptz, before bigint, at timestamptz
    ) JOIN events e ON e.case_id = n.case_id AND e.role = 'clock' AND e.at >= n.since AND e.seq < n.before
    WHERE notices.case_id = e.case_id AND notices.seq = e.seq
        AND notices.delivered_at IS NULL AND notices.read_at IS NULL AND notices.withdrawn_at IS NULL
"""
PARTS = {
    "cases": CASES, "events": EVENTS, "event_values": VALUES, "clocks": CLOCKS, "rungs": RUNGS, "documents": DOCUMENTS,
    "notices": NOTICES, "impulses": IMPULSES, "followers": FOLLOWERS, "heeders": HEEDERS, "entries": ENTRIES,
    "codes": CODES, "asked": ASKED, "unlinked": UNLINKED, "linked": LINKED,
    "keys": KEYS,
}  # fmt: skip


@cache
def statement(parts: tuple[str, ...]) -> TextClause:
    """The parts as one statement; an act of a kind always has the same, so that PostgreSQL keeps its plan."""
    return text("WITH " + ",".join(f"{name}_ AS ({PARTS[name]})" for name in parts) + " SELECT 1")


def write(session: Session, written_rows: Iterable[Rows]) -> None:
    """All rows of all changes, in one statement; what must come before or after it in others, where there is any."""
    rows: Rows = defaultdict(list)
    for each in written_rows:
        for name, found in each.items():
            rows[name] += found
    for row in rows["cases"]:
        row["marks"] = [blinded(session, each) for each in row["marks"]]
        row["once_key"] = blinded(session, row["once_key"]) if row["once_key"] else None
    for name, first in BEFORE.items():
        if rows.get(name):
            session.execute(text(first), {"rows": as_json(rows[name])})
    parts = tuple(name for name in PARTS if rows.get(name))
    if parts:
        session.execute(statement(parts), {name: as_json(rows[name]) for name in parts})
    if rows.get("superseded"):
        superseded = as_json(rows["superseded"])
        session.execute(text(SUPERSEDED_RUNGS), {"superseded": superseded})
        session.execute(text(SUPERSEDED_NOTICES), {"superseded": superseded})


def in_json(value: Any) -> Any:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else written(value)


as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=in_json).encode
