"""One case, as this reader may see it: read, offered, acted on, shown. Whatever he may not see is not found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy import exists, select

from models import casework
from models.casework import Acted
from models.casework.acting import see
from models.db import db
from models.organisation import Organisation, organisation
from models.outside import Outside
from models.reading import opened as reading
from models.reading.timeline import Happened, timeline
from models.reading.visible import visible
from models.snapshots import NOT_FOUND, Stood, linked, named, read_case
from models.tables import Case as CaseRow
from models.tables import Document, File, Person
from web import asking as asked
from web import behalf, days, filing, pools, slips, uploads
from web.asking import Asking
from web.languages import gettext as _
from web.languages import t
from web.showing import bars, done
from web.showing import case as drawn
from web.showing.case import Desk
from web.showing.facts import Reader, fact
from web.transaction import ring_afterwards
from web.views.case import Case, Fact, OpenedCases, Paper
from web.views.done import Result
from web.views.form import Form
from workflow.decide import available
from workflow.decision import Decision, Offer
from workflow.permission import works_on
from workflow.refusals import Refused
from workflow.reissuing import may_reissue
from workflow.snapshot import Actor, CaseSnapshot, Facts
from workflow.words.naming import several
from workflow.words.procedure import Procedure


@dataclass(frozen=True)
class CaseFile:
    """`stood` is the case as it stood when the page was asked for."""

    stood: Stood
    actor: Actor
    organisation: Organisation

    @property
    def law(self) -> type[Procedure]:
        return self.stood.procedure

    @property
    def snapshot(self) -> CaseSnapshot:
        return self.stood.snapshot

    @cached_property
    def facts(self) -> Facts:
        others = linked(db.session(), named(self.law, self.snapshot.data))
        facts = self.organisation.facts(self.law.id, self.snapshot.unit, days.today(), others)
        return replace(facts, outside=Outside(db.session(), writing=False))

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        return available(self.law, self.snapshot, by=self.actor, now=self.stood.now, facts=self.facts)

    @property
    def may_reissue(self) -> bool:
        return may_reissue(self.law(self.snapshot, self.facts, self.actor, days.today(), self.stood.now))

    @cached_property
    def events(self) -> tuple[Happened, ...]:
        return tuple(timeline(db.session(), self.stood.id))

    @cached_property
    def reader(self) -> Reader:
        """Who works on the case, or stands where it lies, sees telephone and address whole; secrets, the former."""
        inside = works_on(self.actor.person, self.law, self.snapshot)
        near = inside or self.actor.unit in (self.snapshot.unit, self.snapshot.data.get("received_at"))
        units = {unit.id: unit.name for unit in self.organisation.units.values()}
        return Reader(near, self.names, units, inside, self.actor.role)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Of the staff, and of those without a post whom this case names."""
        fields, known = self.law.fields, self.organisation.names
        data = self.snapshot.data.items()
        persons = {one for name, value in data if value and name in fields for one in fields[name].persons(value)}
        ids = [int(one) for one in persons - known.keys() if one.isdecimal()]
        found = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))) if ids else ()
        return {**known, **{str(id_): name for id_, name in found}}


def of(number: str, actor: Actor) -> CaseFile:
    """Raises Refused with NotFound alone, for what is not there and for what may not be seen."""
    session = db.session()
    stood = read_case(session, number)
    see(session, stood, actor)
    return CaseFile(stood, actor, organisation(session, stood.stamps))


def shown(seen: CaseFile) -> Case:
    owner = seen.organisation.names.get(str(seen.snapshot.data.get("caseworker", "")), "")
    title = db.session.scalar(select(CaseRow.title).where(CaseRow.id == seen.stood.id)) or ""
    record = drawn.Record(
        seen.stood.no, title, seen.stood.version, seen.events, papers(seen), seen.reader, owner, seen.may_reissue
    )
    desk = Desk(seen.stood.now, seen.organisation.calendar)
    case = drawn.shown(seen.law, seen.snapshot, seen.offers, record, desk)
    barred = bars.told(bars.on_case(seen.law, seen.snapshot, seen.facts, seen.stood.now), seen.reader)
    return replace(case, facts=(*case.facts, *barred), opened=opened(seen))


def opened(seen: CaseFile) -> OpenedCases | None:
    """Nothing where the case has opened no other."""
    found = reading.opened(db.session(), seen.stood.id)
    return drawn.opened(found) if found.asked else None


