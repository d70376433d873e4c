"""Words that programs carry: made once and shown once, found again by their hash alone."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from models.db import apart
from models.organisation import organisation
from models.tables import Account, ApiToken, Person, Unit
from web.identity import Post
from web.views.keys import Key
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


def of_person(db: Session, person: str, now: datetime) -> list[Key]:
    """Those not taken back, the newest first."""
    columns = (ApiToken, Unit.name.label("unit_name"))
    own = select(*columns).outerjoin(Unit, Unit.id == ApiToken.unit_id).where(*held(person))
    return [key(token, unit or "", now) for token, unit in db.execute(own.order_by(ApiToken.id.desc()))]


def held(person: str) -> tuple[ColumnElement[bool], ...]:
    return (ApiToken.person_id == int(person), ApiToken.revoked_at.is_(None))


def key(token: ApiToken, unit: str, now: datetime) -> Key:
    post = Post(0, token.role, token.unit_id or "", unit)
    place = "，".join(filter(None, (post.label, unit)))
    over = token.expires_at is not None and token.expires_at <= now
    return Key(token.id, token.label, place, token.created_at, token.last_used_at, token.expires_at, over)


def revoke(db: Session, person: str, id_: int, now: datetime) -> bool:
    """False where the person has no such token."""
    taken = update(ApiToken).where(ApiToken.id == id_, *held(person)).values(revoked_at=now).returning(ApiToken.id)
    return db.scalar(taken) is not None


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
