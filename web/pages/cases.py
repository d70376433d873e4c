"""Cases: found, looked at, opened, and every act on them through one form."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from flask_login import current_user

from web import casefile, checking, drafting, filing, listing
from web.drafting import Drawer
from web.identity import elsewhere, staff_only
from web.languages import gettext as _
from web.meanwhile import meanwhile
from web.pages.answers import refused_form
from web.rendering import day_long, page
from web.views.form import Form, Saved
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
    asking, kept = opening(procedure, trigger), opening_drawer(procedure, trigger).found
    raw = kept.form if kept and drafting.is_taken_up() else None
    return page("open.html", form=asking.form(request.path, raw, saved=drafting.offered(kept)))


@pages.post("/cases/new/<procedure>/<trigger>")
@staff_only
def file(procedure: str, trigger: str) -> Any:
    asking, drawer = opening(procedure, trigger), opening_drawer(procedure, trigger)
    sent = asking.sent()
    if drafting.is_kept():
        saved = drawer.keep(asking, sent, 0)
        return told(saved) or page("open.html", form=asking.form(request.path, sent if saved else None, saved=saved))
    try:
        if asking.more:
            return page("open.html", form=filing.grown(asking, sent, current_user.actor))
        result = filing.opened(asking, sent, current_user.actor)
    except Refused as error:
        return refused_form("open.html", asking.form(request.path, sent, error.refusals), error)
    drawer.empty()
    return make_response(page("done.html", result=result), 201)


def opening_drawer(procedure: str, trigger: str) -> Drawer:
    return Drawer.of(current_user.person, "", f"{procedure}.{trigger}")


def told(saved: Saved | None) -> str:
    """For htmx, whose answer is one line; nothing for a reader, who gets his page."""
    return drafting.note(saved) if request.headers.get("HX-Request") else ""


def opening(procedure: str, trigger: str) -> Any:
    """404 for what opens no case, 403 for whose post may not."""
    asking = filing.asking(procedure, trigger, current_user.actor.unit) or abort(404)
    if not filing.may_open(asking.act, current_user.actor.role):
        raise elsewhere(getattr(who, "id", "") for hand in asking.act.hands for who in hand)
    return asking


@pages.get("/cases/<number>")
@staff_only
def show(number: str) -> str:
    seen = casefile.of(number, current_user.actor)
    whole, opened = request.args.get("line") == "all", "all" if "print" in request.args else ""
    drafts = drafting.triggers(current_user.person, number)
    return page("case.html", block="line", case=casefile.shown(seen), whole=whole, opened=opened, drafts=drafts)


@pages.get("/cases/<number>/opened")
@staff_only
def opened(number: str) -> str:
    """How many of the cases it asked for are there; what the case page asks again and again."""
    seen = casefile.of(number, current_user.actor)
    return page("opened.html", block="opened", number=number, opened=casefile.opened(seen) or abort(404))


@pages.get("/cases/<number>/do/<trigger>")
@staff_only
def ask(number: str, trigger: str) -> str:
    seen = casefile.of(number, current_user.actor)
    asking, kept = casefile.asking(seen, trigger), Drawer.of(current_user.person, number, trigger).found
    if kept is None or not drafting.is_taken_up():
        return drawn(seen, asking.form(request.path, version=seen.stood.version, saved=drafting.offered(kept)))
    late = meanwhile(seen, trigger, kept.version, kept.form) if kept.version != seen.stood.version else None
    raw, still = (late.kept, late.open) if late else (kept.form, True)
    form = asking.form(request.path, raw, version=seen.stood.version, open=still, saved=drafting.offered(kept))
    return drawn(seen, form, late=late)


@pages.post("/cases/<number>/do/<trigger>")
@staff_only
def do(number: str, trigger: str) -> Any:
    """Does it; or, by other buttons of the same form, keeps it for later, shows what would come of it, goes back."""
    seen = casefile.of(number, current_user.actor)
    asking, drawer = casefile.asking(seen, trigger), Drawer.of(current_user.person, number, trigger)
    sent, version = asking.sent(), casefile.version_sent()
    if drafting.is_kept():
        saved = drawer.keep(asking, sent, version)
        form = asking.form(request.path, sent if saved else None, version=version, saved=saved)
        return told(saved) or drawn(seen, form)
    try:
        if asking.more:
            return page("do.html", form=casefile.grown(seen, asking, sent), case=casefile.shown(seen))
        if "edit" in request.form:
            return drawn(seen, asking.form(request.path, sent, version=version))
        if "preview" in request.form:
            return page("check.html", case=casefile.shown(seen), check=checking.check(seen, asking, sent))
        result = casefile.act(seen, asking, sent)
    except Refused as error:
        return refused(number, trigger, sent, error)
    drawer.empty()
    return page("done.html", result=result)


def drawn(seen: casefile.CaseFile, form: Form, **more: Any) -> str:
    return page("do.html", case=casefile.shown(seen), form=form, **more)


def refused(number: str, trigger: str, sent: dict[str, Any], error: Refused) -> Response:
    """What was typed, over the case as it stands by now."""
    seen = casefile.of(number, current_user.actor)
    stale = any(refusal.code == "StaleCase" for refusal in error.refusals)
    late = meanwhile(seen, trigger, casefile.version_sent(), sent) if stale else None
    told = tuple(refusal for refusal in error.refusals if refusal.code != "StaleCase")
    raw, still = (late.kept, late.open) if late else (sent, True)
    form = casefile.asking(seen, trigger).form(request.path, raw, told, version=seen.stood.version, open=still)
    return refused_form("do.html", form, error, case=casefile.shown(seen), late=late)
