"""linban: one word a command, each in a file of its own, read when it is asked for."""

from __future__ import annotations

import traceback
from importlib import import_module
from pathlib import Path

import click

from workflow.words.chapter import InvalidProcedure

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
PROCEDURES = Path(__file__).parents[1] / "workflow" / "procedures"


class Commands(click.Group):
    """A command's module is imported when the command is used, or listed with its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        try:
            found: click.Command = getattr(import_module(f"web.commands.{COMMANDS[cmd_name]}"), cmd_name)
        except Exception as error:
            if told := wrong_in_a_procedure(error):
                raise click.ClickException(told) from error
            raise
        return found


def wrong_in_a_procedure(error: Exception) -> str:
    """Every contradiction with file and line, or where a file cannot be read; empty for what lies elsewhere."""
    if isinstance(error, InvalidProcedure):
        count = len(str(error).splitlines())
        return f"{error}\n{count} 处矛盾，改正以前不运行 / {count} contradictions; nothing runs before they are mended"
    frames = [(Path(each.filename), each.lineno) for each in traceback.extract_tb(error.__traceback__)]
    frames += [(Path(error.filename or ""), error.lineno)] if isinstance(error, SyntaxError) else []
    written = [f"{path}:{line}" for path, line in frames if PROCEDURES in path.parents]
    return f"{written[-1]}: {type(error).__name__}: {error}" if written else ""


@click.group(cls=Commands)
def main() -> None:
    """邻办 / Linban."""


if __name__ == "__main__":
    main()
