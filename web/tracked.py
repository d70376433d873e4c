"""The case a resident has opened with his code, for half an hour at most."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app, request, session
from sqlalchemy import func, or_, select

from models import casework, tracking
from models.db import db
from models.organisation import organisation
from models.reading.track import reminders
from models.snapshots import NOT_FOUND, Stood, read_case
from models.tables import Document, Unit
from web import casefile, days, pools, uploads
from web.asking import Asking
from web.casefile import CaseFile
from web.languages import t
from web.showing import done
from web.showing import track as drawn
from web.showing.case import Desk
from web.showing.track import Office
from web.transaction import ring_afterwards
from web.views.done import Result
from web.views.form import Form
from web.views.track import Track
from workflow.calendar import today
from workflow.refusals import Refused
from workflow.residents import residents
from workflow.snapshot import Actor


def followed() -> CaseFile | None:
    """Nothing where no code was given in this browser, too long ago, or another one has been issued since."""
    number, given_at, party = session.get("track") or ("", "", "")
    if not number or days.now() - datetime.fromisoformat(given_at) > current_app.config["IDLE"]:
        return None
    stood = read_case(db.session(), number)
    issued_at = tracking.issued_at(db.session(), stood.id, party)
    if issued_at is None or issued_at > datetime.fromisoformat(given_at):
        return None
    return CaseFile(stood, speaker(stood, party), organisation(db.session(), stood.stamps))


def speaker(stood: Stood, party: str) -> Actor:
    """Whoever the code was given to, and nobody else; where there is one party, that one."""
    known = residents(stood.procedure, stood.snapshot.data).get(party)
    if known:
        return Actor(known.id, known.role, "", known.name)
    role = next((role.id for role in stood.procedure.roles.values() if role.outside), "")
    return Actor(str(stood.snapshot.data.get(f"{role}_person", "")), role)


def shown(seen: CaseFile) -> Track:
    holder = db.session.get(Unit, seen.snapshot.unit)
    assert holder is not None, "a case stands at a unit"
    above = db.session.get(Unit, holder.parent_id) if holder.parent_id else None
    record = drawn.Record(
        seen.stood.no, office(holder), office(above) if above else None, seen.events, papers(seen),
        reminders(db.session(), seen.stood.id),
    )  # fmt: skip
    return drawn.shown(seen.law, seen.snapshot, seen.offers, record, Desk(seen.stood.now, seen.organisation.calendar))


def office(unit: Unit) -> Office:
    return Office(unit.name, unit.phone, unit.hours)


def papers(seen: CaseFile) -> tuple[Any, ...]:
    """Those issued to this resident."""
    columns = (Document.id, Document.document, Document.label, Document.issued_at)
    rows = db.session.execute(select(*columns).where(*mine(seen)).order_by(Document.id.desc()))
    return tuple((id_, t(label, f"{seen.law.id}.{name}"), today(at)) for id_, name, label, at in rows)


def mine(seen: CaseFile) -> tuple[Any, ...]:
    for_all = func.cardinality(Document.only_for) == 0
    own = or_(for_all, Document.only_for.contains([seen.actor.person]))
    return (Document.case_id == seen.stood.id, Document.to_roles.contains([seen.actor.role]), own)


def paper(seen: CaseFile, id_: int) -> Document:
    found = db.session.scalar(select(Document).where(Document.id == id_, *mine(seen)))
    if found is None:
        raise Refused(NOT_FOUND)
    return found


def asking(seen: CaseFile, trigger: str) -> Asking:
    """Only acts that the law gives to this resident now."""
    offer = next((offer for offer in seen.offers if offer.act.id == trigger and offer.mine), None)
    if offer is None:
        raise Refused(NOT_FOUND)
    choices = pools.of(seen.organisation, seen.snapshot.unit)
    return Asking(seen.law, offer.act, seen.snapshot, choices, public=True)


def act(seen: CaseFile, asked: Asking, sent: dict[str, Any]) -> Result:
    uploads.take(sent, asked.fields, resident(seen.stood.no), seen.stood.id)
    ring_afterwards()
    answer = casework.act(
        db.session(), seen.stood.no, asked.act.id, sent, actor=seen.actor, version=casefile.version_sent(),
        key=request.form.get("key", "")[:100],
    )  # fmt: skip
    uploads.attach(sent, asked.fields, seen.stood.no)
    return done.result(seen.law, answer, Desk(seen.stood.now, seen.organisation.calendar))


def grown(seen: CaseFile, asked: Asking, sent: dict[str, Any]) -> Form:
    return asked.grown(sent, resident(seen.stood.no), seen.stood.id, version=casefile.version_sent())


def resident(number: str) -> str:
    """Whose files these are, where nobody has an account."""
    return f"resident:{number}"
