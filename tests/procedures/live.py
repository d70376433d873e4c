"""Plays a story on paper and through the running system, and holds the two against each other."""

import yaml

from tests.workflow.paper import calendar
from web.live import differences, play_live
from workflow.rehearsal import play
from workflow.snapshot import Facts
from workflow.story import read_story


def on_paper_and_live(path, procedures, url):
    """What life answered otherwise than paper, and what was expected in vain."""
    story = read_story(yaml.safe_load(path.read_text(encoding="utf-8")), procedures)
    facts = Facts(units=story.units, calendar=calendar(), settings=story.settings)
    live = play_live(story, facts, url)
    return [*live["unmet"], *differences(play(story, procedures, facts), live)]
