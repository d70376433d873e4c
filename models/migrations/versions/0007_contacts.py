"""Where a resident reaches an office, and when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("units", sa.Column("phone", sa.Text(), server_default="", nullable=False))
    op.add_column("units", sa.Column("hours", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("units", "hours")
    op.drop_column("units", "phone")
