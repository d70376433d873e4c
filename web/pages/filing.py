"""Residents file here, without an account: at once a receipt, with a code that is told once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, make_response, request

from models.db import db
from models.organisation import organisation
from web import filing
from web.asking import Asking
from web.pages.answers import refused_form
from web.rendering import page
from workflow.refusals import Refused
from workflow.snapshot import Actor, Level

pages = Blueprint("filing", __name__)

# What an office would fill in is answered for the resident; where he files, at a unit of these levels, is asked.
PUBLIC: dict[str, tuple[str, dict[str, Any], tuple[Level, ...]]] = {
    "petition": (
        "petitioner",
        {
            "channel": "web",
            "received_on": "",
            "received_at": "",
            "address_unknown": "",
            "at_letters_office": "",
            "simple_wanted": "",
            "subject_org": "",
        },
        ("street",),
    ),
    "mediation": ("party", {"source": "application", "relapse_of": ""}, ("community", "street")),
}
TRIGGERS = {"petition": "register", "mediation": "register"}


@pages.get("/file/<procedure>")
def draft(procedure: str) -> str:
    return drawn(asking(procedure))


@pages.post("/file/<procedure>")
def file(procedure: str) -> Any:
    asked = asking(procedure)
    sent = asked.sent()
    sent.pop("unit", None)
    try:
        if asked.more:
            form = filing.grown(asked, sent, Actor("", PUBLIC[procedure][0]))
            return page("file.html", form=form, **places(asked))
        result = filing.opened(asked, sent, Actor("", PUBLIC[procedure][0]))
    except Refused as error:
        form = asked.form(request.path, sent, error.refusals)
        return refused_form("file.html", form, error, **places(asked))
    return make_response(page("done.html", result=result), 201)


def asking(procedure: str) -> Asking:
    """At the unit the resident has chosen; the first one where he has not."""
    if procedure not in PUBLIC:
        abort(404)
    chosen, known = request.values.get("unit", ""), offices(procedure)
    unit = chosen if chosen in known else next(iter(known), "")
    return filing.asking(procedure, TRIGGERS[procedure], unit, PUBLIC[procedure][1]) or abort(404)


def drawn(asked: Asking) -> str:
    return page("file.html", form=asked.form(request.path), **places(asked))


def places(asked: Asking) -> dict[str, Any]:
    known, law = offices(asked.law.id), asked.law
    return {"unit": known.get(asked.snapshot.unit, ""), "units": known, "chosen": asked.snapshot.unit, "law": law}


def offices(procedure: str) -> dict[str, str]:
    """Those that take it online; their names by id, in the order of the tree."""
    *_, levels = PUBLIC[procedure]
    units = organisation(db.session()).units.values()
    return {unit.id: unit.name for unit in units if unit.level in levels}
