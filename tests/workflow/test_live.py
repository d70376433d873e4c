"""The words that no procedure of the house needs yet hold in the running system too."""

from pathlib import Path
from random import Random

import pytest

from tests.procedures.live import lived_on_paper_and_live, on_paper_and_live
from tests.workflow.bazaar import Bazaar
from tests.workflow.fair import Booth, Fair
from tests.workflow.garden import Garden
from tests.workflow.orchard import Orchard
from tests.workflow.paper import calendar
from tests.workflow.season import Borrowing, Club, Season
from workflow.lives import Life
from workflow.registry import PROCEDURES
from workflow.snapshot import Facts
from workflow.story import TREE

LIVES = [("bazaar", 2), ("garden", 1), ("garden", 2), ("orchard", 1), ("orchard", 5), ("petition", 3), ("petition", 4)]
STORIES = sorted((Path(__file__).parent / "stories").glob("*.yaml"))


@pytest.fixture(autouse=True)
def the_fixtures_are_registered(monkeypatch):
    for procedure in (Bazaar, Garden, Orchard, Season, Club, Borrowing, Fair, Booth):
        monkeypatch.setitem(PROCEDURES, procedure.id, procedure)


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_every_story_goes_the_same_live(path, server_urls):
    assert on_paper_and_live(path, PROCEDURES, server_urls[0]) == []


@pytest.mark.parametrize(("procedure", "seed"), LIVES)
def test_a_random_life_goes_the_same_live(procedure, seed, server_urls, tmp_path):
    life = Life(PROCEDURES[procedure], Random(seed), Facts(TREE, calendar())).live(25)
    assert lived_on_paper_and_live(life, tmp_path / "life.yaml", PROCEDURES, server_urls[0]) == []
