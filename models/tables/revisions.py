"""When the organisation or the calendar last changed: a new stamp each time, never one seen before."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Revision(Base):
    """Random rather than counted: a number taken by a transaction that was rolled back would come again."""

    __tablename__ = "revisions"

    name: Mapped[str] = mapped_column(primary_key=True)
    stamp: Mapped[UUID] = mapped_column(server_default=text("gen_random_uuid()"))
