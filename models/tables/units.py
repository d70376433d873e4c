"""Offices of the organisation tree: city, district, street, community, and the Party branches below them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Unit(Base):
    """`id` is the office's short code, part of every case number and never changed.

    `city_id` … `branch_id` repeat the unit itself and everything above it, one column a level. `phone` and `hours`
    are told to residents.
    """

    __tablename__ = "units"
    __table_args__ = (CheckConstraint("level IN ('city', 'district', 'street', 'community', 'branch')", name="level"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"))
    city_id: Mapped[str | None]
    district_id: Mapped[str | None]
    street_id: Mapped[str | None]
    community_id: Mapped[str | None]
    branch_id: Mapped[str | None]
    phone: Mapped[str] = mapped_column(server_default="")
    hours: Mapped[str] = mapped_column(server_default="")
