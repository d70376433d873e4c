"""The life of the first worked example up to a step, for lives that go on at random from there; and a story with the
wording of its papers."""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.workflow.paper import calendar
from workflow.decision import Decision, Paper
from workflow.lives import Life
from workflow.procedures.branch_rating import BranchRating
from workflow.procedures.rating_round import RatingRound
from workflow.registry import PROCEDURES
from workflow.rehearsal import Rehearsal
from workflow.snapshot import Facts
from workflow.story import TREE, Story, read_story

FACTS = Facts(TREE, calendar())
HERE = Path(__file__).parent
STORY = (HERE / "e1_poor_branch_rectified.yaml").read_text(encoding="utf-8")


def life(seed: object, steps: int, length: int) -> Life:
    """Goes on after so many steps of the story for as many more."""
    begun = read_story(yaml.safe_load(STORY), PROCEDURES)
    begun = replace(begun, procedure="branch_rating", steps=begun.steps[:steps])
    return Life(BranchRating, Random(seed), FACTS, begun=begun, others=(RatingRound,)).live(length)


class WithPapers(Rehearsal):
    """Keeps every paper that is issued."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.papers: list[Paper] = []

    def done(self, *given: Any, **more: Any) -> None:
        self.papers += next(each for each in given if isinstance(each, Decision)).documents
        super().done(*given, **more)


def played_with_papers(raw: Any) -> tuple[Story, list[Paper]]:
    story = read_story(raw, PROCEDURES)
    rehearsal = WithPapers(story, PROCEDURES, Facts(story.units, calendar(), story.settings))
    for n, step in enumerate(story.steps, 1):
        rehearsal.until(step.at)
        if step.do:
            rehearsal.act(n, step)
    return story, rehearsal.papers


def papers_of(told: Any, paper: str) -> list[str]:
    """What the papers of that id say, in the order they are issued; `told` is a story or the name of one."""
    raw = yaml.safe_load((HERE / f"{told}.yaml").read_text("utf-8")) if isinstance(told, str) else told
    return [each.text for each in played_with_papers(raw)[1] if each.id == paper]
