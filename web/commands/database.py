"""linban database: tables and the sample town on a server of one's own."""

from __future__ import annotations

import click

from models import db, seed
from models.definitions import remember
from web.record import needs_database, server
from web.settings import read
from workflow.registry import definitions


@click.group()
def database() -> None:
    """数据表与示例小城 / Tables and the sample town."""


@database.command()
@needs_database
def upgrade() -> None:
    """更新数据表 / Bring the tables up to date."""
    with server() as engine:
        db.upgrade(engine)
        with db.transaction(db.sessions(engine, secret="")) as session:
            remember(session, definitions())


@database.command("seed")
@needs_database
def seed_town() -> None:
    """空库里建示例小城 / Build the sample town in an empty database."""
    with server() as engine:
        seed.seed_if_empty(db.sessions(engine, secret=read()["SECRET_KEY"]), click.echo)
