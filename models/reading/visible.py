"""What an actor may see: every query about cases goes through it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models import db
from models.organisation import Organisation, organisation
from models.tables import Case, Event
from workflow.calendar import today
from workflow.snapshot import Actor, CaseSnapshot, Level

LEVELS: dict[Level, InstrumentedAttribute[str | None]] = {
    "city": Case.city_id,
    "district": Case.district_id,
    "street": Case.street_id,
    "community": Case.community_id,
}


def visible(session: Session, actor: Actor) -> ColumnElement[bool]:
    """Cases at the actor's unit and below, those his unit or he himself has acted on; none that are sealed from him."""
    known = organisation(session)
    return and_(or_(beneath(known, actor), acted_on(actor)), unsealed(session, known, actor))


def is_plain(known: Organisation, actor: Actor, case: CaseSnapshot) -> bool:
    """What needs no asking: nothing sealed, at the actor's unit or below. `visible` says the same of it."""
    return not case.sealed_to and not case.hidden_from and actor.unit in known.upward(case.unit)


def visible_beneath(session: Session, actor: Actor) -> ColumnElement[bool]:
    """For lists of work: only what stands at the actor's unit and below, which an index can answer."""
    known = organisation(session)
    return and_(beneath(known, actor), unsealed(session, known, actor))


def beneath(known: Organisation, actor: Actor) -> ColumnElement[bool]:
    unit = known.units.get(actor.unit)
    return LEVELS[unit.level] == unit.id if unit else literal(False)


def acted_on(actor: Actor) -> ColumnElement[bool]:
    """A case that has been moved elsewhere is still followed by those who had it."""
    own = [Event.actor == actor.person, Event.recorded_by == actor.person] if actor.person else []
    office = [Event.unit_id == actor.unit] if actor.unit else []
    return exists(select(1).where(Event.case_id == Case.id, or_(literal(False), *own, *office)))


def unsealed(session: Session, known: Organisation, actor: Actor) -> ColumnElement[bool]:
    """Open, or sealed to his role; never for anybody with a post in the unit it is hidden from, or below it."""
    own = {actor.unit, *(post.unit for post in known.actors(actor.person, today(db.now(session))))}
    line = sorted({unit for each in own for unit in known.upward(each)})
    return and_(
        or_(func.cardinality(Case.sealed_to) == 0, literal(actor.role) == func.any(Case.sealed_to)),
        or_(Case.hidden_from == "", Case.hidden_from.not_in(line)),
    )
