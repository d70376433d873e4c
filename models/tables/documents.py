"""Official papers with the wording they were issued with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Document(Base):
    """`seq` is the event that issued it; `only_for` are the parties who may read it, where not all may.

    The text of a receipt keeps a placeholder where the tracking code stood.
    """

    __tablename__ = "documents"
    __table_args__ = (Index(None, "case_id", "seq"),)

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int]
    document: Mapped[str]
    label: Mapped[str]
    to_roles: Mapped[list[str]] = mapped_column(server_default="{}")
    only_for: Mapped[list[str]] = mapped_column(server_default="{}")
    text: Mapped[str]
    issued_at: Mapped[datetime]
