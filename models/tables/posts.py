"""Who holds which role at which office, and for how long."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Post(Base):
    """Held from `from_day` through `to_day`, days of Shanghai; without `to_day`, until further notice."""

    __tablename__ = "posts"
    __table_args__ = (
        CheckConstraint("to_day IS NULL OR to_day >= from_day", name="days"),
        Index(None, "person_id"),
        Index(None, "unit_id", "role"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str]
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"))
    from_day: Mapped[date]
    to_day: Mapped[date | None]
