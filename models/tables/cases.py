"""A case as it stands; changed by the one road alone, and never without an event."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key

OPEN = text("is_open")


class Case(Base):
    """`version` counts acts, `seq` counts events (rungs of ladders too), `head` is the hash of the last event.

    `no` is the case number and what the law calls the case by. `city_id` … `branch_id` follow `unit_id`.
    `due_at` is when the first running duty of the office ends, `due_code` which; `paused_on` since when one stands
    still. `marks` are what other cases look for it by, `once_key` what no second case may share; both keyed hashes.
    `is_open`: somebody in the office still has something to do. `opened_from_id`: the case that opened it.
    """

    __tablename__ = "cases"
    __table_args__ = (
        *(
            Index(f"ix_cases_{level}_due", f"{level}_id", "due_at", "id", postgresql_where=OPEN)
            for level in ("city", "district", "street", "community", "branch")
        ),
        Index("ix_cases_caseworker_due", "caseworker_id", "due_at", postgresql_where=OPEN),
        Index("ix_cases_marks", "marks", postgresql_using="gin"),
        Index("uq_cases_once_key", "once_key", unique=True),
        Index("ix_cases_opened_from", "opened_from_id", postgresql_where=text("opened_from_id IS NOT NULL")),
    )

    id: Mapped[Key]
    no: Mapped[str] = mapped_column(unique=True)
    procedure: Mapped[str]
    definition: Mapped[str]
    state: Mapped[str]
    left: Mapped[str] = mapped_column(server_default="")
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"))
    city_id: Mapped[str | None]
    district_id: Mapped[str | None]
    street_id: Mapped[str | None]
    community_id: Mapped[str | None]
    branch_id: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="0")
    seq: Mapped[int] = mapped_column(server_default="0")
    head: Mapped[bytes] = mapped_column(server_default=text("'\\x'::bytea"))
    title: Mapped[str] = mapped_column(server_default="")
    data: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    memory: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    filed_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(server_default="")
    opened_from_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    caseworker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    due_at: Mapped[datetime | None]
    due_code: Mapped[str] = mapped_column(server_default="")
    paused_on: Mapped[date | None]
    is_open: Mapped[bool] = mapped_column(server_default=text("true"))
    sealed_to: Mapped[list[str]] = mapped_column(server_default="{}")
    hidden_from: Mapped[str] = mapped_column(server_default="")
    marks: Mapped[list[str]] = mapped_column(server_default="{}")
    once_key: Mapped[str | None]


class CaseKey(Base):
    """Keys the hashes of a case's values; without it they can no longer be tied to anybody."""

    __tablename__ = "case_keys"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    secret: Mapped[bytes]
