"""linban: one word a command, each in a file of its own."""

from __future__ import annotations

import click

from web.commands.bench import bench
from web.commands.calendar import calendar
from web.commands.check import check
from web.commands.database import database
from web.commands.extract import messages
from web.commands.migrate import migrate
from web.commands.rehearse import rehearse
from web.commands.standing import standing
from web.commands.token import token
from web.commands.up import up


@click.group()
def main() -> None:
    """邻办 / Linban."""


for command in (up, check, standing, rehearse, database, calendar, migrate, messages, token, bench):
    main.add_command(command)

if __name__ == "__main__":
    main()
