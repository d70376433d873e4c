"""linban: one word a command, each in a file of its own, read when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

# Commands by the module they stand in: all of them together take seconds to load.
COMMANDS = {
    "account": "account",
    "audit": "audit",
    "bench": "bench",
    "calendar": "calendar",
    "check": "check",
    "database": "database",
    "doctor": "doctor",
    "messages": "extract",
    "migrate": "migrate",
    "rehearse": "rehearse",
    "standing": "standing",
    "token": "token",
    "unit": "unit",
    "up": "up",
}


class Commands(click.Group):
    """A command's module is imported when the command is used, or listed with its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"web.commands.{COMMANDS[cmd_name]}"), cmd_name)
        return found


@click.group(cls=Commands)
def main() -> None:
    """邻办 / Linban."""


if __name__ == "__main__":
    main()
