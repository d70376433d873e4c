"""Stories are played on paper; what cannot be read says where and why."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.workflow.bazaar import Bazaar
from tests.workflow.fair import Booth, Fair
from tests.workflow.garden import Garden
from tests.workflow.orchard import Orchard
from tests.workflow.paper import on_paper
from tests.workflow.season import Borrowing, Club, Season
from workflow.standing import standing
from workflow.story import UnreadableStory, read_story
from workflow.world import World

STORIES = sorted((Path(__file__).parent / "stories").glob("*.yaml"))
FIXTURES = {procedure.id: procedure for procedure in (Bazaar, Garden, Orchard, Season, Club, Borrowing, Fair, Booth)}
STEP = {"at": "2025-03-03T09:00", "by": "zhang", "do": "apply", "with": {"applicant": "zhang"}}


def story(**parts):
    return {"procedure": "garden", "people": {"zhang": {"role": "gardener"}}, "steps": [STEP], **parts}


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_every_word_is_told_in_a_story(path):
    answer = on_paper(yaml.safe_load(path.read_text(encoding="utf-8")), FIXTURES)
    assert answer["unmet"] == []


def test_an_expectation_that_does_not_hold_is_named():
    answer = on_paper(
        story(expect=[{"after": 1, "state": "posted", "deadlines": {"CY-DECIDE": "2025-01-01"}}]), FIXTURES
    )
    assert not answer["held"]
    assert answer["unmet"] == [
        "第1步 state：应为 posted，实为 applied",
        "第1步 deadlines.CY-DECIDE：应为 2025-01-01，实为 2025-03-13",
    ]


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"colour": 1}, "story"),
        ({"procedure": "unknown"}, "procedure"),
        ({"people": {"zhang": {"role": "king"}}}, "people.zhang"),
        ({"people": {"zhang": {"role": "gardener", "unit": "moon"}}}, "people.zhang"),
        ({"steps": []}, "steps"),
        ({"steps": [{**STEP, "by": "li"}]}, r"steps\[1\]"),
        ({"steps": [{**STEP, "do": "fly"}]}, r"steps\[1\]"),
        ({"steps": [{**STEP, "at": "soon"}]}, r"steps\[1\]"),
        ({"steps": [{**STEP, "at": 9}]}, r"steps\[1\]"),
        ({"steps": [{"do": "apply"}]}, r"steps\[1\]"),
        ({"expect": [{"after": 1, "mood": "good"}]}, "expect"),
        ({"expect": [{"entries": [{"register": "test_players", "about": "zhang"}]}]}, r"expect\.entries"),
        ({"expect": [{"entries": [{"register": "x", "about": "y", "in_force": True}]}]}, r"expect\.entries"),
        ({"settings": {"posting_days": 3}}, r"settings\.posting_days"),
        ({"settings": {"CY-LEASE": True}}, r"settings\.CY-LEASE"),
        ({"settings": {"swaps_allowed": 1}}, r"settings\.swaps_allowed"),
    ],
)
def test_a_story_that_cannot_be_read_says_where(parts, where):
    with pytest.raises(UnreadableStory, match=f"^{where}: .+ / .+"):
        read_story(story(**parts), FIXTURES)


def test_a_local_setting_changes_what_is_played():
    swap = {"at": "2025-03-04T09:00", "by": "warden", "do": "swap", "with": {"swap_with": "main"}}
    played = on_paper(story(steps=[STEP, swap], settings={"swaps_allowed": False}), FIXTURES)
    messages = [each["message"] for each in played["steps"][-1]["refusals"]]
    assert "本社区不办理换地。" in messages


def test_every_kind_of_expectation_can_fail():
    wrong = {
        "after": 1, "stopped": ["CY-DECIDE"], "data": {"applicant": "li"}, "documents": ["信"], "told": ["warden"],
        "refused": "TooEarly", "says": "太早",
        "entries": [{"register": "test_players", "about": "zhang", "in_force": True}],
    }  # fmt: skip
    unmet = on_paper(story(expect=[wrong]), FIXTURES)["unmet"]
    assert unmet == [
        "第1步 stopped：CY-DECIDE 仍在计（2025-03-13）",
        "第1步 data.applicant：应为 li，实为 zhang",
        "第1步 documents：没有 信，有 []",
        "第1步 told：没有 warden，有 []",
        "第1步 refused：应为 TooEarly，实为 未被拒绝",
        "第1步 says：没有“太早”，有 []",
        "第1步 entries：test_players zhang 没有记载",
    ]


def test_what_a_refusal_says_is_expected_from_its_beginning_on():
    swap = {"at": "2025-03-04T09:00", "by": "warden", "do": "swap", "with": {"swap_with": "main"}}
    told = [{"after": 2, "says": ["本社区不办理", "本社区不办理换地。"]}, {"after": 2, "says": "不办理换地"}]
    played = on_paper(story(steps=[STEP, swap], settings={"swaps_allowed": False}, expect=told), FIXTURES)
    assert [line.partition("，")[0] for line in played["unmet"]] == ["第2步 says：没有“不办理换地”"]


def test_what_a_register_no_longer_says_is_expected_too():
    asked = {"register": "test_players", "about": "zhang"}
    entry = {**asked, "since": date(2025, 1, 1), "until": date(2025, 3, 3)}
    call = {"at": "2025-03-04T09:00", "by": "gardener", "do": "call", "with": {"question": "几时"}}
    expect = [{"after": n, "entries": [{**asked, "in_force": held}]} for n, held in ((1, True), (2, False), (2, True))]
    played = on_paper(story(steps=[STEP, call], facts={"entries": [entry]}, expect=expect), FIXTURES)
    assert played["unmet"] == ["第2步 entries：test_players zhang 没有记载"]


def test_what_is_opened_though_it_is_there_already_is_the_same_case():
    """The chess club entered by itself; the season opens a case for the choir alone."""
    raw = yaml.safe_load((STORIES[0].parent / "season.yaml").read_text(encoding="utf-8"))
    entered = {"at": "2026-03-01T09:00", "by": "host", "do": "enrol", "procedure": "club", "case": "chess",
               "with": {"club": "chess", "year": 2026}}  # fmt: skip
    steps = on_paper(raw | {"steps": [entered, raw["steps"][0]], "expect": []}, FIXTURES)["steps"]
    assert [(step["do"], step["outcome"], step["case"]) for step in steps] == [
        ("enrol", "done", "chess"), ("begin", "done", "main"), ("enrol", "done", "main.2"),
    ]  # fmt: skip


def test_entries_of_a_register_that_there_is_not_are_refused_with_their_place():
    with pytest.raises(UnreadableStory, match=r"facts\.entries\[1\]: 没有这个名册"):
        on_paper(story(facts={"entries": [{"register": "nothing", "about": "zhang"}]}), FIXTURES)


def test_the_world_answers_single_questions_and_cannot_be_listed():
    world = World({})
    with pytest.raises(TypeError, match="no end to what may be asked"):
        list(world)
    with pytest.raises(TypeError, match="no end to what may be asked"):
        len(world)


def test_the_print_names_what_a_rung_opens():
    assert "另立 borrowing.lend" in standing(Season)
