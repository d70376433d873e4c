"""A tracking code for each party of a case, and papers for some of them alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"

PRIMARY = "pk_tracking_codes"


def upgrade() -> None:
    op.add_column("tracking_codes", sa.Column("party", sa.Text(), server_default="", nullable=False))
    op.drop_constraint(PRIMARY, "tracking_codes")
    op.create_primary_key(PRIMARY, "tracking_codes", ["case_id", "party"])
    texts = postgresql.ARRAY(sa.Text())
    op.add_column("documents", sa.Column("only_for", texts, server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("documents", "only_for")
    op.drop_constraint(PRIMARY, "tracking_codes")
    op.execute("DELETE FROM tracking_codes WHERE party <> ''")  # where there is one code, nobody may speak for another
    op.drop_column("tracking_codes", "party")
    op.create_primary_key(PRIMARY, "tracking_codes", ["case_id"])
