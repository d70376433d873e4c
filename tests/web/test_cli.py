"""The command line: every word is there, and none loads what another needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

import web.commands
from web.cli import COMMANDS, main


def test_every_file_of_commands_is_on_the_list() -> None:
    found = {path.stem for path in Path(web.commands.__path__[0]).glob("*.py")} - {"__init__"}
    assert found == set(COMMANDS.values())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_called_what_the_list_calls_it(name: str) -> None:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    assert found.name == name


def test_what_is_no_command_is_told_so() -> None:
    assert main.get_command(click.Context(main), "nonsense") is None


def test_a_command_loads_only_what_it_needs() -> None:
    """`standing` reads the law alone: neither pages nor database are loaded."""
    asked = "import sys; from web.cli import main; main(['standing', 'petition'], standalone_mode=False)"
    told = subprocess.run(
        [sys.executable, "-c", f"try:\n    {asked}\nfinally:\n    print(*sorted(sys.modules))"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    loaded = set(told.stdout.splitlines()[-1].split())
    assert "workflow.proof" in loaded
    assert {"flask", "sqlalchemy", "redis"} & loaded == set()
