"""Registers and rosters: dated entries about persons and units that outlive the cases that made them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Entry(Base):
    """One line, never changed: what was entered is taken out of force by an `end` under the same `key`.

    `about` is a person's or a unit's id; `values` are the columns of the register. `case_id` and `seq` name the event
    that wrote it; a roster loaded from elsewhere has none.
    """

    __tablename__ = "entries"
    __table_args__ = (
        CheckConstraint("kind IN ('enter', 'end')", name="kind"),
        Index(None, "register", "about", "id"),
        Index("ix_entries_values", "values", postgresql_using="gin", postgresql_ops={"values": "jsonb_path_ops"}),
        Index(None, "case_id", postgresql_where=text("case_id IS NOT NULL")),
    )

    id: Mapped[Key]
    register: Mapped[str]
    about: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default="enter")
    key: Mapped[str] = mapped_column(server_default="")
    since: Mapped[date]
    until: Mapped[date | None]
    amount: Mapped[int] = mapped_column(server_default="0")
    values: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int | None]
    written_at: Mapped[datetime] = mapped_column(server_default=text("linban_now()"))
