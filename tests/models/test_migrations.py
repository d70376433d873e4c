from __future__ import annotations

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

import models.tables  # noqa: F401 - fills the metadata
from models import db
from models.base import Base


def test_the_migrations_make_the_tables_that_the_code_declares(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    db.upgrade(engine)


def test_every_migration_can_be_taken_back(kept: Engine) -> None:
    with kept.begin() as connection:
        command.downgrade(db.config(connection=connection), "base")
        left = inspect(connection).get_table_names()
    assert left == ["alembic_version"]
    db.upgrade(kept)
    with kept.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
