"""Random lives end in no contradiction, and between them do everything there is."""

from random import Random

import pytest

from tests.workflow import invariants
from tests.workflow.bazaar import Bazaar
from tests.workflow.fair import Booth, Fair
from tests.workflow.garden import Garden
from tests.workflow.orchard import Orchard
from tests.workflow.paper import calendar
from workflow.exploring import unreached
from workflow.lives import Life
from workflow.registry import PROCEDURES
from workflow.snapshot import Facts
from workflow.story import TREE

FACTS = Facts(TREE, calendar())


@pytest.mark.parametrize("procedure", [Bazaar, Garden, Orchard])
@pytest.mark.parametrize("seed", range(12))
def test_no_life_ends_in_a_contradiction(procedure, seed):
    invariants.of_life(Life(procedure, Random(seed), FACTS).live(40))


@pytest.mark.parametrize("name", PROCEDURES)
@pytest.mark.parametrize("seed", range(3))
def test_no_life_of_the_house_that_begins_from_nothing_ends_in_a_contradiction(name, seed):
    """Whoever the rosters are asked about is on them, in some standing or other."""
    invariants.of_life(Life(PROCEDURES[name], Random(seed), FACTS).live(30))


@pytest.mark.parametrize("procedure", [Bazaar, Garden, Orchard])
def test_every_act_is_reached_by_some_life(procedure):
    assert unreached(procedure, FACTS, 40) == set()


def test_lives_try_values_that_contradict_themselves():
    answers = [step for seed in range(12) for step in Life(Orchard, Random(seed), FACTS).live(40).rehearsal.answers]
    told = {each["message"] for step in answers for each in step.get("refusals", ())}
    wanted = ("超过该项满分", "最多1位小数", "与收回的", "第1行：")
    assert [each for each in wanted if not any(each in message for message in told)] == []


def test_what_was_never_reached_is_named():
    assert "celebrate" in unreached(Garden, FACTS, 1)


def test_lives_name_units_too():
    answers = Life(Fair, Random(1), FACTS, others=(Booth,)).live(60).rehearsal.answers
    assert [step for step in answers if step["do"] == "open_fair" and step["by"] != "clock"]
