"""Who is at the counter: a person in one of his posts. An actor is (person, role, unit), never more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache, wraps
from typing import Any, ParamSpec

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import Flask, abort, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from models.db import db
from models.reading.worklist import WATCHERS
from models.tables import Account, Notice, Person, Unit, WebSession
from models.tables import Post as PostRow
from web import days, sessions
from web.languages import t
from web.problems import N_, Problem, fault
from workflow.registry import definitions
from workflow.sentences import Listed
from workflow.snapshot import Actor

CALENDAR_KEEPERS = frozenset(("supervisor", "auditor", "letters_head"))
CALENDAR_LEVELS = frozenset(("city", "district"))
HASHER = PasswordHasher()
logins = LoginManager()
P = ParamSpec("P")


def role_label(role: str) -> str:
    """The role's name in the first procedure that knows it."""
    known = ((each.id, each.roles[role].label) for each in definitions().values() if role in each.roles)
    procedure, label = next(known, ("", role))
    return t(label, f"{procedure}.{role}")


@dataclass(frozen=True)
class Post:
    """A role held at a unit on this day."""

    id: int
    role: str
    unit: str
    unit_name: str
    chosen: bool = False

    @property
    def label(self) -> str:
        return role_label(self.role)


@dataclass(frozen=True, eq=False)
class Visitor(UserMixin):
    """Somebody signed in; without a post he may look at nothing but his own name."""

    person: str
    name: str
    word: str
    posts: tuple[Post, ...]

    def get_id(self) -> str:
        return self.word

    @property
    def post(self) -> Post | None:
        return next((post for post in self.posts if post.chosen), None)

    @property
    def actor(self) -> Actor:
        """Refused with 403 where no post is held today."""
        if self.post is None:
            abort(403)
        return Actor(self.person, self.post.role, self.post.unit, self.name)

    @property
    def post_label(self) -> str:
        return self.post.label if self.post else ""

    @property
    def unit_name(self) -> str:
        return self.post.unit_name if self.post else ""

    @property
    def watches(self) -> bool:
        return any(post.role in WATCHERS for post in self.posts)

    @cached_property
    def keeps_calendar(self) -> bool:
        """In the post he acts in; the days of a year are one for all streets."""
        if self.post is None or self.post.role not in CALENDAR_KEEPERS:
            return False
        return db.session.scalar(select(Unit.level).where(Unit.id == self.post.unit)) in CALENDAR_LEVELS

    @cached_property
    def unread(self) -> int:
        """Notices in the inbox that nobody has acknowledged yet."""
        open_ = (Notice.acknowledged_at.is_(None), Notice.withdrawn_at.is_(None), Notice.channel == "inbox")
        return db.session.scalar(select(func.count()).where(Notice.person_id == int(self.person), *open_)) or 0


def bind(app: Flask) -> None:
    logins.session_protection = None
    logins.init_app(app)
    logins.user_loader(recognise)
    logins.unauthorized_handler(to_the_door)


def recognise(word: str) -> Visitor | None:
    row = sessions.resume(db.session(), word, days.now())
    return visitor(db.session(), row, word) if row else None


def visitor(at: Session, row: WebSession, word: str) -> Visitor:
    posts = held(at, row.person_id or 0, days.today())
    wanted = row.data.get("post")
    chosen = next((post for post in posts if post.id == wanted), posts[0] if posts else None)
    name = at.scalar(select(Person.name).where(Person.id == row.person_id)) or ""
    return Visitor(str(row.person_id), name, word, tuple(replace(post, chosen=post is chosen) for post in posts))


def held(at: Session, person: int, on: date) -> list[Post]:
    """Posts of that day, the one held longest first."""
    now = (PostRow.from_day <= on, or_(PostRow.to_day.is_(None), PostRow.to_day >= on))
    rows = at.execute(
        select(PostRow.id, PostRow.role, PostRow.unit_id, Unit.name)
        .join(Unit, Unit.id == PostRow.unit_id)
        .where(PostRow.person_id == person, *now)
        .order_by(PostRow.from_day, PostRow.id)
    )
    return [Post(*row) for row in rows]


def account_for(at: Session, login: str, password: str) -> Account | None:
    """The same work is done for a login nobody has, so that time tells nothing."""
    found = at.scalar(select(Account).where(Account.login == login, Account.closed_at.is_(None)))
    proven = _proven(found.password_hash if found else _nobody(), password)
    return found if proven else None


def _proven(kept: str, password: str) -> bool:
    try:
        return HASHER.verify(kept, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


@lru_cache
def _nobody() -> str:
    return HASHER.hash("nobody")


def to_the_door() -> Response:
    """A page sends to the login and comes back; a program gets 401."""
    if request.method != "GET" or request.headers.get("HX-Request"):
        abort(401)
    session["onward"] = request.full_path.rstrip("?")
    return redirect(url_for("session.door"), 303)


def only_for(
    may: Callable[[Visitor], bool], roles: frozenset[str] = frozenset()
) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Strangers are sent to the door; of those who work here, others are refused with 403 and told whose it is."""

    def guard(view: Callable[P, Any]) -> Callable[P, Any]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
            if not current_user.is_authenticated:
                return to_the_door()
            if not may(current_user):
                raise elsewhere(roles)
            return view(*args, **kwargs)

        return guarded

    return guard


def elsewhere(roles: Iterable[str]) -> Problem:
    """403, with the roles whose it is."""
    wanted = sorted(roles)
    told = Listed(role_label(role) for role in wanted)
    return Problem(fault("action-not-permitted", N_("这里须由{roles}办理。", roles=told), needed_role=wanted))


staff_only = only_for(lambda _visitor: True)
watchers_only = only_for(lambda visitor: visitor.watches, WATCHERS)
calendar_keepers_only = only_for(lambda visitor: visitor.keeps_calendar, CALENDAR_KEEPERS)
