"""What an office has decided for itself between lawful bounds."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Setting(Base):
    """Of one unit and all beneath it that have not decided otherwise; the last `from_day` not in the future counts."""

    __tablename__ = "settings"
    __table_args__ = (UniqueConstraint("unit_id", "procedure", "key", "from_day"),)

    id: Mapped[Key]
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"))
    procedure: Mapped[str]
    key: Mapped[str]
    value: Mapped[Any] = mapped_column(JSONB)
    from_day: Mapped[date]
