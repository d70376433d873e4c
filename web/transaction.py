"""The one place where a request ends: below 400 what it wrote is kept, otherwise taken back; then the bell rings."""

from __future__ import annotations

from flask import Flask, Response, g, request

from jobs.queue import ring_after_commit
from models.db import conclude, db
from web.security import SAFE


def bind(app: Flask) -> None:
    app.after_request(finish)


def finish(answer: Response) -> Response:
    """A page that is only read keeps nothing, whatever its code did."""
    if not db.session.registry.has():
        return answer
    keep = request.method not in SAFE and answer.status_code < 400
    conclude(db.session(), keep=keep)
    if keep and g.get("moved"):
        ring_after_commit()
    return answer


def ring_afterwards() -> None:
    """A case is about to move: the workers hear of it once that is kept."""
    g.moved = True
