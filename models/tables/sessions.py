"""Who is signed in at a browser, and who tried to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class WebSession(Base):
    """`id_hash` is the SHA-256 of what the browser holds; `person_id` is empty before signing in."""

    __tablename__ = "sessions"

    id_hash: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.person_id"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    created_at: Mapped[datetime] = mapped_column(server_default=text("linban_now()"))
    seen_at: Mapped[datetime] = mapped_column(server_default=text("linban_now()"))
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Try(Base):
    """One attempt at a password, a tracking code or the code of an anonymous form; kept whatever the request came to.

    Of anonymous forms only failures are kept, and never the code.
    """

    __tablename__ = "login_tries"
    __table_args__ = (
        CheckConstraint("kind IN ('login', 'track', 'form')", name="kind"),
        Index(None, "kind", "address", "tried_at"),
        Index(None, "kind", "subject", "tried_at"),
    )

    id: Mapped[Key]
    kind: Mapped[str]
    subject: Mapped[str]
    address: Mapped[str]
    tried_at: Mapped[datetime] = mapped_column(server_default=text("linban_now()"))
    succeeded: Mapped[bool]
