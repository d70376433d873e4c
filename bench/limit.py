"""The limit of figure 4: two rungs of one ladder known beforehand, claimed in one SQL statement and climbed in another.

The claim is as safe as the road's: cases are locked, those that another has locked are skipped, what is due is read
after that, and two clocks of one case are chained in order. It leaves as many rows as the road, and asks no law.
"""

from __future__ import annotations

from typing import Any

import psycopg

from bench.ground import Ground

BATCH = 200  # cases; the road takes fewer, so that nobody waits long for one of them

CLAIM = """
SELECT DISTINCT id FROM (
    SELECT c.id FROM clocks k JOIN cases c ON c.id = k.case_id
    WHERE k.next_at <= linban_now() AND k.dead_at IS NULL AND (k.not_before IS NULL OR k.not_before <= linban_now())
    ORDER BY k.next_at LIMIT %(batch)s FOR UPDATE OF c SKIP LOCKED
) claimed
"""
CLIMB = """
WITH due AS (
    SELECT k.id AS clock_id, k.case_id, k.clock, k.code, k.generation, k.next_at, k.due_at, k.body, c.seq, c.head,
        c.state, c.unit_id, s.secret
    FROM clocks k JOIN cases c ON c.id = k.case_id JOIN case_keys s ON s.case_id = c.id
    WHERE c.id = ANY(%(ids)s) AND k.next_at <= linban_now()
), rung AS (
    SELECT *, seq + row_number() OVER of_case AS at_seq,
        CASE code WHEN 'D1' THEN 'warn:D1:1' ELSE 'overdue:D8a' END AS key,
        CASE code WHEN 'D1' THEN 'warn' ELSE 'overdue' END AS what,
        CASE code WHEN 'D1' THEN timestamptz '2025-09-12T09:00+08' END AS then_at,
        sha256(secret || '{"file":{},"form":{}}') AS data_hash
    FROM due WINDOW of_case AS (PARTITION BY case_id ORDER BY next_at)
), told AS MATERIALIZED (
    SELECT *, convert_to(jsonb_build_object('case', case_id, 'seq', at_seq, 'trigger', key, 'outcome', 'done',
        'state', state, 'at', next_at, 'recorded_at', linban_now(), 'data_hash', data_hash)::text, 'UTF8') AS entry
    FROM rung
), linked AS (
    SELECT *, coalesce(sha256(head || lag(entry) OVER of_case), head) AS prev
    FROM told WINDOW of_case AS (PARTITION BY case_id ORDER BY at_seq)
), chained AS (
    SELECT *, sha256(prev || entry) AS hash FROM linked
), e AS (
    INSERT INTO events (case_id, seq, trigger, outcome, rung, from_state, to_state, actor, role, unit_id, recorded_by,
        recorded_role, acted_on, at, recorded_at, data_hash, prev, hash)
    SELECT case_id, at_seq, key, 'done', key, state, state, 'clock', 'clock', '', 'clock', 'clock', next_at::date,
        next_at, linban_now(), data_hash, prev, hash FROM chained
    RETURNING id
), v AS (
    INSERT INTO event_values (event_id, "values") SELECT id, '{"form": {}, "file": {}}' FROM e
), r AS (
    INSERT INTO rungs (clock_id, generation, dating, rung, seq, due_at, climbed_at)
    SELECT clock_id, generation, 1, key, at_seq, next_at, linban_now() FROM chained
), k AS (
    UPDATE clocks SET next_at = then_at, body = clocks.body || jsonb_build_object(
        'next_at', then_at, 'climbed', (clocks.body -> 'climbed') || to_jsonb(key)
    ) FROM chained WHERE clocks.id = clock_id
), n AS (
    INSERT INTO notices (case_id, seq, role, person_id, unit_id, channel, address, what, title, clock, due_at,
        dedup_key, created_at, deliver_after)
    SELECT case_id, at_seq, 'caseworker', p.person_id, p.unit_id, by.channel, by.address, what, clock || what, code,
        due_at, case_id || ':' || at_seq || ':' || what || ':caseworker:' || p.person_id || ':' || by.channel,
        linban_now(), linban_now()
    FROM chained JOIN posts p ON p.role = 'caseworker' AND p.unit_id = chained.unit_id
        JOIN accounts a ON a.person_id = p.person_id,
        LATERAL (VALUES ('inbox', ''), ('email', a.email)) by(channel, address)
), c AS (
    UPDATE cases SET seq = at_seq, head = hash
    FROM (SELECT DISTINCT ON (case_id) case_id, at_seq, hash FROM chained ORDER BY case_id, at_seq DESC) last
    WHERE cases.id = case_id
)
SELECT count(*) FROM chained
"""


def connected(ground: Ground) -> psycopg.Connection[Any]:
    plain_url = ground.url.replace("postgresql+psycopg://", "postgresql://")
    return psycopg.connect(plain_url, options=f"-c timezone=UTC -c search_path={ground.schema}")


def climb_due(connection: psycopg.Connection[Any]) -> int:
    """A batch in one transaction; how many cases were claimed. What is read is read after the lock."""
    ids = [id_ for (id_,) in connection.execute(CLAIM, {"batch": BATCH}, prepare=True)]
    if ids:
        connection.execute(CLIMB, {"ids": ids}, prepare=True)
    connection.commit()
    return len(ids)
