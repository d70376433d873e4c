"""One's own keys for programs: seen and taken back, by nobody else."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from models.db import db
from web import days, tokens
from web.identity import staff_only
from web.rendering import page

pages = Blueprint("keys", __name__)


@pages.get("/keys")
@staff_only
def show() -> str:
    return page("keys.html", keys=tokens.of_person(db.session(), current_user.person, days.now()))


@pages.post("/keys/<int:id>/revoke")
@staff_only
def revoke(id: int) -> Response:
    """What is not his is not found."""
    if not tokens.revoke(db.session(), current_user.person, id, days.now()):
        abort(404)
    return redirect(url_for("keys.show"), 303)
