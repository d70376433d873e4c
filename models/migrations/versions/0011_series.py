"""What the calendar opens: one row a series and unit; tries at codes of anonymous forms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("not_before", MOMENT, nullable=True),
        sa.Column("last_error", sa.Text(), server_default="", nullable=False),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_series_unit_id")),
        sa.PrimaryKeyConstraint("procedure", "series", "unit_id", name=op.f("pk_series")),
    )
    op.create_index("ix_series_next_at", "series", ["next_at"], postgresql_where=sa.text("dead_at IS NULL"))
    op.drop_constraint(op.f("ck_login_tries_kind"), "login_tries")
    op.create_check_constraint(op.f("ck_login_tries_kind"), "login_tries", "kind IN ('login', 'track', 'form')")


def downgrade() -> None:
    op.drop_table("series")
    op.drop_constraint(op.f("ck_login_tries_kind"), "login_tries")
    op.execute("DELETE FROM login_tries WHERE kind = 'form'")
    op.create_check_constraint(op.f("ck_login_tries_kind"), "login_tries", "kind IN ('login', 'track')")
