"""What the record need not keep for ever is taken away; doing it twice, or in two places, does no harm."""

from __future__ import annotations

import structlog

from jobs import store
from models import db, drafts

log = structlog.get_logger(__name__)

EVERY = 3600.0  # seconds


def sweep() -> None:
    with db.transaction(store.sessions()) as session:
        gone = drafts.expire(session, db.now(session))
    if gone:
        log.info("drafts.expired", count=gone)
