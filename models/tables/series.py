"""When the calendar opens the next case of a series at a unit."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Series(Base):
    """One row a series and unit, made by the clockwork. `since` is the last day for which it opened, or was refused.

    `period` and `calendar` say by which law and by which arrangement of holidays `next_at` was found; where either is
    another by now, it is found anew. Faults are noted as on a clock.
    """

    __tablename__ = "series"
    __table_args__ = (Index("ix_series_next_at", "next_at", postgresql_where=text("dead_at IS NULL")),)

    procedure: Mapped[str] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), primary_key=True)
    period: Mapped[str]
    calendar: Mapped[UUID]
    since: Mapped[date]
    next_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(server_default="0")
    not_before: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(server_default="")
    dead_at: Mapped[datetime | None]
