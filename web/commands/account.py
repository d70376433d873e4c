"""linban account: the first office and person of an empty record, then everybody else."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

import click
from sqlalchemy.orm import Session

from models import db
from models.town import LEVELS
from web import accounts
from web.commands.token import person_of
from web.record import needs_database, record, server

P = ParamSpec("P")
UNIT = click.option("--unit", required=True, prompt="单位代码 unit code", help="单位代码 / code of the unit")
NAME = click.option("--name", required=True, prompt="姓名 name", help="姓名 / name of the person")
LOGIN = click.option("--login", required=True, prompt="用户名 login", help="用户名 / login")
ROLES = click.option("--role", "roles", multiple=True, required=True, help="岗位，可重复 / role, may be repeated")
PASSWORD = click.option(
    "--password-stdin", is_flag=True, help="从标准输入读密码，否则生成一个 / read the password, else one is made"
)


def told(command: Callable[P, None]) -> Callable[P, None]:
    """Why it was not done is one line, and nothing of it has been written."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except accounts.Unfit as error:
            raise click.ClickException(str(error)) from error

    return needs_database(guarded)


@click.group()
def account() -> None:
    """账号与岗位 / Accounts and posts."""


@account.command()
@UNIT
@click.option("--unit-name", required=True, prompt="单位名称 name of the unit", help="单位名称 / name of the unit")
@click.option("--level", type=click.Choice(LEVELS), required=True, prompt="级别 level", help="级别 / level")
@NAME
@LOGIN
@ROLES
@PASSWORD
@told
def begin(unit: str, unit_name: str, level: str, **person: Any) -> None:
    """空库的第一个单位和账号 / The first unit and account of an empty database."""
    with server() as engine:
        db.upgrade(engine)
    with record() as session:
        accounts.begin(session)
        accounts.put_unit(session, unit, name=unit_name, level=level)
        said = seated(session, unit, **person)
    click.echo(said)


@account.command()
@UNIT
@NAME
@LOGIN
@ROLES
@PASSWORD
@told
def add(unit: str, **person: Any) -> None:
    """再加一人 / One more person."""
    with record() as session:
        said = seated(session, unit, **person)
    click.echo(said)


@account.command()
@click.argument("login")
@UNIT
@ROLES
@told
def post(login: str, unit: str, roles: tuple[str, ...]) -> None:
    """给已有的人加岗位 / Another post for somebody who is there."""
    with record() as session:
        for role in roles:
            accounts.add_post(session, person_of(session, login), role, unit)
    click.echo("已加 / added")


def seated(session: Session, unit: str, *, name: str, login: str, roles: tuple[str, ...], password_stdin: bool) -> str:
    """What to say of it; a password that was made is told this once."""
    word = given() if password_stdin else secrets.token_urlsafe(12)
    person = accounts.add_account(session, name=name, login=login, password=word)
    for role in roles:
        accounts.add_post(session, person, role, unit)
    return "已建 / made" if password_stdin else f"密码只显示这一次 · the password is shown this once: {word}"


def given() -> str:
    return sys.stdin.readline().rstrip("\r\n")
