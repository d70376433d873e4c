"""Anonymous forms, on anybody's phone: a code works once. No cookie is set, no code stands in a log.

Reading writes nothing, so that only codes sent by a form count as tries; eighty random bits cannot be guessed at.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, request

from models import polls
from models.db import db
from models.organisation import organisation
from models.reading.track import TooManyTries
from web.languages import gettext as _
from web.languages import sentence
from web.rendering import page
from workflow.refusals import Refused

pages = Blueprint("forms", __name__)


@pages.get("/form")
def ask() -> str:
    return asking()


def asking(trouble: str = "") -> str:
    return page("form.html", trouble=trouble, form=None)


@pages.get("/form/<code>")
def scanned(code: str) -> Any:
    """What a printed code leads to."""
    return question(code[:60], tried=False)


@pages.post("/form")
def look() -> Any:
    return question(request.form.get("code", "")[:60], tried=True)


def question(code: str, *, tried: bool) -> Any:
    """A wrong code, a used one and one that cannot be one get the same answer."""
    try:
        form = polls.found(db.session(), code, address=address(), noted=tried)
    except TooManyTries as error:
        return shut(error.retry_after)
    except Refused as error:
        return refused(error)
    return drawn(form, code)


def drawn(form: polls.Form, code: str, trouble: str = "") -> str:
    units = organisation(db.session()).units
    unit = units[form.unit].name if form.unit in units else ""
    return page("form.html", trouble=trouble, form=form, unit=unit, code=code)


@pages.post("/form/answer")
def answer() -> Any:
    code, said = request.form.get("code", "")[:60], request.form.get("answer", "")[:60]
    try:
        form = polls.found(db.session(), code, address=address(), noted=True)
        if said not in form.poll.options:
            return make_response(drawn(form, code, _("请选择一项。")), 422)
        polls.fill_in(db.session(), code, said)
    except TooManyTries as error:
        return shut(error.retry_after)
    except Refused as error:
        return refused(error)
    return page("form_done.html")


def address() -> str:
    return request.remote_addr or ""


def refused(error: Refused) -> Response:
    first = error.refusals[0]
    return make_response(asking(sentence(first, "law")), first.kind.status)


def shut(seconds: int) -> Response:
    told = make_response(asking(_("尝试次数过多，请 %(n)s 分钟后再试。", n=-(-seconds // 60))), 429)
    told.headers["Retry-After"] = str(seconds)
    return told
