"""What every answer carries for safety, and the two checks every change of state must pass."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import uuid4

from flask import Flask, Response, current_app, g, request
from flask_wtf.csrf import CSRFError, CSRFProtect

csrf = CSRFProtect()

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

SAFE = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))


def bind(app: Flask) -> None:
    csrf.init_app(app)
    app.before_request(number_request)
    app.before_request(check_sender)
    app.after_request(add_headers)


def number_request() -> None:
    g.request_id = str(uuid4())


def check_sender() -> None:
    """A change of state by cookie needs our own origin and our own token; under /api no cookie is looked at.

    An anonymous form knows no cookie: whoever holds its code may send it.
    """
    if request.method in SAFE or is_api():
        return
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        raise CSRFError("foreign origin")
    if current_app.config["WTF_CSRF_ENABLED"] and request.blueprint != "forms":
        csrf.protect()


def is_api() -> bool:
    return request.path == "/api" or request.path.startswith("/api/")


def add_headers(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers["X-Request-Id"] = g.get("request_id", "")
    if request.endpoint != "static":
        answer.headers.setdefault("Cache-Control", "no-store")
    if current_app.config["HTTPS"]:
        answer.headers["Strict-Transport-Security"] = "max-age=31536000"
    return answer
