"""Plays a story on paper and through the running system, and holds the two against each other."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from tests.workflow.paper import calendar
from web.live import differences, play_live
from workflow.lives import Life, story_of
from workflow.rehearsal import play
from workflow.snapshot import Facts
from workflow.story import read_story
from workflow.words.naming import id_of
from workflow.words.procedure import Procedure


def on_paper_and_live(path, procedures, url):
    """What life answered otherwise than paper, and what was expected in vain."""
    story = read_story(yaml.safe_load(path.read_text(encoding="utf-8")), procedures)
    facts = Facts(units=story.units, calendar=calendar(), settings=story.settings)
    live = play_live(story, facts, url)
    return [*live["unmet"], *differences(play(story, procedures, facts), live)]


def lived_on_paper_and_live(life: Life, path: Path, procedures: Mapping[str, type[Procedure]], url: str) -> list[str]:
    """The same of a life that chance made, written to `path`.

    Chance acts at the very moment something falls due, where paper and a real clock differ by microseconds: every step
    comes some seconds later. Whoever has no unit stands everywhere in the running system, in the unit a case is hidden
    from too: none is hidden here. A second case that chance opens is out of sight from another unit, which paper does
    not know: what strangers try there is left out.
    """
    story, seal = story_of(life), life.procedure.seal
    tried = [each for each in life.rehearsal.answers if each["case"] != "main"]
    strange = {each["n"] for each in tried if [told["code"] for told in each.get("refusals", ())] == ["NotAllowed"]}
    story["steps"] = [step for n, step in enumerate(story["steps"], 1) if n not in strange]
    for number, step in enumerate(story["steps"]):
        step["at"] = (datetime.fromisoformat(step["at"]) + timedelta(seconds=number)).isoformat()
        if seal and seal.hidden_from:
            step["with"].pop(id_of(seal.hidden_from), None)
    path.write_text(yaml.safe_dump(story, allow_unicode=True), encoding="utf-8")
    return on_paper_and_live(path, procedures, url)
