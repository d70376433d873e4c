"""The life of the first worked example up to a step, for lives that go on at random from there."""

from dataclasses import replace
from pathlib import Path
from random import Random

import yaml

from tests.workflow.paper import calendar
from workflow.lives import Life
from workflow.procedures.branch_rating import BranchRating
from workflow.procedures.rating_round import RatingRound
from workflow.registry import PROCEDURES
from workflow.snapshot import Facts
from workflow.story import TREE, read_story

FACTS = Facts(TREE, calendar())
STORY = (Path(__file__).parent / "e1_poor_branch_rectified.yaml").read_text(encoding="utf-8")


def life(seed: object, steps: int, length: int) -> Life:
    """Goes on after so many steps of the story for as many more."""
    begun = read_story(yaml.safe_load(STORY), PROCEDURES)
    begun = replace(begun, procedure="branch_rating", steps=begun.steps[:steps])
    return Life(BranchRating, Random(seed), FACTS, begun=begun, others=(RatingRound,)).live(length)
