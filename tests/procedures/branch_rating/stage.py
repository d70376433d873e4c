"""The life of the first worked example up to a step, for lives that go on at random from there."""

from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.workflow.paper import calendar
from workflow.calendar import SHANGHAI
from workflow.lives import Life
from workflow.procedures.branch_rating import BranchRating
from workflow.procedures.rating_round import RatingRound
from workflow.snapshot import Facts
from workflow.story import TREE

FACTS = Facts(TREE, calendar())
STORY = (Path(__file__).parent / "e1_poor_branch_rectified.yaml").read_text(encoding="utf-8")


def stage(steps: int) -> dict[str, Any]:
    story = yaml.safe_load(STORY.replace("wang", "branch_secretary_1"))
    return {"facts": story["facts"], "steps": story["steps"][:steps]}


def life(seed: object, steps: int, length: int) -> Life:
    """Goes on after so many steps of the story for as many more."""
    begun = stage(steps)
    now = datetime.fromisoformat(begun["steps"][-1]["at"]).replace(tzinfo=SHANGHAI)
    return Life(BranchRating, Random(seed), FACTS, now, stage=begun, others=(RatingRound,)).live(length)
