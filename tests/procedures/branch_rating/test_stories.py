"""Every story beside this file is played on paper; what it expects holds."""

from pathlib import Path

import pytest
import yaml

from tests.workflow.paper import on_paper
from workflow.registry import PROCEDURES

STORIES = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_as_written(path):
    assert on_paper(yaml.safe_load(path.read_text(encoding="utf-8")), PROCEDURES)["unmet"] == []


# Where else a case of the specification is told: a code used twice belongs to the page of forms, and who is barred from
# an award is read from the register.
TOLD_ELSEWHERE = {
    6: "tests/web/test_forms_by_code.py",
    9: "tests/procedures/branch_rating/e1_poor_branch_rectified.yaml",
    17: "tests/procedures/branch_rating/e1_poor_branch_rectified.yaml",
}


def test_every_worked_example_and_every_edge_case_has_its_story():
    names = [path.stem for path in STORIES]
    assert [number for number in (1, 2, 3) if not any(name.startswith(f"e{number}_") for name in names)] == []
    told = {int(part) for name in names if name.startswith("edge_") for part in name.split("_") if part.isdigit()}
    assert told | TOLD_ELSEWHERE.keys() == set(range(1, 18))
    assert [path for path in TOLD_ELSEWHERE.values() if not Path(path).exists()] == []
