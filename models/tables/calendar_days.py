"""Which days are worked: one row a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class CalendarDay(Base):
    """A day without a row is guessed by its weekday and makes every term that looks at it provisional."""

    __tablename__ = "calendar_days"
    __table_args__ = (CheckConstraint("kind IN ('working', 'rest', 'make_up')", name="kind"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(server_default="")
    source: Mapped[str] = mapped_column(server_default="")
    confirmed: Mapped[bool]
