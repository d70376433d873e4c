"""Random lives end in no contradiction, and between them do everything there is."""

from random import Random

import pytest

from tests.workflow import invariants
from tests.workflow.garden import Garden
from tests.workflow.paper import calendar
from workflow.lives import Life, unreached
from workflow.snapshot import Facts
from workflow.story import TREE

FACTS = Facts(TREE, calendar())


@pytest.mark.parametrize("seed", range(12))
def test_no_life_ends_in_a_contradiction(seed):
    invariants.of_life(Life(Garden, Random(seed), FACTS).live(40))


def test_every_act_is_reached_by_some_life():
    assert unreached(Garden, FACTS, 160) == set()


def test_what_was_never_reached_is_named():
    assert "celebrate" in unreached(Garden, FACTS, 1)
