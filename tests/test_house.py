"""What keeps the house livable, measured from the source, so that it cannot creep."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("workflow", "models", "jobs", "web")
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "versions" not in path.parts]
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
FUNCTIONS = [
    (path, node) for path, tree in TREES.items() for node in ast.walk(tree)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
]  # fmt: skip
FORBIDDEN = {"utils", "helpers", "manager", "managers", "service", "services", "logic"}


def length(path: Path) -> int:
    return sum(bool(line.strip()) for line in path.read_text(encoding="utf-8").splitlines())


def percentile(numbers: list[int], share: float) -> int:
    return sorted(numbers)[int(len(numbers) * share)]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_functions_are_short():
    lines = [(node.end_lineno or 0) - node.lineno + 1 for _, node in FUNCTIONS]
    assert percentile(lines, 0.5) <= 8
    assert percentile(lines, 0.9) <= 25
    assert max(lines) <= 50


def test_files_are_short():
    sizes = [length(path) for path in FILES if "procedures" not in path.parts]
    assert percentile(sizes, 0.9) <= 200
    assert max(sizes) <= 400


def test_no_room_is_a_drawer():
    assert [named(path) for path in FILES if FORBIDDEN & {path.stem, *path.parts[len(ROOT.parts) :]}] == []
    assert [named(path) for path in FILES if path.stem == "base"] == ["models/base.py"]


def test_nothing_is_imported_in_a_function():
    hidden = [
        f"{named(path)}:{each.lineno}" for path, node in FUNCTIONS for each in ast.walk(node)
        if isinstance(each, ast.Import | ast.ImportFrom)
    ]  # fmt: skip
    assert hidden == []


def calls(name: str) -> set[str]:
    """Files in which something of that name is called."""
    return {
        named(path) for path, tree in TREES.items() for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name
    }  # fmt: skip


def test_one_place_commits():
    assert calls("commit") == {"models/db.py"}


def test_time_is_an_argument_everywhere_but_in_the_database():
    assert calls("now") & {named(path) for path in FILES if path.parts[len(ROOT.parts)] == "workflow"} == set()
    assert calls("utcnow") == set()
    assert {name for name in calls("today") if name.startswith(("workflow", "models", "jobs"))} == set()


def test_no_state_is_assigned_outside_the_road():
    """The law gives new snapshots, the road writes rows in one statement: no `.state =` anywhere."""
    assigned = {
        named(path) for path, tree in TREES.items() for node in ast.walk(tree) if isinstance(node, ast.Assign)
        for target in node.targets if isinstance(target, ast.Attribute) and target.attr == "state"
    }  # fmt: skip
    assert assigned <= {"models/casework/statements.py"}


def test_triggers_sleep_for_one_transaction_only():
    """A connection goes back to the pool as it is: a SET without LOCAL would reach whoever takes it next."""
    awake = re.compile("(?<!SET LOCAL )session_replication[_]role")
    paths = [path for room in (*ROOMS, "bench", "tests") for path in sorted((ROOT / room).rglob("*.py"))]
    assert [named(path) for path in paths if awake.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_nothing_is_swallowed(path):
    """No bare except, and none that only passes."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            assert not all(isinstance(each, ast.Pass) for each in node.body)
