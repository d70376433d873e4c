"""What happened to a case, chained by hash; the database lets nobody change or remove a row."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Event(Base):
    """One act, one hand of an act, or one rung. `actor` is whose act it is, `recorded_by` who entered it.

    `acted_on` is the day it counts for, `at` the moment it was done or, for the clock, due; `recorded_at` the moment
    it was written. `rung` names a rung climbed. `supersedes`: what the clock did from that moment on no longer counts,
    because this act was timely and only its entry late. `txid`: the transaction, for the guard of `cases`.
    """

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("case_id", "seq"),
        CheckConstraint("outcome IN ('done', 'signed')", name="outcome"),
        Index(None, "actor", "case_id"),
        Index(None, "unit_id", "case_id"),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int]
    trigger: Mapped[str]
    outcome: Mapped[str]
    rung: Mapped[str] = mapped_column(server_default="")
    from_state: Mapped[str]
    to_state: Mapped[str]
    actor: Mapped[str]
    role: Mapped[str]
    unit_id: Mapped[str] = mapped_column(server_default="")
    recorded_by: Mapped[str]
    recorded_role: Mapped[str]
    acted_on: Mapped[date]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    supersedes: Mapped[datetime | None]
    data_hash: Mapped[bytes]
    prev: Mapped[bytes]
    hash: Mapped[bytes]
    txid: Mapped[int] = mapped_column(server_default=text("(pg_current_xact_id()::text)::bigint"))


class EventValues(Base):
    """What the form said and changed on file; apart, so that it can be erased and the chain still holds."""

    __tablename__ = "event_values"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True, autoincrement=False)
    values: Mapped[dict[str, Any]]
