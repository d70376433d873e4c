"""Anybody who acts or is named: staff and residents alike."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Person(Base):
    __tablename__ = "people"

    id: Mapped[Key]
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=text("linban_now()"))
