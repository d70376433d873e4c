"""A resident follows his case by code and second factor. No address holds the code, no answer tells what was wrong."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, request, session, url_for
from werkzeug.wrappers import Response as Answer

from models.db import db
from models.reading.track import TooManyTries, find
from web import days, tracked
from web.languages import gettext as _
from web.pages.answers import refused_form
from web.rendering import page
from web.views.document import sheet
from web.views.form import Form, Line
from workflow.refusals import Refused

pages = Blueprint("track", __name__)


@pages.get("/track")
def ask() -> str:
    return form()


def form(trouble: str = "", code: str = "") -> str:
    drawn = Form(url_for("track.look"), "", (Line("code", "", "text", code),), troubles=(trouble,) if trouble else ())
    return page("ask.html", form=drawn)


@pages.post("/track")
def look() -> Any:
    """A wrong code, a wrong second factor and a code that cannot be one get the same answer."""
    code, second = request.form.get("code", "")[:60], request.form.get("factor", "")[:20]
    try:
        number, party = find(db.session(), code, second, address=request.remote_addr or "")
    except TooManyTries as error:
        return shut(error.retry_after)
    if not number:
        return make_response(form(_("未查到，请核对查询码和后四位。"), code), 404)
    session["track"] = [number, days.now().isoformat(), party]
    return redirect(url_for("track.show"), 303)


def shut(seconds: int) -> Response:
    answer = make_response(form(_("尝试次数过多，请 %(n)s 分钟后再试。", n=-(-seconds // 60))), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


@pages.get("/track/case")
def show() -> Any:
    seen = tracked.followed()
    return page("track.html", track=tracked.shown(seen)) if seen else redirect(url_for("track.ask"), 303)


@pages.get("/track/docs/<int:id>")
def paper(id: int) -> str:
    seen = tracked.followed() or abort(404)
    found = tracked.paper(seen, id)
    return page(
        "document.html", paper=sheet(found.label, found.text), back=url_for("track.show"), back_label=seen.stood.no
    )


@pages.get("/track/do/<trigger>")
def act(trigger: str) -> str:
    seen = tracked.followed() or abort(404)
    form_ = tracked.asking(seen, trigger).form(request.path, version=seen.stood.version)
    return page("resident.html", form=form_, number=seen.stood.no)


@pages.post("/track/do/<trigger>")
def do(trigger: str) -> Any:
    seen = tracked.followed() or abort(404)
    asking = tracked.asking(seen, trigger)
    sent = asking.sent()
    try:
        if asking.more:
            return page("resident.html", form=tracked.grown(seen, asking, sent), number=seen.stood.no)
        result = tracked.act(seen, asking, sent)
    except Refused as error:
        drawn = asking.form(request.path, sent, error.refusals, version=seen.stood.version)
        return refused_form("resident.html", drawn, error, number=seen.stood.no)
    return page("done.html", result=result)


@pages.post("/track/leave")
def leave() -> Answer:
    session.pop("track", None)
    return redirect(url_for("track.ask"), 303)
