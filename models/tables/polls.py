"""Anonymous forms: codes not used yet, and counts. Nothing ties an answer to a code, a person or a moment."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class PollCode(Base):
    """A code that has been handed out and not used; using it removes the row."""

    __tablename__ = "poll_codes"

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    poll: Mapped[str]


class PollCount(Base):
    """How many forms came back with that answer; under the empty answer, how many codes were handed out."""

    __tablename__ = "poll_counts"
    __table_args__ = (CheckConstraint("count >= 0", name="count"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    poll: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
