"""Plays a story as written, with the working calendar as it is known."""

from functools import cache

from models.almanac import almanac
from workflow.calendar import Calendar
from workflow.rehearsal import play
from workflow.snapshot import Facts
from workflow.story import read_story


@cache
def calendar() -> Calendar:
    return Calendar(almanac(2020, 2030))


def on_paper(raw, procedures):
    story = read_story(raw, procedures)
    return play(story, procedures, Facts(units=story.units, calendar=calendar(), settings=story.settings))
