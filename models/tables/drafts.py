"""What somebody has typed into a form and not yet sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Draft(Base):
    """One a person, case and act; nobody else's to read. `no` is empty while there is no case yet.

    `form` holds the lines as typed, by name; `version` is that of the case the form was drawn from.
    """

    __tablename__ = "drafts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    no: Mapped[str] = mapped_column(primary_key=True)
    trigger: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(server_default="0")
    saved_at: Mapped[datetime] = mapped_column(server_default=text("linban_now()"), index=True)
