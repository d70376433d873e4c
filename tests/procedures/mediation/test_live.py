"""Every story gives the same answer through the database, the queue and the clock as on paper."""

from pathlib import Path

import pytest

from tests.procedures.live import on_paper_and_live
from workflow.registry import PROCEDURES

STORIES = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_the_same_live(path, server_urls):
    assert on_paper_and_live(path, PROCEDURES, server_urls[0]) == []
