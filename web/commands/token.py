"""linban token: keys for programs that do the same acts over the network."""

from __future__ import annotations

from datetime import datetime, timedelta

import click
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import db
from models.tables import Account, Person
from web import tokens
from web.record import needs_database, record
from workflow.snapshot import Actor


@click.group()
def token() -> None:
    """程序接口的密钥 / Keys for programs."""


@token.command()
@click.argument("person")
@click.option("--role", required=True, help="岗位 / role, e.g. caseworker")
@click.option("--unit", default="", help="单位 / unit; none for a role outside the office")
@click.option("--label", default="", help="用途 / what it is for")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="有效天数 / valid for days")
@needs_database
def create(person: str, role: str, unit: str, label: str, days: int) -> None:
    """PERSON 为登录名或人员编号；密钥只显示一次 / a login or a person's number; the key is shown once."""
    with record() as session:
        at = db.now(session)
        owner = Actor(str(person_of(session, person)), role, unit)
        if not tokens.may_act(session, owner, at):
            raise click.ClickException("此人今日没有这个岗位 / does not hold this post today")
        word = tokens.issue(session, owner, label, ends(at, days))
    click.echo(word)


def person_of(session: Session, wanted: str) -> int:
    """A login wins over a number that looks the same."""
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else -1
    found = session.scalar(
        select(Person.id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(or_(Account.login == wanted, Person.id == number))
        .order_by((Account.login == wanted).desc().nulls_last())
    )
    if found is None:
        raise click.ClickException(f"没有“{wanted}”这个人 / is nobody here")
    return found


def ends(at: datetime, days: int) -> datetime:
    return at + timedelta(days=days)
