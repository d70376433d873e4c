"""Every refusal and failure as one page or one problem; never a stack, never another person's data."""

from __future__ import annotations

from dataclasses import replace

import structlog
from flask import Flask, Response, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

from web.languages import said
from web.problems import N_, Fault, Problem, fault, problem
from web.refused import fault_of
from web.security import is_api
from workflow.refusals import Refused

log = structlog.get_logger("web")

SLUGS = {
    400: "malformed-request",
    401: "login-required",
    403: "action-not-permitted",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid-data",
    429: "too-many-attempts",
}


def bind(app: Flask) -> None:
    app.register_error_handler(Refused, refused)
    app.register_error_handler(Problem, lambda error: answer(error.fault))
    app.register_error_handler(CSRFError, lambda _error: answer(fault("csrf")))
    app.register_error_handler(OperationalError, unavailable)
    app.register_error_handler(InterfaceError, unavailable)
    app.register_error_handler(DataError, lambda _error: answer(fault("invalid-data")))
    app.register_error_handler(HTTPException, plain)
    app.register_error_handler(Exception, crashed)


def wants_problem() -> bool:
    """Under /api always; elsewhere where the client prefers JSON to a page."""
    accepted = request.accept_mimetypes
    prefers = accepted.best_match(("text/html", "application/problem+json", "application/json"), "text/html")
    return is_api() or prefers != "text/html"


def refused(error: Refused) -> Response:
    return answer(fault_of(error))


def answer(fault: Fault) -> Response:
    response = problem(fault) if wants_problem() else Response(render_template("fault.html", fault=spoken(fault)))
    response.status_code = fault.status
    response.headers.update(fault.headers)
    return response


def spoken(fault: Fault) -> Fault:
    """The same in the reader's language."""
    errors = tuple(replace(each, message=said(each.message, fault.context)) for each in fault.errors)
    title, detail = said(fault.title, fault.context), said(fault.detail, fault.context)
    return replace(fault, title=title, detail=detail, errors=errors if len(errors) > 1 else ())


def plain(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    if error.code in SLUGS:
        return answer(replace(fault(SLUGS[error.code]), headers=headers))
    other = Fault(error.code or 500, "http-error", N_("现在不能办"), N_("请求没有完成，请稍后重试。"))
    return answer(replace(other, headers=headers))


def unavailable(error: Exception) -> Response:
    log.error("record unavailable", error=type(error).__name__, request_id=g.get("request_id", ""))
    return answer(replace(fault("temporarily-unavailable"), headers={"Retry-After": "5"}))


def crashed(error: Exception) -> Response:
    trace = str(g.get("request_id", ""))[:8]
    log.error("crashed", exc_info=error, request_id=g.get("request_id", ""))
    return answer(replace(fault("internal"), trace=trace))
