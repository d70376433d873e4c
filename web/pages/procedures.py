"""How each procedure goes, for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort

from web import atlas, days, diagram, words
from web.rendering import page
from workflow.registry import PROCEDURES
from workflow.words.procedure import Procedure

pages = Blueprint("procedures", __name__)


@dataclass(frozen=True)
class Entry:
    """`law` is what the first act of the procedure rests on."""

    id: str
    label: str
    law: str


@pages.get("/procedures")
def index() -> str:
    return page("procedures.html", procedures=[entry(each) for each in PROCEDURES.values()])


def entry(law: type[Procedure]) -> Entry:
    return Entry(law.id, law.label, next(act.law for act in law.all_acts()))


@pages.get("/procedures/<id>")
def show(id: str) -> str:
    law = PROCEDURES.get(id) or abort(404)
    found = atlas.of(law, days.today())
    return page("procedure.html", atlas=found, drawn=diagram.procedure(found, words.spoken(law.id)))
