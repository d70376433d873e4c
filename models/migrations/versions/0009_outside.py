"""What lies outside a case: registers and rosters, anonymous forms, one case a key, party branches as units."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

MOMENT = sa.DateTime(timezone=True)
TEXTS = postgresql.ARRAY(sa.Text())
JSON = postgresql.JSONB(astext_type=sa.Text())
FOUR = "level IN ('city', 'district', 'street', 'community')"
FIVE = "level IN ('city', 'district', 'street', 'community', 'branch')"

ENTRIES_STAND = """
CREATE FUNCTION entries_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries of a register are never changed or removed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER entries_stand BEFORE UPDATE OR DELETE ON entries FOR EACH ROW EXECUTE FUNCTION entries_stand();
CREATE TRIGGER entries_stay BEFORE TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION entries_stand();
"""


def upgrade() -> None:
    branches()
    marks()
    entries()
    polls()


def branches() -> None:
    op.add_column("units", sa.Column("branch_id", sa.Text(), nullable=True))
    op.add_column("cases", sa.Column("branch_id", sa.Text(), nullable=True))
    op.drop_constraint(op.f("ck_units_level"), "units")
    op.create_check_constraint(op.f("ck_units_level"), "units", FIVE)
    op.create_index(
        "ix_cases_branch_due", "cases", ["branch_id", "due_at", "id"], postgresql_where=sa.text("is_open")
    )  # fmt: skip


def marks() -> None:
    op.add_column("cases", sa.Column("marks", TEXTS, server_default="{}", nullable=False))
    op.add_column("cases", sa.Column("once_key", sa.Text(), nullable=True))
    op.create_index("ix_cases_marks", "cases", ["marks"], postgresql_using="gin")
    op.create_index("uq_cases_once_key", "cases", ["once_key"], unique=True)


def entries() -> None:
    op.create_table(
        "entries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="enter", nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("values", JSON, server_default="{}", nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("written_at", MOMENT, server_default=sa.text("linban_now()"), nullable=False),
        sa.CheckConstraint("kind IN ('enter', 'end')", name=op.f("ck_entries_kind")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_entries_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
    )
    op.create_index(op.f("ix_entries_register_about_id"), "entries", ["register", "about", "id"])
    op.create_index(
        "ix_entries_values", "entries", ["values"], postgresql_using="gin", postgresql_ops={"values": "jsonb_path_ops"}
    )
    where = sa.text("case_id IS NOT NULL")
    op.create_index(op.f("ix_entries_case_id"), "entries", ["case_id"], postgresql_where=where)
    op.execute(ENTRIES_STAND)


def polls() -> None:
    op.create_table(
        "poll_codes",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("poll", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_poll_codes_case_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_poll_codes")),
    )
    op.create_index(op.f("ix_poll_codes_case_id"), "poll_codes", ["case_id"])
    op.create_table(
        "poll_counts",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("poll", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_poll_counts_count")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_poll_counts_case_id")),
        sa.PrimaryKeyConstraint("case_id", "poll", "answer", name=op.f("pk_poll_counts")),
    )


def downgrade() -> None:
    for table in ("poll_counts", "poll_codes", "entries"):
        op.drop_table(table)
    op.execute("DROP FUNCTION entries_stand()")
    for index in ("uq_cases_once_key", "ix_cases_marks", "ix_cases_branch_due"):
        op.drop_index(index, table_name="cases")
    for table, column in (("cases", "once_key"), ("cases", "marks"), ("cases", "branch_id"), ("units", "branch_id")):
        op.drop_column(table, column)
    op.drop_constraint(op.f("ck_units_level"), "units")
    # Branches that are there already stay: what was true of them is not undone by an older scheme.
    op.execute(f"ALTER TABLE units ADD CONSTRAINT ck_units_level CHECK ({FOUR}) NOT VALID")
