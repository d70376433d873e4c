"""Who is signed in, as rows: the browser holds a random word, the record its hash, the post taken and two ends."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models.db import apart
from models.tables import Account, WebSession

TOUCH = timedelta(minutes=1)


def begin(db: Session, person: int, post: int, now: datetime) -> str:
    """A new word of 256 bits; the absolute end is fixed here and never moves."""
    word = secrets.token_urlsafe(32)
    ends = now + current_app.config["LONGEST"]
    db.add(WebSession(id_hash=_hash(word), person_id=person, data={"post": post}, seen_at=now, expires_at=ends))
    return word


def resume(db: Session, word: str, now: datetime) -> WebSession | None:
    """Nothing where it ended, stood idle too long, or the account has been closed since."""
    alive = (WebSession.expires_at > now, WebSession.seen_at > now - current_app.config["IDLE"])
    own = (WebSession.id_hash == _hash(word), Account.closed_at.is_(None))
    found = db.scalar(select(WebSession).join(Account, Account.person_id == WebSession.person_id).where(*own, *alive))
    if found and now - found.seen_at > TOUCH:
        _touch(db, found.id_hash, now)
    return found


def _touch(db: Session, id_hash: bytes, now: datetime) -> None:
    """Kept apart, so that reading a page stays a reading; once a minute is often enough for half an hour."""
    with apart(db) as own:
        own.execute(update(WebSession).where(WebSession.id_hash == id_hash).values(seen_at=now))


def end(db: Session, word: str) -> None:
    db.execute(delete(WebSession).where(WebSession.id_hash == _hash(word)))


def _hash(word: str) -> bytes:
    return hashlib.sha256(word.encode()).digest()
