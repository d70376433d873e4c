"""The command line: every word is there, and none loads what another needs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import web.commands
from web.cli import COMMANDS, PROCEDURES, main, wrong_in_a_procedure


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


TWO_FAULTS = "import workflow.procedures.petition as p, workflow.procedures.mediation as m; "
TWO_FAULTS += "p.Petition.label = m.Mediation.number_prefix = ''; "


@pytest.mark.parametrize("command", ["check", "standing", "rehearse"])
def test_a_faulty_procedure_is_told_with_file_and_line_and_nothing_runs(command: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", f"{TWO_FAULTS}from web.cli import main; main(['{command}'])"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 1
    assert re.search(r"petition\.py:\d+: Petition says no label", told.stderr)
    assert re.search(r"mediation\.py:\d+: Mediation says no number_prefix", told.stderr)
    assert "2 contradictions; nothing runs" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.no_cover  # there is no such file whose lines could be counted
def test_a_file_of_a_procedure_that_cannot_be_read_is_named_with_its_line() -> None:
    file = str(PROCEDURES / "broken.py")
    with pytest.raises(TypeError) as raised:
        exec(compile("\n1 + 'one'", file, "exec"))
    assert wrong_in_a_procedure(raised.value).startswith(f"{file}:2: TypeError: unsupported operand")
    with pytest.raises(SyntaxError) as broken:
        compile("\n\n1 +", file, "exec")
    assert wrong_in_a_procedure(broken.value).startswith(f"{file}:3: SyntaxError")
    assert wrong_in_a_procedure(ValueError("of something else")) == ""


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
