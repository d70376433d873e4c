"""Keys for programs: each acts as one person in one post, and no person writes too often by them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class ApiToken(Base):
    """Only the SHA-256 of the word is kept. `unit_id` is empty for an outside role, which has no post.

    The post is asked for anew at every use: a token is worth nothing on the day after its post ended.
    """

    __tablename__ = "api_tokens"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str]
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"))
    label: Mapped[str] = mapped_column(server_default="")
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(server_default=text("linban_now()"))
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class ApiWrites(Base):
    """Writes of a person in the minute of his last one, by whichever token."""

    __tablename__ = "api_writes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    minute: Mapped[datetime]
    writes: Mapped[int]
