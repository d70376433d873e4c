"""Anonymous forms: a code works once, its answer is counted, and nothing says whose it was."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import db, tracking
from models.reading import track
from models.tables import Try
from workflow.refusals import Refusal, Refused
from workflow.registry import definition
from workflow.words.naming import id_of, several
from workflow.words.outside import Poll

USE = text("""
WITH used AS (DELETE FROM poll_codes WHERE code_hash = :code RETURNING case_id, poll)
INSERT INTO poll_counts (case_id, poll, answer, count) SELECT case_id, poll, :answer, 1 FROM used
ON CONFLICT (case_id, poll, answer) DO UPDATE SET count = poll_counts.count + 1
""")
FIND = text("""
SELECT c.procedure, c.definition, c.state, c.title, c.unit_id, p.poll FROM poll_codes p JOIN cases c ON c.id = p.case_id
WHERE p.code_hash = :code FOR SHARE OF c
""")
UNKNOWN = Refusal("NotFound", "此码无效或已经用过。每个码只能填一次。")
CLOSED = Refusal("WrongState", "评议已经结束，不再收表。")
NO_ANSWER = Refusal("InvalidData", "请选择一项。", field="answer")


@dataclass(frozen=True)
class Form:
    """What somebody who holds a code is asked: about which case and unit, in which poll."""

    poll: Poll
    procedure: str
    title: str
    unit: str


def new_code() -> str:
    return tracking.drawn(b"")


def hash_of(code: str) -> bytes:
    """Codes carry eighty random bits, so that a plain hash keeps them."""
    return hashlib.sha256(b"poll\x00" + tracking.read(code).encode()).digest()


def form_of(session: Session, code: str) -> Form:
    """Raises Refused for a code that is unknown or used, and where forms are no longer taken.

    The case stays where it is until the transaction ends, so that no form comes in behind the act that counts them.
    """
    row = session.execute(FIND, {"code": hash_of(code)}).one_or_none()
    if row is None:
        raise Refused(UNKNOWN)
    procedure = definition(row.procedure, row.definition)
    poll = procedure.polls[row.poll]
    if row.state not in {id_of(state) for state in several(poll.open_in)}:
        raise Refused(CLOSED)
    return Form(poll, procedure.id, row.title, row.unit_id)


def found(session: Session, code: str, *, address: str, noted: bool) -> Form:
    """The form of a code sent from that network address; raises TooManyTries after ten wrong codes in ten minutes.

    Of tries only the wrong ones are `noted`, and of them no code: a right one leaves no trace of when and whence.
    """
    track.refuse_hasty(session, "form", "", address)
    try:
        return form_of(session, code)
    except Refused as refused:
        if noted and UNKNOWN in refused.refusals:
            with db.apart(session) as own:
                own.add(Try(kind="form", subject="", address=address, succeeded=False))
        raise


def fill_in(session: Session, code: str, answer: str) -> None:
    """Counts the answer and forgets the code, in one statement: of two that use it at once, one is refused."""
    form = form_of(session, code)
    if answer not in form.poll.options:
        raise Refused(NO_ANSWER)
    done = session.execute(USE, {"code": hash_of(code), "answer": answer})
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Refused(UNKNOWN)
