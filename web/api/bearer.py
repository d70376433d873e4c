"""Who asks over the network: a person in one post, known by the bearer token and by nothing else."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import current_app, g, request

from models.db import db
from web import days, tokens, writes
from web.api.strict import LARGEST
from web.problems import Problem, fault
from web.security import SAFE, is_api
from web.tokens import Bearer
from workflow.snapshot import Actor

WORD = re.compile("[Bb]earer +([A-Za-z0-9._~+/-]{20,200}=*) *")
OPEN = ("/api/v1/openapi.json", "/api/v1/docs")
CHALLENGE = 'Bearer realm="linban"'


def check() -> None:
    """Before anything under /api: no cookie is looked at, so none can be misused; nobody writes too often."""
    if not is_api():
        return
    request.max_content_length = LARGEST
    if request.path in OPEN:
        return
    g.bearer = bearer()
    if request.method not in SAFE:
        writes.count(db.session(), actor().person, current_app.config["API_WRITES"])


def bearer() -> Bearer:
    given = WORD.fullmatch(request.headers.get("Authorization", ""))
    found = tokens.recognise(db.session(), given[1], days.now()) if given else None
    if found is None:
        reason = ', error="invalid_token"' if "Authorization" in request.headers else ""
        raise Problem(replace(fault("login-required"), headers={"WWW-Authenticate": CHALLENGE + reason}))
    return found


def actor() -> Actor:
    known: Bearer = g.bearer
    return known.actor
