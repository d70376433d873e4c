"""Cases that the definitions of this program could no longer lead on, or show: they stop it before it starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from workflow.registry import Version
from workflow.words.procedure import Procedure

STANDING = text("""
SELECT procedure, definition, state, "left", count(*) AS cases, min(no) AS first FROM cases
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
""")
CLOCKS = text("""
SELECT c.procedure, coalesce(nullif(k.body ->> 'definition', ''), c.definition) AS definition, k.clock,
    k.body ->> 'text' AS text, count(*) AS cases, min(c.no) AS first
FROM clocks k JOIN cases c ON c.id = k.case_id GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
""")


def stranded(session: Session, known: Mapping[Version, type[Procedure]]) -> Iterator[str]:
    """One sentence a procedure, a version, a state or a clock that cases need and that is no longer there."""
    for row in session.execute(STANDING):
        procedure = known.get((row.procedure, row.definition))
        states = procedure.states if procedure else {}
        if procedure is None and all(id_ != row.procedure for id_, _ in known):
            yield told(row, row.procedure, "没有这个程序", "no such procedure")
        elif procedure is None:
            yield told(row, f"{row.procedure} {row.definition}", "没有这个版本", "no such version")
        elif missing := [state for state in (row.state, row.left) if state and state not in states]:
            yield told(row, f"{row.procedure}.{missing[0]}", "没有这个状态", "no such state")
    for row in session.execute(CLOCKS):
        procedure = known.get((row.procedure, row.definition))
        if procedure and len(procedure.clocks.get(row.clock, ())) <= int(row.text or 0):
            yield told(row, f"{row.procedure}.{row.clock}", "没有这个期限", "no such clock")


def told(row: Row[Any], what: str, chinese: str, english: str) -> str:
    return f"{what}: {row.cases} 件（如 {row.first}），{chinese} / {row.cases} cases, {english}"
