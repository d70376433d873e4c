"""How far the test clock is put forward; the database takes a row only in a schema marked as a test."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Boolean, CheckConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ClockOffset(Base):
    __tablename__ = "clock_offset"
    __table_args__ = (CheckConstraint("is_row", name="one_row"),)

    is_row: Mapped[bool] = mapped_column(Boolean, primary_key=True, server_default=text("true"))
    ahead: Mapped[timedelta]
