"""Every story gives the same answer through the database, the queue and the clock as on paper."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import yaml

from tests.procedures.live import lived_on_paper_and_live, on_paper_and_live
from tests.workflow.paper import calendar
from workflow.lives import Life
from workflow.registry import PROCEDURES
from workflow.snapshot import Facts
from workflow.story import read_story

STORIES = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_the_same_live(path, server_urls):
    assert on_paper_and_live(path, PROCEDURES, server_urls[0]) == []


@pytest.mark.parametrize(
    ("name", "steps"), [("edge_12_13_introducers_and_training", 7), ("e6_deferred_after_transfer", 25)]
)
def test_what_chance_makes_of_a_story_goes_the_same_live(name, steps, server_urls, tmp_path):
    told = read_story(yaml.safe_load((STORIES[0].parent / f"{name}.yaml").read_text(encoding="utf-8")), PROCEDURES)
    begun = replace(told, steps=told.steps[:steps])
    facts = Facts(told.units, calendar(), told.settings)
    life = Life(PROCEDURES[told.procedure], Random(name), facts, begun=begun).live(15)
    assert lived_on_paper_and_live(life, tmp_path / "life.yaml", PROCEDURES, server_urls[0]) == []
