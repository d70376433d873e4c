"""The accounts of the sample town, told on the login page of a demonstration and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.seed import DEMO_PASSWORD
from models.tables import Account, Person, Post, Unit
from web.identity import Post as Held

MOST = 24
__all__ = ["DEMO_PASSWORD", "Demo", "demo_accounts", "demo_password"]


def demo_password() -> str:
    """The one that the sample town is built with."""
    return DEMO_PASSWORD


@dataclass(frozen=True)
class Demo:
    login: str
    name: str
    post: str
    unit: str


def demo_accounts(db: Session) -> tuple[Demo, ...]:
    """One account a role, those of the streets first."""
    rows = db.execute(
        select(Account.login, Person.name, Post.id, Post.role, Unit.id, Unit.name)
        .join(Person, Person.id == Account.person_id)
        .join(Post, Post.person_id == Person.id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Account.closed_at.is_(None), Post.to_day.is_(None))
        .order_by(Unit.level != "street", Account.person_id)
    )
    first: dict[str, Demo] = {}
    for login, name, post, role, unit, unit_name in rows.tuples():
        held = Held(post, role, unit, unit_name)
        first.setdefault(held.role, Demo(login, name, held.label, held.unit_name))
    return tuple(first.values())[:MOST]
