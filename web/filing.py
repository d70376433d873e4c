"""Opening a case: by staff at their unit, or by a resident on the public page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import segno
from flask import current_app, request, url_for

from models import casework
from models.casework import Given
from models.db import db
from models.organisation import organisation
from web import behalf, days, pools, uploads
from web.asking import Asking, sent_day
from web.languages import gettext as _
from web.showing import done
from web.showing.case import Desk
from web.transaction import ring_afterwards
from web.views.done import Result, Slip
from web.views.form import Form
from workflow.machine import UNOPENED, sources
from workflow.registry import PROCEDURES
from workflow.snapshot import Actor, CaseSnapshot
from workflow.words.acts import Act
from workflow.words.naming import several


@dataclass(frozen=True)
class Opening:
    procedure: str
    trigger: str
    label: str
    act: str
    law: str


def openings(role: str) -> tuple[Opening, ...]:
    """Acts by which this role may open a case today."""
    found = ((law, act) for law in PROCEDURES.values() for act in law.acts_on(days.today()))
    return tuple(
        Opening(law.id, act.id, law.label, act.label, act.law)
        for law, act in found
        if UNOPENED in sources(law, act) and may_open(act, role)
    )


def may_open(act: Act, role: str) -> bool:
    """Whether it is his act, or his office to record it for somebody outside."""
    return any(getattr(who, "id", "") == role for hand in act.hands for who in (*hand, *several(act.via)))


def asking(procedure: str, trigger: str, unit: str, preset: Mapping[str, Any] | None = None) -> Asking | None:
    """Nothing where no case is opened that way; with `preset` it is the form of a resident."""
    law = PROCEDURES.get(procedure)
    act = law.act(trigger, days.today()) if law else None
    if law is None or act is None or UNOPENED not in sources(law, act):
        return None
    known = organisation(db.session())
    blank = CaseSnapshot("", law.id, unit=unit)
    return Asking(law, act, blank, pools.of(known, unit), preset or {}, public=preset is not None)


def opened(asked: Asking, sent: dict[str, Any], actor: Actor) -> Result:
    """Down the one road; raises Refused. The code on the slip is told here and never again."""
    uploads.take(sent, asked.fields, sender(actor), None)
    ring_afterwards()
    by, via = behalf.whose(asked.law, asked.act, actor, asked.snapshot)
    answer = casework.open_case(
        db.session(), asked.law, asked.act.id, sent, actor=by, unit=asked.snapshot.unit, via=via,
        key=request.form.get("key", "")[:100], on=sent_day(),
    )  # fmt: skip
    uploads.attach(sent, asked.fields, answer.no)
    desk = Desk(days.now(), days.calendar())
    first = Given("", answer.name, answer.tracking_code, answer.pin)
    told = slips(answer.no, (first, *answer.acted.given))
    return replace(done.result(asked.law, answer.acted, desk), slips=told)


def grown(asked: Asking, sent: dict[str, Any], actor: Actor) -> Form:
    return asked.grown(sent, sender(actor), None)


def sender(actor: Actor) -> str:
    """Whose files these are; nobody's by name where a resident files."""
    return actor.person or f"resident:{request.form.get('key', '')[:100]}"


def slips(no: str, given: Iterable[Given]) -> tuple[Slip, ...]:
    """One for each whose code came with the act."""
    return tuple(slip(no, each.code, each.pin, days.today(), each.name) for each in given)


def slip(no: str, code: str, pin: str, received_on: date, whose: str = "") -> Slip:
    units = organisation(db.session()).units
    unit = no.split("-")[1]
    factor = _("凭证上的密码") if pin else _("手机号后四位")
    name = units[unit].name if unit in units else unit
    return Slip(no, code, factor, received_on, name, picture(code), pin, whose)


def picture(code: str) -> str:
    """The address of the public page as a picture; the code stands behind #, which no server ever hears."""
    base = current_app.config["PUBLIC_ADDRESS"].rstrip("/") or request.host_url.rstrip("/")
    drawn = segno.make(f"{base}{url_for('track.ask')}#{code}", error="m", micro=False)
    inline = drawn.svg_inline(
        scale=4, border=2, omitsize=True, svgclass=None, lineclass=None, title=_("查办件的二维码")
    )
    return inline.replace("<svg ", '<svg role="img" ', 1)
