"""What supervisors watch."""

from __future__ import annotations

from flask import Blueprint, request
from flask_login import current_user

from web import watching
from web.identity import watchers_only
from web.rendering import page

pages = Blueprint("board", __name__)


@pages.get("/board")
@watchers_only
def show() -> str:
    return page("board.html", board=watching.board(current_user.actor, request.args))
