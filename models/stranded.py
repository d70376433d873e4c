"""Cases that the definitions of this program could no longer lead on, or show: they stop it before it starts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from workflow.proving.contradiction import on_line
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
NAMED = """
SELECT c.procedure, c.definition, name, count(*) AS cases, min(c.no) AS first
FROM cases c, {names} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
LINES = text(NAMED.format(names="jsonb_object_keys(c.data) AS name"))
SIGNED = text(NAMED.format(names="jsonb_object_keys(coalesce(c.memory -> 'signing', '{}')) AS name"))
FOLLOWING = text(
    NAMED.format(
        names="""LATERAL (
    SELECT i.trigger AS name FROM impulses i WHERE i.case_id = c.id AND i.kind = 'act' AND i.done_at IS NULL
) AS waiting"""
    )
)

Known = Mapping[Version, type[Procedure]]
Names = Callable[[type[Procedure]], Collection[str]]


def stranded(session: Session, known: Known) -> Iterator[str]:
    """One sentence for each version and each name in it that cases need and that is no longer there."""
    yield from without_a_place(session, known)
    yield from without_their_clocks(session, known)
    for query, names, chinese, english in (
        (LINES, lines, "没有这一项，下次办理会丢失", "no such line: it would be lost with the next act"),
        (SIGNED, acts, "没有这一步，还在等下一位签字", "no such act, which waits for the next signature"),
        (FOLLOWING, acts, "没有这一步，还在等着自动办理", "no such act, which is about to follow by itself"),
    ):
        yield from unnamed(session.execute(query), known, names, (chinese, english))


def lines(procedure: type[Procedure]) -> Collection[str]:
    return procedure.fields


def acts(procedure: type[Procedure]) -> Collection[str]:
    return procedure.acts


def without_a_place(session: Session, known: Known) -> Iterator[str]:
    for row in session.execute(STANDING):
        procedure = known.get((row.procedure, row.definition))
        states = procedure.states if procedure else {}
        if procedure is None and all(id_ != row.procedure for id_, _ in known):
            yield told(row, row.procedure, "没有这个程序", "no such procedure")
        elif procedure is None:
            yield told(row, f"{row.procedure} {row.definition}", "没有这个版本", "no such version")
        elif missing := [state for state in (row.state, row.left) if state and state not in states]:
            yield at_its_file(procedure, told(row, f"{row.procedure}.{missing[0]}", "没有这个状态", "no such state"))


def without_their_clocks(session: Session, known: Known) -> Iterator[str]:
    for row in session.execute(CLOCKS):
        procedure = known.get((row.procedure, row.definition))
        if procedure and len(procedure.clocks.get(row.clock, ())) <= int(row.text or 0):
            yield at_its_file(procedure, told(row, f"{row.procedure}.{row.clock}", "没有这个期限", "no such clock"))


def unnamed(rows: Iterable[Row[Any]], known: Known, names: Names, why: tuple[str, str]) -> Iterator[str]:
    for row in rows:
        procedure = known.get((row.procedure, row.definition))
        if procedure and row.name not in names(procedure):
            yield at_its_file(procedure, told(row, f"{row.procedure}.{row.name}", *why))


def at_its_file(procedure: type[Procedure], sentence: str) -> str:
    return str(on_line(procedure, "", sentence))


def told(row: Row[Any], what: str, chinese: str, english: str) -> str:
    return f"{what}: {row.cases} 件（如 {row.first}），{chinese} / {row.cases} cases, {english}"
