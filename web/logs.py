"""One line of JSON a request: who, what, how long; never what was typed."""

from __future__ import annotations

import logging
import time

import structlog
from flask import Flask, Response, g, request
from flask_login import current_user
from structlog.tracebacks import ExceptionDictTransformer

from web.security import is_api

log = structlog.get_logger("web")


def bind(app: Flask) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    app.before_request(start)
    app.after_request(told)


def start() -> None:
    g.started = time.perf_counter()


def told(answer: Response) -> Response:
    if request.endpoint != "static":
        log.info(
            "request",
            method=request.method,
            route=str(request.url_rule or "-"),
            status=answer.status_code,
            ms=round(1000 * (time.perf_counter() - g.get("started", time.perf_counter())), 1),
            request_id=g.get("request_id", ""),
            person=who(),
        )
    return answer


def who() -> str:
    """Under /api no cookie is looked at, not even for this; who sends an anonymous form is nobody."""
    if request.blueprint == "forms":
        return ""
    if is_api():
        return g.bearer.actor.person if "bearer" in g else ""
    return getattr(current_user, "person", "")
