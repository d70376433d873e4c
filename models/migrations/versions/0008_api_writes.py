"""How often a person has written over the interface in the minute of his last write."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "api_writes",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=False),
        sa.Column("writes", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_api_writes_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_api_writes")),
    )


def downgrade() -> None:
    op.drop_table("api_writes")
