"""Cases, their clocks, and what happened to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def identity() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def upgrade() -> None:
    op.create_table(
        "cases",
        identity(),
        sa.Column("no", sa.Text(), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("left", sa.Text(), server_default="", nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("city_id", sa.Text(), nullable=True),
        sa.Column("district_id", sa.Text(), nullable=True),
        sa.Column("street_id", sa.Text(), nullable=True),
        sa.Column("community_id", sa.Text(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("head", sa.LargeBinary(), server_default=sa.text("'\\x'::bytea"), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("memory", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.Column("opened_by", sa.Text(), server_default="", nullable=False),
        sa.Column("opened_from_id", sa.BigInteger(), nullable=True),
        sa.Column("caseworker_id", sa.BigInteger(), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("due_code", sa.Text(), server_default="", nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("is_open", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("sealed_to", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("hidden_from", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["caseworker_id"], ["people.id"], name=op.f("fk_cases_caseworker_id")),
        sa.ForeignKeyConstraint(["opened_from_id"], ["cases.id"], name=op.f("fk_cases_opened_from_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_cases_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("no", name=op.f("uq_cases_no")),
    )
    op.create_index(
        "ix_cases_caseworker_due", "cases", ["caseworker_id", "due_at"], postgresql_where=sa.text("is_open")
    )
    op.create_index("ix_cases_city_due", "cases", ["city_id", "due_at", "id"], postgresql_where=sa.text("is_open"))
    op.create_index(
        "ix_cases_community_due", "cases", ["community_id", "due_at", "id"], postgresql_where=sa.text("is_open")
    )
    op.create_index(
        "ix_cases_district_due", "cases", ["district_id", "due_at", "id"], postgresql_where=sa.text("is_open")
    )
    op.create_index(
        "ix_cases_opened_from", "cases", ["opened_from_id"], postgresql_where=sa.text("opened_from_id IS NOT NULL")
    )
    op.create_index("ix_cases_street_due", "cases", ["street_id", "due_at", "id"], postgresql_where=sa.text("is_open"))
    op.create_table(
        "case_keys",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_keys_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_keys")),
    )
    op.create_table(
        "clocks",
        identity(),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("next_at", MOMENT, nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("not_before", MOMENT, nullable=True),
        sa.Column("last_error", sa.Text(), server_default="", nullable=False),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.CheckConstraint("status IN ('running', 'paused', 'overdue', 'ended')", name=op.f("ck_clocks_status")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_clocks_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clocks")),
        sa.UniqueConstraint(
            "case_id", "clock", "number", "generation", name=op.f("uq_clocks_case_id_clock_number_generation")
        ),
    )
    op.create_index("ix_clocks_dead", "clocks", ["dead_at"], postgresql_where=sa.text("dead_at IS NOT NULL"))
    op.create_index(
        "ix_clocks_next_at", "clocks", ["next_at"], postgresql_where=sa.text("next_at IS NOT NULL AND dead_at IS NULL")
    )
    op.create_table(
        "rungs",
        identity(),
        sa.Column("clock_id", sa.BigInteger(), nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("dating", sa.BigInteger(), nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("climbed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["clock_id"], ["clocks.id"], name=op.f("fk_rungs_clock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rungs")),
        sa.UniqueConstraint(
            "clock_id", "generation", "dating", "rung", name=op.f("uq_rungs_clock_id_generation_dating_rung")
        ),
    )
    op.create_table(
        "events",
        identity(),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("rung", sa.Text(), server_default="", nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_role", sa.Text(), nullable=False),
        sa.Column("acted_on", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("supersedes", MOMENT, nullable=True),
        sa.Column("data_hash", sa.LargeBinary(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column(
            "txid", sa.BigInteger(), server_default=sa.text("(pg_current_xact_id()::text)::bigint"), nullable=False
        ),
        sa.CheckConstraint("outcome IN ('done', 'signed')", name=op.f("ck_events_outcome")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_events_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_events_case_id_seq")),
    )
    op.create_index(op.f("ix_events_actor_case_id"), "events", ["actor", "case_id"])
    op.create_index(op.f("ix_events_unit_id_case_id"), "events", ["unit_id", "case_id"])
    op.create_table(
        "event_values",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("values", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_values_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_values")),
    )
    op.create_table(
        "links",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("to_case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_links_case_id")),
        sa.ForeignKeyConstraint(["to_case_id"], ["cases.id"], name=op.f("fk_links_to_case_id")),
        sa.PrimaryKeyConstraint("case_id", "field", "to_case_id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_to_case_id"), "links", ["to_case_id"])
    op.create_table(
        "documents",
        identity(),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("to_roles", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_documents_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index(op.f("ix_documents_case_id_seq"), "documents", ["case_id", "seq"])


def downgrade() -> None:
    op.drop_table("documents")
    op.drop_table("links")
    op.drop_table("event_values")
    op.drop_table("events")
    op.drop_table("rungs")
    op.drop_table("clocks")
    op.drop_table("case_keys")
    op.drop_table("cases")
