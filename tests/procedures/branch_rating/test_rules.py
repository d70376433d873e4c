"""What must hold of ratings whatever happens: who decides, what is counted, what nobody can buy or be punished with."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from tests.procedures.branch_rating.stage import STORY, life, papers_of, played_with_papers
from tests.workflow import invariants
from tests.workflow.paper import calendar, on_paper
from web.showing.bars import Bar, on_case
from workflow.parts import Act, Clock
from workflow.procedures.branch_rating import BranchRating
from workflow.procedures.rating_round import RatingRound
from workflow.procedures.rating_scale import GRADES, SHEET, WEIGHTS, weights_without
from workflow.proof import contradictions
from workflow.questions import EntriesAsked
from workflow.registry import PROCEDURES
from workflow.rehearsal import Rehearsal
from workflow.snapshot import CLOCK, CaseSnapshot, Facts
from workflow.story import read_story
from workflow.words.naming import id_of, several

HERE = Path(__file__).parent
ABOUT_A_PERSON = ("风险", "排名", "扣分", "信用", "轨迹")


# The procedures as a whole


@pytest.mark.parametrize("procedure", [BranchRating, RatingRound])
def test_they_do_not_contradict_themselves(procedure):
    assert list(contradictions(procedure)) == []


@pytest.mark.parametrize("steps", [2, 9, 13, 17, 30])
@pytest.mark.parametrize("seed", range(2))
def test_no_life_ends_in_a_contradiction(steps, seed):
    invariants.of_life(life(seed, steps, 40))


def test_every_deadline_of_the_specification_is_there():
    wanted = {
        "BR-SELF", "BR-SELF2", "BR-APPR", "BR-COMM", "BR-VERD", "BR-NOTICE", "BR-OBJ", "BR-PLAN", "BR-PLANOK", "BR-TALK",
        "BR-RECT", "BR-MON", "BR-RECHECK",
    }  # fmt: skip
    assert wanted <= {clock.code for clock in BranchRating.all_clocks()}


def test_every_state_of_the_specification_is_there():
    assert set(BranchRating.states) == {
        "planned", "self_assessing", "appraising", "community_review", "street_verdict", "noticing",
        "objection_handling", "confirmed_ok", "rectification_planning", "rectifying", "rechecking", "rectified",
        "not_rectified", "closed_unrectified", "exempt",
    }  # fmt: skip


def test_branches_are_rated_and_no_person_is():
    words = [each.label for each in (*BranchRating.fields.values(), *BranchRating.all_acts())]
    assert [said for said in words for word in ABOUT_A_PERSON if word in said] == []


# Who decides


def test_what_grades_grants_or_refuses_is_decided_by_a_person():
    assert {act.id for act in BranchRating.all_acts() if act.decides} == {
        "exempt", "score", "decide_verdict", "settle_objection", "approve_plan", "return_plan", "pass_recheck",
        "fail_recheck", "remove_star",
    }  # fmt: skip
    assert {act.id for act in RatingRound.all_acts() if act.decides} == {"fix_places", "adjust_places"}


def test_the_clock_closes_notices_notes_what_is_missing_and_sends_to_the_recheck():
    assert BranchRating.fired == {
        "confirm", "bar_secretary", "note_missing_report", "force_recheck", "lose_star",
    }  # fmt: skip
    assert RatingRound.fired == {"launch"}


def test_by_itself_a_round_only_notes_that_all_are_confirmed():
    assert [act.id for act in RatingRound.unasked] == ["complete"]
    assert BranchRating.unasked == ()


def test_nobody_rates_in_two_posts():
    (apart,) = BranchRating.aparts
    assert [role.id for role in apart.roles] == ["branch_secretary", "community_committee", "party_committee"]


def test_who_objects_is_hidden_from_the_branch():
    hidden = ("objections", "objectors", "objector", "reach", "objection", "known")
    assert {name: BranchRating.fields[name].is_shown_to("branch_secretary") for name in hidden} == dict.fromkeys(
        hidden, False
    )
    assert all(BranchRating.fields[name].is_shown_to("party_committee") for name in hidden)


def test_no_measure_counts_an_objection():
    counted = {
        id_of(word)
        for each in BranchRating.measures.values()
        for word in several(each.of)
        if isinstance(word, Act | Clock)
    }
    assert "raise_objection" not in counted


def test_forms_are_anonymous():
    for poll in BranchRating.polls.values():
        assert poll.open_in is BranchRating.appraising
    assert [each for each in BranchRating.fields.values() if each.kind == "people"] == [BranchRating.objectors]


# The scale


def test_the_sheet_and_the_weights_make_a_hundred():
    assert sum(most for _, most in SHEET.values()) == 100
    for absent in ((), ("residents",), ("members",), ("members", "residents")):
        assert sum(weights_without(*absent).values()) == 1
    assert weights_without() == WEIGHTS
    assert weights_without("residents")["community"] == weights_without("members")["community"] == Decimal("0.40")


def rated(settings=None, **data) -> BranchRating:
    """A rating with these lines on file."""
    snapshot = CaseSnapshot("main", "branch_rating", "street_verdict", "branch", data={"on_time_rate": 100, **data})
    return BranchRating(snapshot, Facts({}, calendar(), settings or {}), CLOCK, date(2026, 1, 8), None)


def forms(satisfied=0, basic=0, unsatisfied=0):
    row = {"poll": "residents", "satisfied": satisfied, "basic": basic, "unsatisfied": unsatisfied, "unknown": 0}
    return BranchRating.tallies.check.kept([row])


@pytest.mark.parametrize(
    ("told", "ceiling"),
    [
        ({"satisfied": 20}, "good"),
        ({"satisfied": 18, "unsatisfied": 2}, "good"),
        ({"satisfied": 899, "unsatisfied": 101}, "average"),
        ({"basic": 12, "unsatisfied": 8}, "average"),
        ({"satisfied": 599, "unsatisfied": 401}, "poor"),
    ],
)
def test_satisfaction_caps_the_grade_and_the_line_itself_does_not(told, ceiling):
    assert rated(tallies=forms(**told)).ceiling == ceiling


@pytest.mark.parametrize(
    ("facts", "ceiling"),
    [
        ({"vetoes": ("falsified",)}, "poor"),
        ({"missed_meetings": 3}, "poor"),
        ({"missed_meetings": 2}, "good"),
        ({"on_time_rate": 59}, "average"),
        ({"on_time_rate": 60}, "good"),
        ({"residents_invalid": True}, "fairly_good"),
        ({"residents_invalid": True, "on_time_rate": 0, "vetoes": ("refused",)}, "poor"),
    ],
)
def test_vetoes_and_warnings_cap_the_grade(facts, ceiling):
    assert rated(tallies=forms(satisfied=20), **facts).ceiling == ceiling


def test_a_cap_is_named_with_its_ground():
    case = rated(tallies=forms(satisfied=899, unsatisfied=101), missed_meetings=4)
    assert case.caps == (
        ("poor", "全年缺开季度支部党员大会4次"), ("average", "群众满意率89.90%，低于90%"),
    )  # fmt: skip


def test_every_ground_more_leaves_the_ceiling_or_lowers_it():
    grounds = [{"vetoes": ("refused",)}, {"missed_meetings": 3}, {"on_time_rate": 10}, {"residents_invalid": True}]
    for one in range(2 ** len(grounds)):
        chosen = [ground for place, ground in enumerate(grounds) if one >> place & 1]
        facts = {name: value for ground in chosen for name, value in ground.items()}
        for more in grounds:
            before = GRADES.index(rated(tallies=forms(satisfied=20), **facts).ceiling)
            assert (
                GRADES.index(
                    rated(
                        tallies=forms(satisfied=20), **facts, **{k: v for k, v in more.items() if k not in facts}
                    ).ceiling
                )
                <= before
            )


def test_a_street_may_draw_the_lines_higher_and_never_lower():
    forms_ = forms(satisfied=18, unsatisfied=2)
    assert rated({"good_satisfaction": 91}, tallies=forms_).ceiling == "average"
    assert rated({"least_satisfaction": 91}, tallies=forms_).ceiling == "poor"
    for name in (
        "good_satisfaction", "least_satisfaction", "recheck_of_poor", "recheck_of_average", "recheck_least_satisfaction",
        "least_forms", "notice_days",
    ):  # fmt: skip
        setting = BranchRating.settings[name]
        assert (setting.allows(setting.default), setting.allows(setting.default - 1)) == (True, False)


def test_two_thirds_of_the_members_have_to_answer_or_four_fifths_where_the_place_says_so():
    assert [rated(members_able=able).members_wanted for able in (0, 3, 6, 7)] == [0, 2, 4, 5]
    assert rated({"quorum": "four_fifths"}, members_able=6).members_wanted == 5
    assert not BranchRating.settings["quorum"].allows("one_half")


def test_branches_stand_in_order_of_total_street_residents_members_and_last_years_total():
    """Each parts two that are level in all before it; what stands behind it may say the opposite."""
    sheet = BranchRating.street_scores.check
    base = {"total": Decimal("90.50"), "street": 90, "residents": 18, "members": 18, "last_total": Decimal(80)}

    def ranked(**more):
        line = base | more
        poll = [{"poll": poll, "satisfied": line[poll], "unsatisfied": 20 - line[poll], "basic": 0, "unknown": 0}
                for poll in ("members", "residents")]  # fmt: skip
        marks = {"leader": 15, "ideas": 10, "systems": 15, "premises": 10, "safeguards": 10, "results": 20}
        street = sheet.deserialize(marks | {"masses": line["street"] - 80})
        return rated(
            total=line["total"], last_total=line["last_total"], street_scores=street,
            tallies=BranchRating.tallies.check.kept(poll),
        ).rank  # fmt: skip

    order = {"total": Decimal("90.51"), "street": 91, "residents": 19, "members": 19, "last_total": Decimal(81)}
    less = {"total": Decimal("90.49"), "street": 89, "residents": 17, "members": 17, "last_total": Decimal(79)}
    names = list(order)
    for at, name in enumerate(names):
        behind = {each: less[each] for each in names[at + 1 :]}
        assert ranked(**{name: order[name]}, **behind) > ranked()


def test_an_average_of_forms_is_not_rounded_on_the_way():
    assert rated(tallies=forms(satisfied=2, basic=0, unsatisfied=1)).marks["residents"] == Fraction(230, 3)


# What follows the verdict


def played(until: str) -> Rehearsal:
    """The first worked example up to that day."""
    story = read_story(yaml.safe_load(STORY), PROCEDURES)
    rehearsal = Rehearsal(story, PROCEDURES, Facts(story.units, calendar()))
    for n, step in enumerate(story.steps, 1):
        if step.at.isoformat()[:10] > until:
            break
        rehearsal.until(step.at)
        if step.do:
            rehearsal.act(n, step)
    return rehearsal


def bars(rehearsal: Rehearsal, about: str, on: str):
    return rehearsal.world[EntriesAsked("award_bars", about, date.fromisoformat(on))]


def test_a_poor_branch_and_its_secretary_are_barred_from_the_day_of_confirmation_on():
    rehearsal = played("2026-01-30")
    for about in ("branch", "wang"):
        assert bars(rehearsal, about, "2026-01-16") == ()
        (entry,) = bars(rehearsal, about, "2026-01-17")
        assert entry.values == {"branch": "branch", "year": 2025, "reason": "定为差"}


@pytest.mark.parametrize(
    ("case", "day", "shown"),
    [
        ("rating_round.street.1.1", "2026-01-16", ()),
        ("rating_round.street.1.1", "2026-07-24", ("branch", "wang")),
        ("rating_round.street.2.1", "2026-11-17", ("branch", "wang")),
        ("rating_round.street.1.1", "2026-11-25", ()),
    ],
)
def test_a_bar_is_shown_on_the_cases_of_the_branch_until_the_next_confirmation(case, day, shown):
    rehearsal = played(day)
    now = datetime.fromisoformat(f"{day}T23:00+08:00")
    rehearsal.until(now)
    found = on_case(BranchRating, rehearsal.cases[case], rehearsal.told(), now)
    assert found == tuple(Bar(about, "branch", 2025, date(2026, 1, 17)) for about in shown)


def test_a_case_of_another_procedure_shows_no_bar():
    rehearsal = played("2026-07-24")
    now = datetime.fromisoformat("2026-07-24T23:00+08:00")
    assert on_case(RatingRound, rehearsal.cases["rating_round.street.1"], rehearsal.told(), now) == ()


def test_a_branch_that_is_not_rated_the_next_year_is_barred_until_all_others_are_confirmed():
    raw = yaml.safe_load(STORY)
    raw["steps"] = [
        *raw["steps"][:32],
        {"at": "2026-11-04T09:00", "case": "rating_round.street.2.1", "by": "party_committee", "do": "exempt",
         "with": {"ground": "merging", "reason": "拟合并"}},
        {"at": "2026-11-05T09:00", "case": "rating_round.street.2", "by": "party_committee", "do": "fix_places",
         "with": {"minutes": "纪要"}},
    ]  # fmt: skip
    told = [{"register": "award_bars", "about": about, "in_force": True} for about in ("branch", "wang")]
    raw["expect"] = [
        {"after": 33, "case": "rating_round.street.2.1", "state": "exempt", "entries": told},
        {"after": 34, "case": "rating_round.street.2", "state": "completed",
         "entries": [{**each, "in_force": False} for each in told]},
    ]  # fmt: skip
    assert on_paper(raw, PROCEDURES)["unmet"] == []


def test_terms_that_reach_a_year_without_a_notice_are_foreseen_only():
    answer = on_paper(
        yaml.safe_load((HERE / "edge_15_beyond_the_confirmed_calendar.yaml").read_text("utf-8")), PROCEDURES
    )
    last = answer["steps"][-1]["deadlines"]
    assert last["BR-VERD"]["provisional"]
    review = next(step for step in answer["steps"] if step["do"] == "close_appraisal")
    assert not review["deadlines"]["BR-COMM"]["provisional"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("edge_02_03_satisfaction_caps_the_grade", ["群众满意率89.90%，低于90%，最高为“一般”"]),
        ("edge_04_05_too_few_forms", ["群众测评票无效，最高为“较好”", "群众测评无效（权重并入社区评分）"]),
        ("too_few_members_answer", ["党员测评票无效，最高为“较好”", "党员测评无效（权重并入社区评分）"]),
        ("edge_09_one_step_and_only_with_a_reason", ["改动计算等次，理由：进步明显"]),
    ],
)
def test_a_decision_names_what_bore_on_the_grade(name, said):
    decisions = papers_of(name, "decision")
    assert decisions
    assert all(words in each for words in said for each in decisions)


def test_a_new_decision_takes_the_place_of_the_old_one_and_gives_no_reason_where_it_needs_none():
    first, second = papers_of("edge_10_11_objection_upheld_posted_anew", "decision")
    assert ("理由：进步明显" in first, "代替原定级决定" in first) == (True, False)
    assert ("理由" in second, "代替原定级决定" in second, "定为“一般”" in second) == (False, True, True)


def test_the_record_of_a_talk_names_both_sides():
    (record,) = papers_of("edge_12_13_14_new_secretary_then_dissolved", "talk_record")
    assert "被约谈人：李书记（支部书记）" in record
    assert "谈话人：周主任（街道党工委）" in record


def test_a_branch_that_has_its_place_reads_nothing_of_places():
    assert [paper for paper in papers_of("edge_08_places_and_ties", "decision") if "名额" in paper] == []


def test_the_notice_of_a_star_says_which_and_until_when():
    (notice,) = papers_of("five_stars_won_and_removed", "star_notice_paper")
    for said in ("平安法治星", "2026年3月2日", "2026年3月9日"):
        assert said in notice


@pytest.mark.parametrize("path", sorted(HERE.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_paper_tells_a_form_or_who_objected(path):
    story, papers = played_with_papers(yaml.safe_load(path.read_text("utf-8")))
    texts = [each.text for each in papers]
    told = [step.form.get(name, "") for step in story.steps for name in ("objector", "reach")]
    assert [name for name in filter(None, told) for text in texts if name in text] == []


# Stories that go otherwise


def other(name: str, steps: int, **organisation):
    """The story so far, with an organisation of other properties."""
    raw = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    raw["facts"]["entries"][0] |= organisation
    return raw | {"steps": raw["steps"][:steps], "expect": []}


def test_the_masses_of_a_branch_in_an_enterprise_are_its_employees():
    """Thirty in a hundred of 100 employees; 19 forms are too few, and none is asked of the households."""
    story = other("edge_04_05_too_few_forms", 10, enterprise=True, employees=100)
    *_, last = on_paper(story, PROCEDURES)["steps"]
    assert "有效测评票不足30份。" in [each["message"] for each in last["refusals"]]


def test_nothing_is_decided_before_the_street_has_scored():
    story = other("missed_reports_forced_recheck_second_round_carried_over", 10)
    del story["steps"][8]
    *_, last = on_paper(story, PROCEDURES)["steps"]
    assert "街道尚未评分。" in [each["message"] for each in last["refusals"]]


def test_where_there_is_no_secretary_the_branch_alone_is_barred():
    raw = other("missed_reports_forced_recheck_second_round_carried_over", 10, secretary="")
    del raw["facts"]["entries"][1]
    story = read_story(raw, PROCEDURES)
    rehearsal = Rehearsal(story, PROCEDURES, Facts(story.units, calendar()))
    for n, step in enumerate(story.steps, 1):
        rehearsal.until(step.at)
        rehearsal.act(n, step)
    rehearsal.until(story.steps[-1].at.replace(year=2026, month=1, day=5))
    assert rehearsal.cases["main.1"].done["bar_secretary"].on == date(2025, 12, 31)
    assert len(bars(rehearsal, "branch", "2026-01-05")) == 1
    assert bars(rehearsal, "wang", "2026-01-05") == bars(rehearsal, "", "2026-01-05") == ()


def test_two_months_in_a_row_are_missing_whatever_older_month_is_reported_late():
    """Months 1 and 2 are missing; after the talk month 1 is made good, and month 3 is missing like month 2."""
    story = other("missed_reports_forced_recheck_second_round_carried_over", 16)
    story["steps"][15] = {**story["steps"][15], "with": {"month": 1, "progress": [{"item": 1, "percent": 10}]}}
    story["steps"].append({"at": "2026-03-05T09:00"})
    expect = {"case": "main.1", "after": 16, "stopped": ["BR-TALK2"]}, {
        "case": "main.1", "after": 17, "deadlines": {"BR-TALK2": "2026-03-18"},
    }  # fmt: skip
    assert on_paper(story | {"expect": expect}, PROCEDURES)["unmet"] == []
