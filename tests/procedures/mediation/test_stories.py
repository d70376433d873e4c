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


def test_every_worked_example_and_every_edge_case_has_its_story():
    names = [path.stem for path in STORIES]
    wanted = [f"x{number}_" for number in (1, 3, 4)] + [f"edge_{number:02}_" for number in range(1, 22)]
    assert [each for each in wanted if not any(name.startswith(each) for name in names)] == []
