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
    told = {part for name in names for part in name.split("_")[1:] if name.startswith("edge_") and part.isdigit()}
    told |= {name.split("_")[0] for name in names}
    wanted = {"e1", "e2", "e4", "e6", *(f"{number:02}" for number in range(1, 24))}
    assert sorted(wanted - told) == []
