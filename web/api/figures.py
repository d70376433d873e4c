"""The figures of a procedure, over what whoever watches may see."""

from __future__ import annotations

from typing import Any

from models.db import db
from models.organisation import organisation
from models.reading.worklist import WATCHERS
from web import days
from web.api import answers, bearer, taking
from web.api.bilingual import words
from web.api.routes import api
from web.identity import elsewhere
from web.measuring import Counted, Wanted, laws_of
from web.problems import N_, Problem, fault
from workflow.words.measures import Counting, Figure
from workflow.words.procedure import Procedure


@api.get("/procedures/<id>/measures")
@api.arguments(taking.period(), location="query")
@api.response(200, answers.Measures)
def measures(asked: dict[str, Any], id: str) -> Any:
    """一个程序的指标，缺省从年初到今天 / The measures of a procedure; from New Year's Day through today unless said"""
    actor, today = bearer.actor(), days.today()
    if actor.role not in WATCHERS:
        raise elsewhere(WATCHERS)
    law = next((each for each in laws_of(actor) if each.id == id), None)
    if law is None:
        raise Problem(fault("not-found"))
    wanted = Wanted(law, asked.get("from") or today.replace(month=1, day=1), asked.get("to") or today)
    if wanted.first > wanted.last:
        raise Problem(fault("invalid-data", N_("开始日不能晚于结束日。")))
    counted = Counted.of(actor, wanted, organisation(db.session()))
    found = [(each, counted.asked.figure(each, counted.points)) for each in law.measures.values()]
    told = [figure(law, each, one) for each, one in found]
    return {"procedure": law.id, "unit": actor.unit, "from": wanted.first, "to": wanted.last, "measures": told}


def figure(law: type[Procedure], measure: Counting, found: Figure) -> dict[str, Any]:
    """`value` is null where nothing was counted; of a share `of` are how many of `among`."""
    value = None if found.value is None else round(float(found.value), 6)
    return {
        "id": measure.id, "label": words(measure.label, f"{law.id}.{measure.id}"), "shape": measure.shape,
        "value": value, "of": found.of, "among": found.among,
    }  # fmt: skip
