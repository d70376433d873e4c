"""A form that was refused: what was typed, what was wrong, and the status that says so."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response

from web import errors
from web.rendering import page
from web.views.form import Form
from workflow.refusals import Refused


def refused_form(template: str, form: Form, error: Refused, **more: Any) -> Response:
    """What must not be known at all is not found, here as elsewhere; a program gets its problem."""
    first = error.refusals[0]
    if first.code == "NotFound" or errors.wants_problem():
        return errors.refused(error)
    return make_response(page(template, form=form, **more), first.kind.status)
