"""The clocks of a case, and the rungs of their ladders that have been climbed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Clock(Base):
    """`body` is the whole clock as the law left it; the columns repeat what is searched for.

    `next_at` is when the next rung is due. A rung that cannot be climbed is tried again after `not_before`; after
    ten attempts the clock is dead until an operator revives it, and it holds up nothing else.
    """

    __tablename__ = "clocks"
    __table_args__ = (
        UniqueConstraint("case_id", "clock", "number", "generation"),
        CheckConstraint("status IN ('running', 'paused', 'overdue', 'ended')", name="status"),
        Index("ix_clocks_next_at", "next_at", postgresql_where=text("next_at IS NOT NULL AND dead_at IS NULL")),
        Index("ix_clocks_dead", "dead_at", postgresql_where=text("dead_at IS NOT NULL")),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    clock: Mapped[str]
    code: Mapped[str]
    number: Mapped[int]
    generation: Mapped[int]
    status: Mapped[str]
    started_on: Mapped[date]
    due_on: Mapped[date]
    due_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    provisional: Mapped[bool]
    body: Mapped[dict[str, Any]]
    attempts: Mapped[int] = mapped_column(server_default="0")
    not_before: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(server_default="")
    dead_at: Mapped[datetime | None]


class Rung(Base):
    """One rung climbed, once for each due date the clock has had (`dating`)."""

    __tablename__ = "rungs"
    __table_args__ = (UniqueConstraint("clock_id", "generation", "dating", "rung"),)

    id: Mapped[Key]
    clock_id: Mapped[int] = mapped_column(ForeignKey("clocks.id"))
    generation: Mapped[int]
    dating: Mapped[int]
    rung: Mapped[str]
    seq: Mapped[int]
    due_at: Mapped[datetime]
    climbed_at: Mapped[datetime]
