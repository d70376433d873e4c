"""My work."""

from __future__ import annotations

from flask import Blueprint, request
from flask_login import current_user

from web import listing
from web.identity import staff_only
from web.rendering import page

pages = Blueprint("desk", __name__)


@pages.get("/")
@staff_only
def show() -> str:
    return page("desk.html", block="work", desk=listing.desk(current_user, request.args))
