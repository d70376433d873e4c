"""Acts: a case opened, an act done; both through the one road, under the key the program gives."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from models import casework
from models.casework import Acted
from models.db import db
from web import behalf, days
from web.api import answers, bearer, components, matching, taking, telling
from web.api.bilingual import words
from web.api.refusing import about_act, about_opening
from web.api.routes import KEY, MATCH, NAME, PLACE, REPLAYED, TAG, api, forms
from web.api.seeing import Seen, seen
from web.problems import N_, Problem, Wrong, fault
from web.transaction import ring_afterwards
from workflow.record import load_clock
from workflow.registry import PROCEDURES, definition
from workflow.words.procedure import Procedure

Law = type[Procedure]
WHICH = N_("请写明登记方式：{allowed}。", allowed="trigger")
UNIT = N_("请写明收件单位。")
OTHER_UNIT = N_("只能由本单位登记。")


@api.route("/cases/<name>", methods=["POST"], parameters=[NAME])
@api.arguments(taking.opening(forms(opening=True)))
@api.response(201, answers.Opened, headers={"Location": PLACE, "ETag": TAG, "Idempotency-Replayed": REPLAYED})
@api.doc(parameters=[KEY])
def open_case(sent: dict[str, Any], name: str) -> ResponseReturnValue:
    """登记一件新案件；查询码只在此告知一次 / Open a case; its tracking code is told here only"""
    law = PROCEDURES.get(name)
    if law is None:
        raise Problem(fault("not-found"))
    form, actor = sent.get("form", {}), bearer.actor()
    trigger, unit = opening_act(law, sent.get("trigger", "")), opening_unit(sent.get("unit", ""))
    ring_afterwards()
    with about_opening(law, form):
        opened = casework.open_case(
            db.session(), law, trigger, form, actor=actor, unit=unit, key=matching.key(), on=sent.get("acted_on")
        )
    told = came_to(law, opened.acted) | {"tracking_code": opened.tracking_code, "pin": opened.pin}
    headers = marked(opened.acted) | {"Location": url_for("api.case", name=opened.no)}
    return told, headers


@api.post("/cases/<no>/acts/<trigger>")
@api.arguments(taking.acting(forms(opening=False)))
@api.response(200, answers.Acted, headers={"ETag": TAG, "Idempotency-Replayed": REPLAYED})
@api.doc(parameters=[KEY, MATCH])
def act(sent: dict[str, Any], no: str, trigger: str) -> ResponseReturnValue:
    """办理一步 / Do one act"""
    version, key = matching.version(sent), matching.key()
    found = seen(no)
    ring_afterwards()
    with about_act(found, trigger, sent):
        done = acted(found, trigger, sent, version=version, key=key)
    return came_to(found.law, done), marked(done)


def acted(found: Seen, trigger: str, sent: dict[str, Any], *, version: int, key: str) -> Acted:
    """A clerk whose office it is records for somebody outside, as at the counter."""
    word, by, via = found.law.act(trigger, days.today()), found.actor, None
    if word is not None:
        by, via = behalf.whose(found.law, word, found.actor, found.snapshot, sent.get(behalf.LINE, ""))
    return casework.act(
        found.session, found.stood.no, trigger, sent.get("form", {}), actor=by, via=via, version=version, key=key,
        on=sent.get("acted_on"),
    )  # fmt: skip


# What a case is opened by, and where


def opening_act(law: Law, wanted: str) -> str:
    """The one act that opens a case, or the one asked for; 422 where there is a choice or no such act."""
    found = [act.id for act in components.acts(law) if components.opens(law, act)]
    if wanted in found or (not wanted and len(found) == 1):
        return wanted or found[0]
    told = Wrong("/trigger", "unknown-option", WHICH, {"allowed": found})
    raise Problem(fault("unknown-option", WHICH, errors=(told,), allowed=found))


def opening_unit(wanted: str) -> str:
    """Staff take in at their own office; who has none says where."""
    own = bearer.actor().unit
    if wanted and own and wanted != own:
        raise Problem(fault("invalid-data", OTHER_UNIT, errors=(Wrong("/unit", "unknown-option", OTHER_UNIT),)))
    if not (own or wanted):
        raise Problem(fault("required", UNIT, errors=(Wrong("/unit", "required", UNIT),)))
    return own or wanted


# What came of it


def came_to(law: Law, done: Acted) -> dict[str, Any]:
    """The same however often it is asked: the clocks too are those that ran after it."""
    law = definition(law.id, done.definition or law.version)
    running = [load_clock(body) for body in done.clocks]
    labels = {paper.label: f"{law.id}.{paper.id}" for paper in law.documents.values()}
    told = {name: getattr(done, name) for name in ("trigger", "outcome", "version", "at")}
    return told | {
        "number": done.no,
        "state": telling.state(law, done.state),
        "documents": [words(label, labels.get(label, law.id)) for label in done.documents],
        "clocks": telling.clocks(law, done.no, running),
        "warnings": telling.warnings(running),
        "given": [telling.given(each) for each in done.given],
        "revealed": telling.revealed(law, done.decision.after.data, done.trigger) if done.decision else [],
    }


def marked(done: Acted) -> dict[str, str]:
    return {"ETag": f'"{done.version}"'} | ({"Idempotency-Replayed": "true"} if done.replayed else {})
