"""What the definitions were like when cases began under them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Definition(Base):
    """One row a procedure and version: its names, as the program had them before the first case stood under it."""

    __tablename__ = "definitions"

    procedure: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[list[str]]
    known_at: Mapped[datetime]
