"""Cases: found, looked at, opened, and every act on them through one form."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from flask_login import current_user

from web import casefile, checking, filing, listing
from web.identity import staff_only
from web.languages import gettext as _
from web.meanwhile import meanwhile
from web.pages.answers import refused_form
from web.rendering import day_long, page
from web.views.form import Form
from workflow.refusals import Refused

pages = Blueprint("cases", __name__)


@pages.get("/cases")
@staff_only
def index() -> Any:
    """A whole number opens its case; anything else is looked for."""
    query, due = request.args.get("q", "").strip()[:80], listing.day_asked("due")
    if query and (number := listing.whole_number(query)):
        return redirect(url_for("cases.show", number=number), 303)
    said = _("“%(query)s”", query=query) if query else _("%(day)s到期", day=day_long(due)) if due else ""
    rows, more = listing.found(query, due) if said else ((), False)
    return page("cases.html", rows=rows, said=said, query=query, more=more)


@pages.get("/cases/new")
@staff_only
def choose() -> str:
    return page("new.html", openings=filing.openings(current_user.actor.role))


@pages.get("/cases/new/<procedure>/<trigger>")
@staff_only
def draft(procedure: str, trigger: str) -> str:
    return page("open.html", form=opening(procedure, trigger).form(request.path))


@pages.post("/cases/new/<procedure>/<trigger>")
@staff_only
def file(procedure: str, trigger: str) -> Any:
    asking = opening(procedure, trigger)
    sent = asking.sent()
    try:
        result = filing.opened(asking, sent, current_user.actor)
    except Refused as error:
        return refused_form("open.html", asking.form(request.path, sent, error.refusals), error)
    return make_response(page("done.html", result=result), 201)


def opening(procedure: str, trigger: str) -> Any:
    """404 for what opens no case, 403 for whose post may not."""
    asking = filing.asking(procedure, trigger, current_user.actor.unit) or abort(404)
    if not filing.may_open(asking.act, current_user.actor.role):
        abort(403)
    return asking


@pages.get("/cases/<number>")
@staff_only
def show(number: str) -> str:
    seen = casefile.of(number, current_user.actor)
    whole, opened = request.args.get("line") == "all", "all" if "print" in request.args else ""
    return page("case.html", block="line", case=casefile.shown(seen), whole=whole, opened=opened)


@pages.get("/cases/<number>/do/<trigger>")
@staff_only
def ask(number: str, trigger: str) -> str:
    seen = casefile.of(number, current_user.actor)
    return drawn(seen, casefile.asking(seen, trigger).form(request.path, version=seen.stood.version))


@pages.post("/cases/<number>/do/<trigger>")
@staff_only
def do(number: str, trigger: str) -> Any:
    """Does it; or, by another button of the same form, only shows what would come of it, or goes back to the form."""
    seen = casefile.of(number, current_user.actor)
    asking = casefile.asking(seen, trigger)
    sent = asking.sent()
    try:
        if "edit" in request.form:
            return drawn(seen, asking.form(request.path, sent, version=casefile.version_sent()))
        if "preview" in request.form:
            return page("check.html", case=casefile.shown(seen), check=checking.check(seen, asking, sent))
        return page("done.html", result=casefile.act(seen, asking, sent))
    except Refused as error:
        return refused(number, trigger, sent, error)


def drawn(seen: casefile.CaseFile, form: Form) -> str:
    return page("do.html", case=casefile.shown(seen), form=form)


def refused(number: str, trigger: str, sent: dict[str, Any], error: Refused) -> Response:
    """What was typed, over the case as it stands by now."""
    seen = casefile.of(number, current_user.actor)
    late = meanwhile(seen, trigger, casefile.version_sent(), error, sent)
    told = tuple(refusal for refusal in error.refusals if refusal.code != "StaleCase")
    raw, still = (late.kept, late.open) if late else (sent, True)
    form = casefile.asking(seen, trigger).form(request.path, raw, told, version=seen.stood.version, open=still)
    return refused_form("do.html", form, error, case=casefile.shown(seen), late=late)
