"""The limit of figure 1: accepting a petition written for that alone, with the law asked as everywhere else.

SELECT FOR UPDATE, `decide()`, one writable statement, COMMIT. It leaves the rows that the road leaves, and knows
nothing of other acts, procedures, persons who may not see the case, or questions asked twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from bench.ground import Ground, actor
from models.audit import chained, hash_of_values
from models.organisation import Organisation, organisation
from workflow.calendar import today
from workflow.decide import decide
from workflow.decision import Decision
from workflow.procedures.petition import Petition
from workflow.record import dump_clock, dump_data, dump_form, dump_memory, load
from workflow.snapshot import Actor, CaseSnapshot, RunningClock

READ = """
SELECT c.id, c.no, c.procedure, c.definition, c.state, c."left", c.unit_id AS unit, c.version, c.seq, c.head, c.data,
    c.memory, c.filed_at, c.sealed_to, c.hidden_from, k.secret, linban_now() AS now,
    (SELECT jsonb_agg(body ORDER BY generation, number) FROM clocks WHERE case_id = c.id) AS clocks
FROM cases c JOIN case_keys k ON k.case_id = c.id WHERE c.no = %s FOR UPDATE OF c
"""
WRITE = """
WITH e AS (
    INSERT INTO events (case_id, seq, trigger, outcome, rung, from_state, to_state, actor, role, unit_id, recorded_by,
        recorded_role, acted_on, at, recorded_at, data_hash, prev, hash)
    VALUES (%(case_id)s, %(seq)s, %(trigger)s, %(outcome)s, %(rung)s, %(from_state)s, %(to_state)s, %(actor)s, %(role)s,
        %(unit_id)s, %(recorded_by)s, %(recorded_role)s, %(acted_on)s, %(at)s, %(recorded_at)s, %(data_hash)s,
        %(prev)s, %(hash)s) RETURNING id
), v AS (
    INSERT INTO event_values (event_id, "values") SELECT id, %(values)s FROM e
), k AS (
    INSERT INTO clocks (case_id, clock, code, number, generation, status, started_on, due_on, due_at, next_at,
        provisional, body)
    SELECT %(case_id)s, * FROM unnest(%(clock)s::text[], %(code)s::text[], %(number)s::bigint[],
        %(generation)s::bigint[], %(status)s::text[], %(started_on)s::date[], %(due_on)s::date[],
        %(due_at)s::timestamptz[], %(next_at)s::timestamptz[], %(provisional)s::boolean[], %(body)s::jsonb[])
    ON CONFLICT (case_id, clock, number, generation) DO UPDATE SET status = excluded.status,
        next_at = excluded.next_at, body = excluded.body
), d AS (
    INSERT INTO documents (case_id, seq, document, label, to_roles, text, issued_at)
    VALUES (%(case_id)s, %(seq)s, %(paper)s, %(label)s, '{petitioner}', %(text)s, %(at)s)
), n AS (
    INSERT INTO notices (case_id, seq, role, channel, what, title, dedup_key, created_at, deliver_after)
    VALUES (%(case_id)s, %(seq)s, 'petitioner', 'page', %(paper)s, %(label)s,
        %(case_id)s || ':' || %(seq)s || ':petitioner:page', %(at)s, %(at)s)
)
UPDATE cases SET state = %(to_state)s, version = version + 1, seq = %(seq)s, head = %(hash)s, data = %(data)s,
    memory = %(memory)s, caseworker_id = %(caseworker)s, due_at = %(case_due_at)s, due_code = %(case_due_code)s
WHERE id = %(case_id)s
"""
CLOCK_COLUMNS = (
    "code", "number", "generation", "status", "started_on", "due_on", "due_at", "next_at", "provisional"
)  # fmt: skip
FORM = {"route": 6}


@dataclass(frozen=True)
class Desk:
    """A connection, and the world as it was read once."""

    connection: psycopg.Connection[Any]
    officer: Actor
    known: Organisation


def desk(ground: Ground, login: str) -> Desk:
    plain_url = ground.url.replace("postgresql+psycopg://", "postgresql://")
    options = f"-c timezone=UTC -c search_path={ground.schema}"
    with ground.sessions()() as session:
        officer, known = actor(session, login, "caseworker"), organisation(session)
    return Desk(psycopg.connect(plain_url, options=options, row_factory=dict_row), officer, known)


def accept(at: Desk, no: str) -> None:
    row = at.connection.execute(READ, (no,)).fetchone()
    assert row is not None, "a case that was made for this"
    decision = decided(at, load(Petition, {**row, "id": no}), row["now"])
    at.connection.execute(WRITE, written(decision, row))
    at.connection.commit()


def decided(at: Desk, snapshot: CaseSnapshot, now: datetime) -> Decision:
    facts = at.known.facts(Petition.id, snapshot.unit, today(now))
    return decide(Petition, snapshot, "accept", FORM, by=at.officer, now=now, facts=facts)


def written(decision: Decision, row: dict[str, Any]) -> dict[str, Any]:
    after, (paper,) = decision.after, decision.documents
    data, due = dump_data(Petition, after.data), first_due(after)
    values = {
        "form": dump_form(Petition, decision.form),
        "file": {name: value for name, value in data.items() if row["data"].get(name) != value},
    }
    event = event_of(decision, row, hash_of_values(row["secret"], values))
    event["hash"] = chained(row["no"], row["head"], event)
    return event | clocks_of(decision) | {
        "values": Jsonb(values), "data": Jsonb(data), "memory": Jsonb(dump_memory(Petition, after)),
        "caseworker": int(data["caseworker"]), "case_due_at": due.due_at, "case_due_code": due.code, "paper": paper.id,
        "label": paper.label, "text": paper.text,
    }  # fmt: skip


def event_of(decision: Decision, row: dict[str, Any], data_hash: bytes) -> dict[str, Any]:
    by = decision.by
    return {
        "case_id": row["id"], "seq": decision.after.seq, "trigger": decision.trigger, "outcome": decision.outcome,
        "rung": "", "from_state": decision.before.state, "to_state": decision.after.state, "actor": by.person,
        "role": by.role, "unit_id": by.unit, "recorded_by": by.person, "recorded_role": by.role,
        "acted_on": decision.on, "at": decision.at, "recorded_at": row["now"], "supersedes": None,
        "data_hash": data_hash, "prev": row["head"],
    }  # fmt: skip


def clocks_of(decision: Decision) -> dict[str, Any]:
    """Those that have changed, column by column."""
    before = set(decision.before.clocks)
    changed = [clock for clock in decision.after.clocks if clock not in before]
    found: dict[str, Any] = {name: [getattr(clock, name) for clock in changed] for name in CLOCK_COLUMNS}
    return found | {"clock": [clock.id for clock in changed], "body": [Jsonb(dump_clock(clock)) for clock in changed]}


def first_due(snapshot: CaseSnapshot) -> RunningClock:
    return min((clock for clock in snapshot.clocks if clock.is_live), key=lambda clock: clock.due_at)
