"""Messages to people: written with the act that causes them, delivered afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Notice(Base):
    """One message to one person over one channel; `page` is for a resident, who reads it on the tracking page.

    `person_id` is empty for a resident, and where nobody holds the role: then `title` says so. `what` is a document,
    an act, the word of a rung (`warn`, `overdue`) or `calendar`; `clock` is the code of the clock, `due_at` its due
    moment. Of a new arrangement of holidays a person is told once, on the case that is due first.
    `dedup_key` tells the reader and the mail server that a repeated delivery is the same message.
    """

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint("channel IN ('inbox', 'email', 'page')", name="channel"),
        Index(None, "person_id", "created_at"),
        Index(None, "case_id", "seq"),
        Index(
            "ix_notices_to_deliver",
            "deliver_after",
            postgresql_where=text(
                "channel = 'email' AND delivered_at IS NULL AND withdrawn_at IS NULL AND dead_at IS NULL"
            ),
        ),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int]
    role: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    unit_id: Mapped[str] = mapped_column(server_default="")
    channel: Mapped[str]
    address: Mapped[str] = mapped_column(server_default="")
    what: Mapped[str]
    title: Mapped[str]
    clock: Mapped[str] = mapped_column(server_default="")
    due_at: Mapped[datetime | None]
    dedup_key: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    deliver_after: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    not_before: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(server_default="")
    dead_at: Mapped[datetime | None]
