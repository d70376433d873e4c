"""Live cases that the definitions of this program could no longer lead on: they stop a deploy before it starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from workflow.words.procedure import Procedure

STANDING = text("""
SELECT procedure, state, "left", count(*) AS cases, min(no) AS first FROM cases
WHERE is_open GROUP BY 1, 2, 3 ORDER BY 1, 2
""")
RUNNING = text("""
SELECT c.procedure, k.clock, k.body ->> 'text' AS text, count(*) AS cases, min(c.no) AS first
FROM clocks k JOIN cases c ON c.id = k.case_id WHERE k.status <> 'ended' GROUP BY 1, 2, 3 ORDER BY 1, 2
""")


def stranded(session: Session, procedures: Mapping[str, type[Procedure]]) -> Iterator[str]:
    """One sentence a procedure, a state or a clock that live cases need and that is no longer there."""
    for row in session.execute(STANDING):
        procedure = procedures.get(row.procedure)
        states = procedure.states if procedure else {}
        if procedure is None:
            yield told(row, row.procedure, "没有这个程序", "no such procedure")
        elif missing := [state for state in (row.state, row.left) if state and state not in states]:
            yield told(row, f"{row.procedure}.{missing[0]}", "没有这个状态", "no such state")
    for row in session.execute(RUNNING):
        procedure = procedures.get(row.procedure)
        if procedure and len(procedure.clocks.get(row.clock, ())) <= int(row.text or 0):
            yield told(row, f"{row.procedure}.{row.clock}", "没有这个期限", "no such clock")


def told(row: Row[Any], what: str, chinese: str, english: str) -> str:
    return f"{what}: {row.cases} 件在办（如 {row.first}），{chinese} / {row.cases} running, {english}"
