"""The life of the first worked example up to a step, for lives that go on at random from there."""

from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.workflow.paper import calendar
from workflow.lives import Life
from workflow.procedures.branch_rating import BranchRating
from workflow.procedures.rating_round import RatingRound
from workflow.registry import PROCEDURES
from workflow.snapshot import Facts
from workflow.story import TREE, Story, read_story

FACTS = Facts(TREE, calendar())
STORY = (Path(__file__).parent / "e1_poor_branch_rectified.yaml").read_text(encoding="utf-8")


def begun(steps: int) -> Story:
    """The story so far, with two people for every role."""
    told: dict[str, Any] = yaml.safe_load(STORY.replace("wang", "branch_secretary_1"))
    people = {f"{role}_{n}": {"role": role} for role in BranchRating.roles for n in (1, 2)}
    return read_story({**told, "people": people, "steps": told["steps"][:steps], "expect": ()}, PROCEDURES)


def life(seed: object, steps: int, length: int) -> Life:
    """Goes on after so many steps of the story for as many more."""
    return Life(BranchRating, Random(seed), FACTS, begun=begun(steps), others=(RatingRound,)).live(length)
