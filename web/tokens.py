"""Words that programs carry: made once and shown once, found again by their hash alone."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from models.db import apart
from models.organisation import organisation
from models.tables import Account, ApiToken, Person
from workflow.calendar import today
from workflow.registry import definitions
from workflow.snapshot import Actor

TOUCH = timedelta(minutes=1)
PREFIX = "linban_"


@dataclass(frozen=True)
class Bearer:
    """Who a token speaks for; `label` is what its owner called it."""

    actor: Actor
    label: str
    expires_at: datetime | None


def issue(db: Session, actor: Actor, label: str, expires_at: datetime | None = None) -> str:
    """A new word of 256 bits; it cannot be read again."""
    word = PREFIX + secrets.token_urlsafe(32)
    owner = {"person_id": int(actor.person), "role": actor.role, "unit_id": actor.unit or None}
    db.add(ApiToken(**owner, label=label, token_hash=hashed(word), expires_at=expires_at))
    return word


def recognise(db: Session, word: str, now: datetime) -> Bearer | None:
    """Nothing where it is unknown, revoked or expired, its account closed, or its post no longer held."""
    row = db.execute(
        select(ApiToken, Person.name)
        .join(Person, Person.id == ApiToken.person_id)
        .outerjoin(Account, Account.person_id == ApiToken.person_id)
        .where(ApiToken.token_hash == hashed(word), ApiToken.revoked_at.is_(None), Account.closed_at.is_(None))
        .where(or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now))
    ).first()
    if row is None:
        return None
    token, name = row
    actor = Actor(str(token.person_id), token.role, token.unit_id or "", name)
    if not may_act(db, actor, now):
        return None
    touch(db, token, now)
    return Bearer(actor, token.label, token.expires_at)


def may_act(db: Session, actor: Actor, now: datetime) -> bool:
    """Whether the post is held on this day; an outside role needs none."""
    if is_outside(actor.role):
        return not actor.unit
    posts = organisation(db).actors(actor.person, today(now))
    return any((post.role, post.unit) == (actor.role, actor.unit) for post in posts)


def is_outside(role: str) -> bool:
    return any(law.roles[role].outside for law in definitions().values() if role in law.roles)


def touch(db: Session, token: ApiToken, now: datetime) -> None:
    """When it was last used, to the minute; kept apart, so that reading stays a reading."""
    if token.last_used_at is None or now - token.last_used_at > TOUCH:
        with apart(db) as own:
            own.execute(update(ApiToken).where(ApiToken.id == token.id).values(last_used_at=now))


def hashed(word: str) -> bytes:
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()
