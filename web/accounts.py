"""Offices, people and posts made by an operator, who has the database and needs no account."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models import db
from models.seed import ONE_AT_A_TIME
from models.tables import Account, CalendarDay, Person, Post, Unit
from models.town import LEVELS, build_calendar
from web.identity import HASHER
from workflow.calendar import today
from workflow.registry import definitions

UNIT = re.compile("[A-Z0-9]{2,12}")  # part of every case number
SHORTEST = 8


class Unfit(Exception):
    """Why it is not done, in two languages."""


def begin(session: Session) -> None:
    """Before the first account of a record: raises Unfit where there is one; fills an empty calendar."""
    session.execute(ONE_AT_A_TIME)
    if session.scalar(select(exists().where(Account.person_id.is_not(None)))):
        raise Unfit("已有账号，请用 linban account add · there are accounts: use linban account add")
    if not session.scalar(select(exists().where(CalendarDay.day.is_not(None)))):
        build_calendar(session)


def put_unit(
    session: Session, id_: str, *, name: str = "", level: str = "", under: str = "", phone: str = "", hours: str = ""
) -> None:
    """Made new, or told anew what is not left empty; its place in the tree stays. Raises Unfit."""
    found = session.get(Unit, id_)
    if found is None:
        found = new_unit(session, id_, name, level, under)
    elif (level or found.level, under or found.parent_id) != (found.level, found.parent_id):
        raise Unfit("单位的级别和上级不能改 · level and place of a unit stay as they are")
    found.name = name or found.name
    found.phone, found.hours = phone or found.phone, hours or found.hours


def new_unit(session: Session, id_: str, name: str, level: str, under: str) -> Unit:
    if not UNIT.fullmatch(id_):
        raise Unfit("单位代码须是2至12个大写字母或数字 · a unit's code is 2 to 12 capitals or digits")
    if not name or level not in LEVELS:
        raise Unfit("新单位须有名称和级别 · a new unit needs a name and a level")
    above = session.get(Unit, under) if under else None
    if under and (above is None or LEVELS.index(above.level) >= LEVELS.index(level)):
        raise Unfit(f"“{under}”不是它的上级 · is no unit above it")
    line = {f"{each}_id": getattr(above, f"{each}_id", None) for each in LEVELS} | {f"{level}_id": id_}
    made = Unit(id=id_, name=name, level=level, parent_id=under or None, **line)
    session.add(made)
    session.flush()
    return made


def add_account(session: Session, *, name: str, login: str, password: str) -> int:
    """The new person's number; the login is kept as it is read at the door. Raises Unfit."""
    login = unicodedata.normalize("NFKC", login).strip().lower()
    if not login or session.scalar(select(exists().where(Account.login == login))):
        raise Unfit(f"用户名“{login}”空着或已有人用 · is empty or taken")
    if len(password) < SHORTEST:
        raise Unfit(f"密码至少{SHORTEST}个字符 · a password has at least {SHORTEST} characters")
    person = Person(name=name)
    session.add(person)
    session.flush()
    session.add(Account(person_id=person.id, login=login, password_hash=HASHER.hash(password)))
    return person.id


def add_post(session: Session, person: int, role: str, unit: str) -> None:
    """Held from today on, until further notice. Raises Unfit."""
    if role not in roles():
        raise Unfit(f"没有“{role}”这个岗位 · is no role; there are: {' '.join(roles())}")
    if session.get(Unit, unit) is None:
        raise Unfit(f"没有“{unit}”这个单位 · is no unit")
    held = exists().where(Post.person_id == person, Post.role == role, Post.unit_id == unit, Post.to_day.is_(None))
    if session.scalar(select(held)):
        raise Unfit("此人已有这个岗位 · already holds this post")
    session.add(Post(person_id=person, role=role, unit_id=unit, from_day=today(db.now(session))))


def roles() -> list[str]:
    """Posts of an office that some procedure knows."""
    return sorted({role.id for law in definitions().values() for role in law.roles.values() if not role.outside})
