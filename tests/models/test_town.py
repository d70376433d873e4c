from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, func, select, text

from models import db, seed, town
from models.organisation import organisation
from models.tables import Account, CalendarDay, Person
from tests.models.office import Office
from workflow.registry import PROCEDURES
from workflow.words.procedure import Procedure

ON = date(2025, 9, 1)


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda procedure: procedure.id)
def test_every_role_of_every_procedure_reaches_somebody_from_wherever_its_cases_open(
    office: Office, procedure: type[Procedure]
) -> None:
    known = organisation(office.session)
    staff = [role.id for role in procedure.roles.values() if not role.outside and not role.is_no_post]
    opens_at = {*procedure.levels} - {
        "city",
        "district",
    }  # above the streets, not every office of a street has its like
    units = [code for code, _, level, *_ in town.UNITS if level in opens_at]
    assert [(role, unit) for unit in units for role in staff if not known.holders(role, [unit], ON)] == []


def test_nobody_is_kept_apart_from_himself(office: Office) -> None:
    """Whoever held two posts that one case keeps apart could fill neither."""
    known = organisation(office.session)
    kept_apart = [{role.id for role in apart.roles} for each in PROCEDURES.values() for apart in each.aparts]
    for person in known.names:
        roles = {actor.role for actor in known.actors(person, ON)}
        assert all(len(roles & apart) < 2 for apart in kept_apart), known.names[person]


def test_names_and_logins_are_all_different() -> None:
    staff = [each for people in town.STAFF.values() for each in people]
    assert len({name for name, _, _ in staff}) == len({login for _, login, _ in staff}) == len(staff)


def test_the_town_is_built_once(engine: Engine) -> None:
    sessions = db.sessions(engine, secret="")
    with sessions() as session:
        before = session.scalar(select(func.count()).select_from(Person))
    assert not seed.seed_if_empty(sessions)
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == before
        assert session.scalar(select(CalendarDay.kind).where(CalendarDay.day == date(2026, 2, 14))) == "make_up"


def test_outside_a_demonstration_nobody_has_a_password(office: Office) -> None:
    for table in ("accounts", "posts", "people", "series", "units", "calendar_days"):
        office.session.execute(text(f"DELETE FROM {table}"))
    town.build(office.session)
    assert office.session.scalar(select(func.count()).select_from(Account)) == 0
    assert organisation(office.session).holders("unit_head", ["LA"], ON)
