"""How a member of staff signs in: password and lockout."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Account(Base):
    """`password_hash` is argon2id; an account with `closed_at` signs nobody in, and ends its sessions."""

    __tablename__ = "accounts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    login: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    email: Mapped[str] = mapped_column(server_default="")
    language: Mapped[str] = mapped_column(server_default="zh")
    created_at: Mapped[datetime] = mapped_column(server_default=text("linban_now()"))
    locked_until: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
