"""What an actor may see: every query about cases goes through it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from models import db
from models.organisation import Organisation, organisation
from models.snapshots import Stood
from models.tables import Case, Event
from workflow.calendar import today
from workflow.registry import definitions
from workflow.snapshot import Actor, Level

LEVELS: dict[Level, InstrumentedAttribute[str | None]] = {
    "city": Case.city_id,
    "district": Case.district_id,
    "street": Case.street_id,
    "community": Case.community_id,
    "branch": Case.branch_id,
}


def visible(session: Session, actor: Actor) -> ColumnElement[bool]:
    """Cases at the actor's unit and below of procedures his post has a part in, those his unit or he himself has acted
    on; none that are sealed from him."""
    known = organisation(session)
    return and_(or_(beneath(known, actor), acted_on(actor)), unsealed(session, known, actor))


def visible_beneath(session: Session, actor: Actor) -> ColumnElement[bool]:
    """For lists of work: only what stands at the actor's unit and below, which an index can answer."""
    known = organisation(session)
    return and_(beneath(known, actor), unsealed(session, known, actor))


def sees(session: Session, known: Organisation, stood: Stood, actor: Actor) -> bool:
    """The same of one case already read; the database is asked only where the case stands outside the actor's unit."""
    snapshot = stood.snapshot
    if snapshot.sealed_to and actor.role not in snapshot.sealed_to:
        return False
    if snapshot.hidden_from and snapshot.hidden_from in line(known, actor, stood.now):
        return False
    if actor.unit in known.upward(snapshot.unit) and actor.role in stood.procedure.roles:
        return True
    return bool(session.scalar(select(exists().where(Case.id == stood.id, acted_on(actor)))))


def beneath(known: Organisation, actor: Actor) -> ColumnElement[bool]:
    unit = known.units.get(actor.unit)
    return and_(LEVELS[unit.level] == unit.id, of_the_post(actor.role)) if unit else literal(False)


def of_the_post(role: str) -> ColumnElement[bool]:
    """Of procedures in which the post has a part, in the version the case stands under; others are not its business."""
    versions = [version for version, procedure in definitions().items() if role in procedure.roles]
    return tuple_(Case.procedure, Case.definition).in_(versions)


def acted_on(actor: Actor) -> ColumnElement[bool]:
    """A case that has been moved elsewhere is still followed by those who had it."""
    own = [Event.actor == actor.person, Event.recorded_by == actor.person] if actor.person else []
    office = [and_(Event.unit_id == actor.unit, of_the_post(actor.role))] if actor.unit else []
    return exists(select(1).where(Event.case_id == Case.id, or_(literal(False), *own, *office)))


def unsealed(session: Session, known: Organisation, actor: Actor) -> ColumnElement[bool]:
    """Open, or sealed to his role; never for anybody with a post in the unit it is hidden from, or below it."""
    return and_(
        or_(func.cardinality(Case.sealed_to) == 0, literal(actor.role) == func.any(Case.sealed_to)),
        or_(Case.hidden_from == "", Case.hidden_from.not_in(line(known, actor, db.now(session)))),
    )


def line(known: Organisation, actor: Actor, now: datetime) -> list[str]:
    """Every unit the person stands in or under, in whichever post."""
    own = {actor.unit, *(post.unit for post in known.actors(actor.person, today(now)))}
    return sorted({unit for each in own for unit in known.upward(each)})