def papers(seen: CaseFile) -> tuple[Paper, ...]:
    """The newest first, with whom they are for; without those that tell what this reader may not read."""
    columns = (Document.id, Document.label, Document.issued_at, Document.to_roles, Document.document)
    rows = db.session.execute(select(*columns).where(Document.case_id == seen.stood.id).order_by(Document.id.desc()))
    roles = seen.law.roles
    return tuple(
        Paper(
            str(id_),
            label,
            at,
            _("、").join(t(roles[role].label, f"{seen.law.id}.{role}") for role in to if role in roles),
        )
        for id_, label, at, to, document in rows
        if seen.reader.may_read_paper(seen.law, document)
    )


def paper(seen: CaseFile, id_: int) -> Document:
    found = db.session.scalar(select(Document).where(Document.id == id_, Document.case_id == seen.stood.id))
    if found is None or not seen.reader.may_read_paper(seen.law, found.document):
        raise Refused(NOT_FOUND)
    return found


def file(id_: UUID, actor: Actor) -> File:
    """Belongs to a case the reader may see, or was handed in by himself."""
    found = db.session.get(File, id_)
    if found is None or not (found.uploaded_by == actor.person or may_see(found.case_id, actor)):
        raise Refused(NOT_FOUND)
    return found


def may_see(case_id: int | None, actor: Actor) -> bool:
    session = db.session()
    return bool(session.scalar(select(exists().where(CaseRow.id == case_id, visible(session, actor)))))


def asking(seen: CaseFile, trigger: str) -> Asking:
    """The form of an act of the present state; an act there is not, is not found."""
    act = seen.law.act(trigger, days.today())
    if act is None:
        raise Refused(NOT_FOUND)
    parties = behalf.choices(seen.law, act, seen.actor, seen.snapshot)
    choices = pools.of(seen.organisation, seen.snapshot.unit)
    return Asking(seen.law, act, seen.snapshot, choices, dated=True, previewed=True, parties=parties)


def act(seen: CaseFile, asking: Asking, sent: dict[str, Any]) -> Result:
    """Down the one road; raises Refused."""
    uploads.take(sent, asking.fields, seen.actor.person, seen.stood.id)
    ring_afterwards()
    key = request.form.get("key", "")[:100]
    answer = casework.act(db.session(), seen.stood.no, asking.act.id, sent, key=key, **hand(seen, asking))
    uploads.attach(sent, asking.fields, seen.stood.no)
    result = done.result(seen.law, answer, Desk(seen.stood.now, seen.organisation.calendar))
    given, codes = filing.slips(answer.no, answer.given), slips.sheet(seen.law, answer)
    return replace(result, slips=given, codes=codes, revealed=revealed(seen, answer))


def revealed(seen: CaseFile, answer: Acted) -> tuple[Fact, ...]:
    """What the act shows to whoever has just done it, and to him this once."""
    reader = replace(seen.reader, near=True, inside=True, this_once=True)
    lines = several(seen.law.acts[answer.trigger][0].reveals) if answer.decision else ()
    data = answer.decision.after.data if answer.decision else {}
    return tuple(shown for each in lines if each.id in data and (shown := fact(seen.law, each, data[each.id], reader)))


def grown(seen: CaseFile, asking: Asking, sent: dict[str, Any]) -> Form:
    return asking.grown(sent, seen.actor.person, seen.stood.id, version=version_sent())


def preview(seen: CaseFile, asking: Asking, sent: dict[str, Any]) -> Decision:
    """What the act would come to; only a file that came along is kept, so that it need not be sent twice."""
    uploads.take(sent, asking.fields, seen.actor.person, seen.stood.id)
    return casework.preview(db.session(), seen.stood.no, asking.act.id, sent, **hand(seen, asking))


def hand(seen: CaseFile, asking: Asking) -> dict[str, Any]:
    """Who acts, over which version, and for which day."""
    chosen = request.form.get(behalf.LINE, "")
    by, via = behalf.whose(seen.law, asking.act, seen.actor, seen.snapshot, chosen)
    return {"actor": by, "via": via, "version": version_sent(), "on": asked.sent_day()}


def version_sent() -> int:
    """The version the form was drawn from; a form without one has seen none."""
    sent = request.form.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1
