"""Official documents as sheets to read and print, and files handed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, send_from_directory, url_for
from flask_login import current_user

from web import casefile, uploads
from web.identity import staff_only
from web.rendering import page
from web.views.document import sheet

pages = Blueprint("documents", __name__)


@pages.get("/cases/<number>/docs/<int:id>")
@staff_only
def show(number: str, id: int) -> str:
    paper = casefile.paper(casefile.of(number, current_user.actor), id)
    back = url_for("cases.show", number=number)
    return page("document.html", paper=sheet(paper.label, paper.text), back=back, back_label=number)


@pages.get("/files/<uuid:id>")
@staff_only
def file(id: UUID) -> Any:
    """Handed out as a download, never shown in place: what stands in it is another's."""
    found = casefile.file(id, current_user.actor)
    return send_from_directory(
        uploads.home(), str(id), mimetype=found.media_type, as_attachment=True, download_name=found.name
    )
