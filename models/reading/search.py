"""Cases by their number or by words in what they are about."""

from __future__ import annotations

from sqlalchemy import func, or_
from sqlalchemy.orm import Session

from models.reading.visible import visible
from models.reading.worklist import Listed, listed, rows
from models.tables import Case
from workflow.snapshot import Actor


def search(session: Session, actor: Actor, query: str, *, before: int | None = None, limit: int = 50) -> list[Listed]:
    """A whole number brings its case alone; anything else is looked for in titles and contents, the newest first.

    `before` is the id of the last row of the page before.
    """
    asked = query.strip()
    seen = rows().where(visible(session, actor))
    if exact := listed(session, seen.where(Case.no == asked.upper())):
        return exact
    like = f"%{escaped(asked)}%"
    found = or_(
        Case.title.like(like, escape="\\"), func.coalesce(Case.data["content"].astext, "").like(like, escape="\\")
    )
    later = seen.where(found, Case.id < before) if before else seen.where(found)
    return listed(session, later.order_by(Case.id.desc()).limit(limit)) if asked else []


def escaped(words: str) -> str:
    """Per cent signs and underlines are looked for, not obeyed."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
