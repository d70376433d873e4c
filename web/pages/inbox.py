"""Reminders and escalations, to be acknowledged."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, get_template_attribute, redirect, request, url_for
from flask_login import current_user

from web import messages
from web.identity import staff_only
from web.rendering import page

pages = Blueprint("inbox", __name__)


@pages.get("/inbox")
@staff_only
def show() -> str:
    everything = "all" in request.args
    found = messages.inbox(current_user.person, everything=everything, unread=current_user.unread)
    return page("inbox.html", inbox=found)


@pages.post("/inbox/<int:id>")
@staff_only
def acknowledge(id: int) -> Any:
    notice = messages.acknowledge(current_user.person, id)
    if request.headers.get("HX-Request"):
        return get_template_attribute("parts/notice.html", "notice")(notice)
    return redirect(url_for("inbox.show"), 303)
