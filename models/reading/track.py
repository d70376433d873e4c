"""A resident finds his case by code and second factor; every try is counted, whatever it comes to."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import db, tracking
from models.tables import Case, Notice, TrackingCode, Try

TRIES, WINDOW = 10, timedelta(minutes=10)


class TooManyTries(Exception):
    """`retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


def find(session: Session, code: str, second: str, *, address: str) -> tuple[str, str]:
    """The number of the case and the party whose code it is, if there are several.

    Both empty for a wrong code, a wrong second factor and what cannot be a code, all alike.

    Raises TooManyTries after ten failures in ten minutes from one network address or at one code. The try is kept even
    if the request comes to nothing.
    """
    secret: bytes = session.info["secret"]
    subject = tracking.hash_of_code(secret, code).hex()[:32] if tracking.read(code) else ""
    refuse_hasty(session, "track", subject, address)
    number, party = opened_by(session, secret, code, second)
    with db.apart(session) as own:
        own.add(Try(kind="track", subject=subject, address=address, succeeded=bool(number)))
    return number, party


def refuse_hasty(session: Session, kind: str, subject: str, address: str) -> None:
    """Raises TooManyTries where too many of that kind have failed of late."""
    now = db.now(session)
    own = [Try.subject == subject] if subject else []
    for which in (*own, Try.address == address):
        failed = (Try.kind == kind, Try.succeeded.is_(False), Try.tried_at > now - WINDOW, which)
        count, first = session.execute(select(func.count(), func.min(Try.tried_at)).where(*failed)).one()
        if count >= TRIES:
            raise TooManyTries(max(1, int((first + WINDOW - now).total_seconds()) + 1))


def opened_by(session: Session, secret: bytes, code: str, second: str) -> tuple[str, str]:
    """Both factors are always compared, in constant time."""
    own = TrackingCode.code_hash == tracking.hash_of_code(secret, code)
    columns = (Case.no, TrackingCode.party, TrackingCode.second_hash)
    found = select(*columns).join(TrackingCode, TrackingCode.case_id == Case.id).where(own)
    number, party, kept = session.execute(found).one_or_none() or ("", "", b"")
    right = hmac.compare_digest(kept, tracking.hash_of_second(secret, code, second))
    return (number, party) if right and tracking.read(code) else ("", "")


@dataclass(frozen=True)
class Reminder:
    """What a resident was told of a term: a word of its ladder or `calendar`; `due_at` is the day it had then."""

    what: str
    clock: str
    due_at: datetime
    told_at: datetime


def reminders(session: Session, case_id: int) -> list[Reminder]:
    """Of the terms of one case, the newest first; papers and acts stand elsewhere on the page."""
    own = (Notice.case_id == case_id, Notice.channel == "page", Notice.clock != "", Notice.withdrawn_at.is_(None))
    columns = (Notice.what, Notice.clock, Notice.due_at, Notice.created_at.label("told_at"))
    rows = session.execute(select(*columns).where(*own).order_by(Notice.id.desc()))
    return [Reminder(**row._mapping) for row in rows]
