"""Runs migrations over the connection that is handed in, or over the one of the Flask app (`flask db …`)."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

import models.tables  # noqa: F401 - fills the metadata
from models.base import Base


def migrate(connection: Connection, **options: Any) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=True, **options)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with current_app.extensions["migrate"].db.engine.connect() as connection:
        migrate(connection, **current_app.extensions["migrate"].configure_args)
