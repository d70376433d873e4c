"""A resident finds his case by code and second factor; every try is counted, whatever it comes to."""

from __future__ import annotations

import hmac
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import db, tracking
from models.tables import Case, TrackingCode, Try

TRIES, WINDOW = 10, timedelta(minutes=10)


class TooManyTries(Exception):
    """`retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


def find(session: Session, code: str, second: str, *, address: str) -> str:
    """The number of the case; empty for a wrong code, a wrong second factor and what cannot be a code, all alike.

    Raises TooManyTries after ten failures in ten minutes from one network address or at one code. The try is kept even
    if the request comes to nothing.
    """
    secret: bytes = session.info["secret"]
    subject = tracking.hash_of_code(secret, code).hex()[:32] if tracking.read(code) else ""
    refuse_hasty(session, "track", subject, address)
    number = number_of(session, secret, code, second)
    with db.apart(session) as own:
        own.add(Try(kind="track", subject=subject, address=address, succeeded=bool(number)))
    return number


def refuse_hasty(session: Session, kind: str, subject: str, address: str) -> None:
    """Raises TooManyTries where too many of that kind have failed of late."""
    now = db.now(session)
    own = [Try.subject == subject] if subject else []
    for which in (*own, Try.address == address):
        failed = (Try.kind == kind, Try.succeeded.is_(False), Try.tried_at > now - WINDOW, which)
        count, first = session.execute(select(func.count(), func.min(Try.tried_at)).where(*failed)).one()
        if count >= TRIES:
            raise TooManyTries(max(1, int((first + WINDOW - now).total_seconds()) + 1))


def number_of(session: Session, secret: bytes, code: str, second: str) -> str:
    """Both factors are always compared, in constant time."""
    own = TrackingCode.code_hash == tracking.hash_of_code(secret, code)
    columns = select(Case.no, TrackingCode.second_hash).join(TrackingCode, TrackingCode.case_id == Case.id)
    found = session.execute(columns.where(own)).one_or_none()
    number, kept = (found[0], found[1]) if found else ("", b"")
    right = hmac.compare_digest(kept, tracking.hash_of_second(secret, code, second))
    return number if right and tracking.read(code) else ""
