"""The counter: pages for staff and residents over the record. Nothing here decides; it asks, shows and sends on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from models import db as record
from models.organisation import organisation
from web import (
    api,
    catalogues,
    errors,
    identity,
    languages,
    logs,
    pages,
    rendering,
    security,
    settings,
    transaction,
    words,
)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Settings from the environment, then from `config`, which wins."""
    app = Flask(__name__)
    app.config.from_mapping(settings.read() | dict(config or {}))
    app.config.setdefault("SQLALCHEMY_DATABASE_URI", app.config["DATABASE_URL"])
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", record.pool_options(app.config["SCHEMA"]))
    app.extensions["linban.clock"] = lambda: record.now(record.db.session())
    app.extensions["linban.calendar"] = lambda: organisation(record.db.session()).calendar
    catalogues.compile_all()
    for part in (logs, security, errors, languages, rendering, words, identity, pages, api):
        part.bind(app)
    transaction.bind(app)
    with app.app_context():
        record.bind(app)
    return app
