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
from workflow.snapshot import Actor

pages = Blueprint("filing", __name__)

# What an office would fill in is answered for the resident; where he files is asked of him.
PUBLIC: dict[str, tuple[str, dict[str, Any]]] = {
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
    )
}
TRIGGERS = {"petition": "register"}


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
    """At the street the resident has chosen; the first one where he has not."""
    if procedure not in PUBLIC:
        abort(404)
    chosen = request.values.get("unit", "")
    streets = offices()
    unit = chosen if chosen in streets else next(iter(streets), "")
    return filing.asking(procedure, TRIGGERS[procedure], unit, PUBLIC[procedure][1]) or abort(404)


def drawn(asked: Asking) -> str:
    return page("file.html", form=asked.form(request.path), **places(asked))


def places(asked: Asking) -> dict[str, Any]:
    streets = offices()
    return {
        "unit": streets.get(asked.snapshot.unit, ""),
        "units": streets,
        "chosen": asked.snapshot.unit,
        "law": asked.law,
    }


def offices() -> dict[str, str]:
    """Streets take petitions online; their names by id, in the order of the tree."""
    units = organisation(db.session()).units.values()
    return {unit.id: unit.name for unit in units if unit.level == "street"}
