"""linban database: tables and the sample town on a server of one's own."""

from __future__ import annotations

import click

from models import db, seed
from web.settings import read


@click.group()
def database() -> None:
    """数据表与示例小城 / Tables and the sample town."""


@database.command()
def upgrade() -> None:
    """更新数据表 / Bring the tables up to date."""
    db.upgrade(read()["DATABASE_URL"])


@database.command("seed")
def seed_town() -> None:
    """空库里建示例小城 / Build the sample town in an empty database."""
    settings = read()
    seed.seed_if_empty(db.sessions(settings["DATABASE_URL"], secret=settings["SECRET_KEY"]), click.echo)
