"""What a resident shows to follow his case: kept only as keyed hashes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class TrackingCode(Base):
    """One code a case, or one a party where there are several; `party` is the id he acts under, else empty.

    The second factor is the last four digits of the phone, or a PIN where there is none.
    """

    __tablename__ = "tracking_codes"
    __table_args__ = (CheckConstraint("second_kind IN ('phone', 'pin')", name="second_kind"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    party: Mapped[str] = mapped_column(primary_key=True, server_default="")
    code_hash: Mapped[bytes] = mapped_column(unique=True)
    second_hash: Mapped[bytes]
    second_kind: Mapped[str]
    issued_at: Mapped[datetime]
