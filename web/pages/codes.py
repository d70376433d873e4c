"""A tracking code given out anew."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort
from flask_login import current_user

from web import casefile, reissuing
from web.casefile import CaseFile
from web.identity import staff_only
from web.pages.answers import refused_form
from web.rendering import page
from workflow.refusals import Refused

pages = Blueprint("codes", __name__)


@pages.get("/cases/<number>/code")
@staff_only
def ask(number: str) -> str:
    seen = at_the_counter(number)
    return page("do.html", case=casefile.shown(seen), form=reissuing.form(seen))


@pages.post("/cases/<number>/code")
@staff_only
def give(number: str) -> Any:
    seen, sent = at_the_counter(number), reissuing.sent()
    try:
        result = reissuing.reissued(seen, sent)
    except Refused as error:
        form = reissuing.form(seen, sent, error.refusals)
        return refused_form("do.html", form, error, case=casefile.shown(seen))
    return page("done.html", result=result)


def at_the_counter(number: str) -> CaseFile:
    """404 for what may not be seen, 403 for whose post may not."""
    seen = casefile.of(number, current_user.actor)
    return seen if seen.may_reissue else abort(403)
