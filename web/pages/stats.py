"""The figures of the procedures, on a page and as a table to take away."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask_login import current_user

from web import measuring, sheets
from web.identity import watchers_only
from web.languages import gettext as _
from web.rendering import page

pages = Blueprint("stats", __name__)


@pages.get("/stats")
@watchers_only
def show() -> str | tuple[str, int]:
    """Days that are none are told above the usual ones."""
    found = measuring.stats(current_user.actor, request.args)
    shown = page("stats.html", stats=found)
    return (shown, 422) if found.problem else shown


@pages.get("/stats.xlsx")
@watchers_only
def sheet() -> Response:
    found = measuring.stats(current_user.actor, request.args)
    head = [_("指标"), _("公式"), _("数值"), _("由来"), *(f"{each.month:%Y-%m}" for each in found.measured[0].months)]
    rows = (
        (each.label, each.formula, each.value, each.counted, *(month.text for month in each.months))
        for each in found.measured
    )
    name = f"linban-{found.procedure}-{found.first}-{found.last}.xlsx"
    body = sheets.sheet(found.label, head, rows)
    return Response(body, mimetype=sheets.KIND, headers={"Content-Disposition": f'attachment; filename="{name}"'})
