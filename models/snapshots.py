"""From rows to what the law is told: a locked case, its clocks, the cases it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, TextClause, text
from sqlalchemy.orm import Session

from workflow.field import Kind
from workflow.record import load
from workflow.refusals import Refusal, Refused
from workflow.registry import definition
from workflow.snapshot import CaseSnapshot
from workflow.words.procedure import Procedure

NOT_FOUND = Refusal("NotFound", "未找到该事项，或您无权查看。")

# The clocks are read in the same round trip. Where the lock had to be waited for, PostgreSQL reads the locked row anew
# but everything else as of before the wait: then `seen_seq` is not `seq`, and the row is read once more, now our own.
READ = """
SELECT c.id, c.no, c.procedure, c.definition, c.state, c."left", c.unit_id AS unit, c.version, c.seq, c.head, c.title,
    c.data, c.memory, c.marks, c.filed_at, c.sealed_to, c.hidden_from, c.opened_from_id,
    (SELECT secret FROM case_keys WHERE case_id = c.id) AS secret,
    (SELECT coalesce(jsonb_agg(body ORDER BY generation, number), '[]') FROM clocks WHERE case_id = c.id) AS clocks,
    (SELECT seq FROM cases seen WHERE seen.id = c.id) AS seen_seq,
    (SELECT string_agg(stamp::text, ' ' ORDER BY name) FROM revisions) AS stamps,
    linban_now() AS now
FROM cases c
"""
NAMING = text(
    f"{READ} JOIN links l ON l.case_id = c.id JOIN cases named ON named.id = l.to_case_id"
    " WHERE c.procedure = :procedure AND named.no = :no AND l.field = :field ORDER BY c.id"
)
MATCHING = text(f"{READ} WHERE c.procedure = :procedure AND c.no <> :no AND c.marks && :first ORDER BY c.id")
BY_NO = text(READ + "WHERE c.no = :no")
BY_NOS = text(READ + "WHERE c.no = ANY(:nos)")
BY_IDS = text(READ + "WHERE c.id = ANY(:ids)")
LOCK_BY_NO = text(READ + "WHERE c.no = :no FOR UPDATE OF c")
LOCK_BY_ID = text(READ + "WHERE c.id = :id FOR UPDATE OF c")


@dataclass(frozen=True)
class Stood:
    """A case as its rows stood at `now`; `head` is the hash of its last event, `secret` keys its values.

    `stamps` say which organisation and calendar held then.
    """

    id: int
    procedure: type[Procedure]
    version: int
    head: bytes
    secret: bytes
    now: datetime
    stamps: str
    snapshot: CaseSnapshot

    @property
    def no(self) -> str:
        return self.snapshot.id


def lock_case(session: Session, *, no: str = "", id_: int = 0) -> Stood:
    """The case, locked until the transaction ends, as it stands after any wait; NotFound where there is none."""
    row = one(session, LOCK_BY_NO, no=no) if no else one(session, LOCK_BY_ID, id=id_)
    if row.seen_seq != row.seq:
        row = one(session, LOCK_BY_ID, id=row.id)
    return stood(row)


def read_case(session: Session, no: str) -> Stood:
    """The same without a lock: to look at, never to act on."""
    return stood(one(session, BY_NO, no=no))


def one(session: Session, statement: TextClause, **which: Any) -> Row[Any]:
    row = session.execute(statement, which).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    return row


def rows_of(session: Session, ids: list[int]) -> Sequence[Row[Any]]:
    """As they lie in the record, not yet understood: one of them may be broken."""
    return session.execute(BY_IDS, {"ids": ids}).all()


def stood(row: Row[Any]) -> Stood:
    procedure = definition(row.procedure, row.definition)
    snapshot = load(procedure, {**row._mapping, "id": row.no})
    return Stood(row.id, procedure, row.version, row.head, row.secret or b"", row.now, row.stamps, snapshot)


# Cases named by a case


@cache
def lines_of(procedure: type[Procedure], kind: Kind) -> tuple[str, ...]:
    """Ids of the lines of that kind, in the file and on all forms."""
    return tuple(field.id for field in procedure.fields.values() if field.kind == kind)


def named(procedure: type[Procedure], *sources: Mapping[str, Any]) -> list[str]:
    """Numbers of other cases that a file or a form names."""
    found = (source.get(name) for source in sources for name in lines_of(procedure, "case"))
    return list(dict.fromkeys(str(no).strip() for no in found if no))


def linked(session: Session, nos: Iterable[str]) -> dict[str, CaseSnapshot]:
    """Those cases by number; what does not exist is left out."""
    rows = linked_rows(session, nos)
    return stood_by_number(rows, rows)


def linked_rows(session: Session, nos: Iterable[str]) -> dict[str, Row[Any]]:
    wanted = list(nos)
    return {row.no: row for row in session.execute(BY_NOS, {"nos": wanted})} if wanted else {}


def stood_by_number(rows: Mapping[str, Row[Any]], nos: Iterable[str]) -> dict[str, CaseSnapshot]:
    return {no: stood(rows[no]).snapshot for no in nos if no in rows}
