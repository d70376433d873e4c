"""What follows from an act in a transaction of its own: an act by itself, a look at a linked case, a case to open."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Impulse(Base):
    """`case_id` is the case it happens to; for `open` the one it springs from, and `opened_id` the one opened.

    `act` does one act if its conditions still hold; `follow` does whichever acts by themselves hold by then, because
    a case it is linked to has moved. `outcome` is `void` where nothing was left to do.
    """

    __tablename__ = "impulses"
    __table_args__ = (
        CheckConstraint("kind IN ('act', 'follow', 'open')", name="kind"),
        Index("ix_impulses_waiting", "id", "case_id", postgresql_where=text("done_at IS NULL AND dead_at IS NULL")),
        Index(None, "case_id"),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str]
    trigger: Mapped[str] = mapped_column(server_default="")
    reason: Mapped[str] = mapped_column(server_default="")
    on_day: Mapped[date]
    body: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    key: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(server_default="")
    opened_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    attempts: Mapped[int] = mapped_column(server_default="0")
    not_before: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(server_default="")
    dead_at: Mapped[datetime | None]
