"""What the README shows a stranger is true."""

import re
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

from tests.workflow.paper import calendar
from workflow.exploring import unreached
from workflow.proof import contradictions
from workflow.snapshot import Facts
from workflow.story import TREE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def example():
    """The procedure of the README, loaded as a file of its own would be."""
    source = re.search(r"```python\n(.+?)```", README, re.DOTALL)[1]
    assert len(source.splitlines()) < 70
    return source


def test_the_procedure_of_ones_own_contradicts_nothing(tmp_path):
    path = tmp_path / "tool_loan.py"
    path.write_text(example(), encoding="utf-8")
    module = ModuleType("tool_loan")
    module.__file__ = str(path)
    sys.modules["tool_loan"] = module
    exec(compile(example(), str(path), "exec"), module.__dict__)
    assert [str(each) for each in contradictions(module.ToolLoan)] == []
    assert module.ToolLoan.act("ask", date(2026, 1, 1)) is not None
    assert module.ToolLoan.act("ask", date(2025, 12, 31)) is None
    assert unreached(module.ToolLoan, Facts(TREE, calendar()), 12) == set()


def test_both_readmes_show_the_same_picture_and_it_is_there():
    chinese = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    pictures = [re.findall(r"\]\((docs/pictures/[^)]+)\)", text) for text in (README, chinese)]
    assert pictures[0] == pictures[1] != []
    assert all((ROOT / each).exists() for each in pictures[0])
