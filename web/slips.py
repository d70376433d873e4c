"""The sheet of codes for an anonymous form, made from an act's answer, which tells them once."""

from __future__ import annotations

import segno
from flask import current_app, request, url_for

from models.casework import Acted
from web.languages import gettext as _
from web.languages import t
from web.views.done import CodeSlip
from workflow.words.procedure import Procedure


def sheet(law: type[Procedure], answer: Acted) -> tuple[CodeSlip, ...]:
    """One slip a code; codes are random and stand in no order of persons."""
    about = str(answer.decision.after.data.get("title", "")) if answer.decision else ""
    labels = {poll.id: t(poll.label, f"{law.id}.{poll.id}") for poll in law.polls.values()}
    return tuple(slip(labels[poll], about, code) for poll, code in answer.codes)


def slip(poll: str, about: str, code: str) -> CodeSlip:
    base = base_address()
    return CodeSlip(poll, about, code, base + url_for("forms.ask"), drawn(base + url_for("forms.scanned", code=code)))


def base_address() -> str:
    return current_app.config["PUBLIC_ADDRESS"].rstrip("/") or request.host_url.rstrip("/")


def drawn(address: str) -> str:
    """The address as a picture within the page."""
    shown = segno.make(address, error="l", micro=False)
    inline = shown.svg_inline(
        scale=2, border=2, omitsize=True, svgclass=None, lineclass=None, title=_("测评码的二维码")
    )
    return inline.replace("<svg ", '<svg role="img" ', 1)
