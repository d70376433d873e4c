"""A new tracking code at the counter: who the resident is has been checked, the old code stops working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from flask import request

from models import casework
from models.db import db
from web import behalf, filing
from web import sent as form_sent
from web.casefile import CaseFile
from web.forms import Asked
from web.languages import gettext as _
from web.languages import sentence, t
from web.views.done import Result
from web.views.form import Form
from workflow.calendar import today
from workflow.refusals import Refusal
from workflow.reissuing import PARTY, identity, whose
from workflow.residents import residents


def form(seen: CaseFile, raw: Mapping[str, Any] | None = None, refusals: Sequence[Refusal] = ()) -> Form:
    asked = Asked(seen.law.id, (identity,), raw or {}, refusals)
    parties = behalf.said(seen.law, residents(seen.law, seen.snapshot.data))
    wrong = tuple(sentence(each, seen.law.id) for each in refusals if each.field == PARTY)
    lines = (*behalf.line(PARTY, _("为谁补发"), parties, str((raw or {}).get(PARTY, "")), wrong), *asked.lines())
    then = (_("旧查询码马上失效，新查询码只显示一次"),)
    return Form(
        request.path, _("补发查询码"), lines, _("补发"), troubles=asked.troubles(),
        key=request.form.get("key") or str(uuid4()), then=then,
    )  # fmt: skip


def sent() -> dict[str, Any]:
    return form_sent.read(request.form, (whose, identity))


def reissued(seen: CaseFile, sent: Mapping[str, Any]) -> Result:
    """Raises Refused. The code on the slip is told here and never again."""
    answer = casework.reissue(
        db.session(), seen.stood.no, sent, actor=seen.actor, key=request.form.get("key", "")[:100]
    )
    state = t(seen.law.states[seen.snapshot.state].label, f"{seen.law.id}.{seen.snapshot.state}")
    received = seen.snapshot.data.get("received_on") or today(seen.snapshot.filed_at or seen.stood.now)
    slip = filing.slip(answer.no, answer.tracking_code, answer.pin, received, answer.name)
    return Result(answer.no, "", _("补发查询码"), state, then=(_("旧查询码已经失效"),), slips=(slip,))
