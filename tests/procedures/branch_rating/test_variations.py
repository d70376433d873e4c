"""What a story would come to had one step been otherwise: each rule is refused where it is broken, and only there."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.procedures.branch_rating.stage import papers_of
from tests.workflow.paper import on_paper
from workflow.registry import PROCEDURES

HERE = Path(__file__).parent
E1, MISSED = "e1_poor_branch_rectified", "missed_reports_forced_recheck_second_round_carried_over"
STARRED, PLACES = "five_stars_won_and_removed", "edge_08_places_and_ties"
NEXT = "rating_round.street.2.1"

Raw = dict[str, Any]


def told(name: str) -> Raw:
    raw: Raw = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return raw | {"expect": []}


def begun(name: str, steps: int) -> Raw:
    raw = told(name)
    return raw | {"steps": raw["steps"][:steps]}


def step(at: str, by: str, do: str, case: str = "main.1", **form: Any) -> Raw:
    return {"at": at, "case": case, "by": by, "do": do, "with": form}


def later(last: Raw, **minutes: int) -> str:
    at = last["at"] if isinstance(last["at"], datetime) else datetime.fromisoformat(last["at"])
    return (at + timedelta(**minutes)).isoformat()


def unmet(raw: Raw, *expected: Mapping[str, Any]) -> list[str]:
    """Expected after the last step where nothing else is said."""
    last = len(raw["steps"])
    answer = on_paper(raw | {"expect": [{"after": last, **each} for each in expected]}, PROCEDURES)
    lines: list[str] = answer["unmet"]
    return lines


def altered(name: str, number: int, **form: Any) -> Raw:
    """The story up to that step, whose form says otherwise."""
    raw = begun(name, number)
    last = raw["steps"][-1]
    raw["steps"][-1] = last | {"with": last["with"] | form}
    return raw


# Scores, plans, papers


@pytest.mark.parametrize(
    ("number", "form", "code", "says"),
    [
        (9, {"differences": []}, "GuardsFailed", "服务群众与自评相差超过该项满分两成，须说明理由。"),
        (9, {"site_visit_on": "2025-12-20"}, "E_FUTURE_DATE", "实地查看日不能晚于今天。"),
        (12, {"posted_on": "2026-01-07"}, "E_DATE_ORDER", "公示日不得早于定级日。"),
    ],
)
def test_a_form_that_leaves_out_what_the_rule_asks_is_refused(number, form, code, says):
    raw = altered(E1, number, **form)
    assert unmet(raw, {"case": raw["steps"][-1]["case"], "refused": code, "says": says}) == []


@pytest.mark.parametrize("place", range(5))
def test_every_indicator_below_six_tenths_has_an_item_in_the_plan(place):
    raw = begun(E1, 15)
    items = raw["steps"][-1]["with"]["items"]
    left_out = items[place]["indicator"]
    words = {
        "leader": "班子和带头人",
        "ideas": "工作思路",
        "systems": "制度建设",
        "premises": "活动阵地",
        "results": "工作业绩",
    }
    raw = altered(E1, 15, items=[each for each in items if each["indicator"] != left_out])
    says = f"{words[left_out]}低于满分六成，须有整改事项。"
    assert unmet(raw, {"case": raw["steps"][-1]["case"], "refused": "GuardsFailed", "says": says}) == []


def test_an_act_entered_on_a_later_day_says_why():
    raw = altered(E1, 3)
    raw["steps"][-1] |= {"dated": date(2025, 11, 18)}
    case = raw["steps"][-1]["case"]
    assert unmet(raw, {"case": case, "refused": "E_NO_REASON"}) == []
    raw["steps"][-1]["with"] |= {"entered_late": "系统停机"}
    assert unmet(raw, {"case": case, "state": "appraising", "deadlines": {"BR-APPR": "2025-12-09"}}) == []


@pytest.mark.parametrize(("days", "code"), [(30, ""), (31, "E_BACKDATED")])
def test_a_round_may_be_entered_up_to_thirty_days_late_and_says_why(days, code):
    raw = begun("e2_good_branch_without_objection", 1)
    raw["steps"][0] |= {"at": "2025-12-03T09:00", "dated": date(2025, 12, 3) - timedelta(days=days)}
    assert unmet(raw, {"refused": "E_NO_REASON"}) == []
    raw["steps"][0]["with"] = {"entered_late": "系统停机"}
    assert unmet(raw, {"refused": code} if code else {"state": "running"}) == []


def test_the_notice_to_rectify_is_issued_at_the_beginning_of_each_round_and_not_with_an_extension():
    answers = on_paper(told(MISSED), PROCEDURES)["steps"]
    issued = [each["at"][:10] for each in answers if "整改通知书" in each.get("documents", [])]
    assert issued == ["2025-12-04", "2026-09-15"]


# Objections


@pytest.fixture
def objected() -> Raw:
    """Somebody objects to a grade that was raised by a step."""
    return begun("edge_10_11_objection_upheld_posted_anew", 11)


def test_a_falsification_that_an_objection_proves_leads_to_poor(objected):
    form = {"result": "upheld", "answer": "确有弄虚作假", "proven": ["falsified"], "new_grade": "poor"}
    objected["steps"].append(step("2026-01-26T09:00", "party_committee", "settle_objection", **form))
    data = {"grade": "poor", "computed_grade": "poor", "vetoes": ["falsified"], "overridden": False}
    papers = ["异议答复", "定级公示", "定级决定"]
    assert unmet(objected, {"case": "main.1", "state": "noticing", "data": data, "documents": papers}) == []


def test_an_answer_is_no_reason_to_depart_from_the_computed_grade(objected):
    settled = step("2026-01-26T09:00", "party_committee", "settle_objection", result="upheld", answer="经集体研究再降")
    objected["steps"][10] = objected["steps"][10]
    first = objected["steps"][9]
    first["with"] |= {"grade": "average"}
    objected["steps"].append(settled | {"with": settled["with"] | {"new_grade": "fairly_good"}})
    says = "改动计算等次的，须写明集体研究的理由。"
    assert unmet(objected, {"case": "main.1", "refused": "GuardsFailed", "says": says}) == []
    objected["steps"][-1]["with"] |= {"new_reason": "下半年进步明显"}
    data = {"grade": "fairly_good", "overridden": True, "override_reason": "下半年进步明显"}
    assert unmet(objected, {"case": "main.1", "data": data}) == []


def test_a_regraded_branch_is_no_longer_of_five_stars():
    raw = begun(STARRED, 14)
    at = raw["steps"][-1]
    raw["steps"] += [
        step(later(at, days=1), "resident", "raise_objection", objector="某居民", reach="13800001234",
             objection="安全事故没有报告") | {"via": "party_worker"},
        step(later(at, days=2), "party_committee", "settle_objection", result="upheld", answer="情况属实，予以改定",
             new_grade="fairly_good", new_reason="发生安全事故"),
    ]  # fmt: skip
    assert unmet(raw, {"case": "main.1", "data": {"grade": "fairly_good", "five_star": False}}) == []


def test_a_branch_that_is_lowered_is_not_of_five_stars():
    raw = altered(STARRED, 14, grade="fairly_good", override_reason="发生安全事故")
    assert unmet(raw, {"case": "main.1", "data": {"grade": "fairly_good", "five_star": False}}) == []
    assert unmet(begun(STARRED, 14), {"case": "main.1", "data": {"grade": "good", "five_star": True}}) == []


# Places


def starred() -> Raw:
    """Two branches with every star and the same marks, for one place of each kind."""
    raw = begun(PLACES, 17) | {"settings": {"by_stars": True}}
    for each in raw["steps"]:
        if each["do"] == "score":
            each["with"] = each["with"] | {
                "star_scores": dict.fromkeys(("party", "industry", "ecology", "order", "culture"), 90)
            }
    return raw


def placed(**form: Any) -> Raw:
    return step("2025-11-12T09:00", "party_committee", "fix_places", "main", minutes="纪要", **form)


def test_level_branches_of_five_stars_are_voted_on_too():
    raw = starred()
    raw["steps"].append(placed(voted=["second"]))
    says = "桂花巷社区第一党支部、第二党支部各项得分相同，须集体表决确定其中1个。"
    assert unmet(raw, {"refused": "GuardsFailed", "says": says}) == []
    raw["steps"][-1] = placed(voted=["second"], star_voted=["second"])
    assert unmet(raw, {"state": "placed", "data": {"star_places": 1, "five_star": ["second"]}}) == []


def test_five_stars_do_not_make_up_for_a_total_below_ninety():
    raw = starred()
    low = {"leader": 11, "ideas": 7, "systems": 11, "premises": 7, "safeguards": 7, "results": 14, "masses": 15}
    for each in raw["steps"]:
        if each["do"] == "score":
            each["with"] = each["with"] | {"street_scores": low}
    raw["steps"].append(placed())
    assert unmet(raw, {"case": "main.1", "data": {"total": "88.40", "computed_grade": "fairly_good"}}) == []
    assert unmet(raw, {"state": "placed", "data": {"good": [], "five_star": []}}) == []


def test_of_two_level_in_total_the_one_the_street_marked_higher_has_the_place():
    """30 × 92 + 20 × 93 and 30 × 94 + 20 × 90 come to the same."""
    raw = begun(PLACES, 17)
    marks = {
        ("submit_community", "main.1"): {"masses": 20}, ("score", "main.1"): {"masses": 19},
        ("submit_community", "main.2"): {"masses": 17}, ("score", "main.2"): {"leader": 15, "masses": 20},
    }  # fmt: skip
    for each in raw["steps"]:
        for name in ("community_scores", "street_scores"):
            if name in each.get("with", {}):
                each["with"] = {**each["with"], name: each["with"][name] | marks[each["do"], each["case"]]}
    raw["steps"] += [
        placed(),
        step("2025-11-13T09:00", "party_committee", "decide_verdict", grade="good", verdict_minutes="纪要"),
        step("2025-11-13T09:05", "party_committee", "decide_verdict", grade="fairly_good", verdict_minutes="纪要"),
    ]
    totals = [{"after": 18, "case": f"main.{n}", "data": {"computed_grade": "good", "total": "94.60"}} for n in (1, 2)]
    refused = {"after": 19, "case": "main.1", "refused": "GuardsFailed", "says": "名额限制：本轮“好”等没有该支部。"}
    graded = {"case": "main.1", "state": "noticing", "data": {"overridden": False}}
    assert unmet(raw, *totals, {"after": 18, "data": {"good": ["second"]}}, refused, graded) == []
    (decision,) = papers_of(raw, "decision")
    assert "计算等次为“好”，因本街道“好”等名额限制，为“较好”。" in decision


# From year to year


def test_after_the_first_failure_the_next_launch_lets_a_branch_be_carried_over():
    raw = begun(MISSED, 20)
    raw["steps"] += [
        step("2026-11-01T09:00", "party_committee", "carry_over"),
        step("2026-11-02T09:00", "party_committee", "carry_over"),
    ]
    says = "首次复核不通过且下一年度尚未启动的，应当二次整改。"
    refused = {"after": 21, "case": "main.1", "refused": "GuardsFailed", "says": says}
    assert unmet(raw, refused, {"case": "main.1", "state": "closed_unrectified"}) == []


def test_a_failure_after_the_next_launch_is_carried_over_all_the_same():
    raw = told(E1)
    steps = raw["steps"]
    failed = step("2026-11-16T10:00", "party_committee", "fail_recheck", "rating_round.street.1.1", reason="没有整改",
                  recheck_scores=steps[9]["with"]["street_scores"])  # fmt: skip
    raw["steps"] = [*steps[:30], *steps[32:40], failed, steps[40]]
    assert unmet(
        raw,
        {"after": 38, "case": NEXT, "state": "street_verdict", "data": {"carried_over": False}},
        {"case": NEXT, "data": {"carried_over": True}},
    ) == []  # fmt: skip


@pytest.mark.parametrize(("ground", "branch_is_barred"), [("merging", True), ("dissolved", False)])
def test_a_branch_that_is_no_more_is_free_at_once_and_its_secretary_is_not(ground, branch_is_barred):
    raw = begun(E1, 33)
    raw["steps"].append(step("2026-11-04T09:00", "party_committee", "exempt", NEXT, ground=ground, reason="撤并"))
    held = {"branch": branch_is_barred, "wang": True}
    entries = [{"register": "award_bars", "about": about, "in_force": here} for about, here in held.items()]
    assert unmet(raw, {"case": NEXT, "state": "exempt", "entries": entries}) == []


def test_a_young_branch_may_take_part_and_is_given_the_whole_term():
    raw = begun("young_branch_and_wrong_openings", 8)
    raw["steps"].append(step("2025-11-10T09:00", "zhou", "take_part", "main.2"))
    asked = {"case": "main.2", "state": "self_assessing", "deadlines": {"BR-SELF": "2025-12-01"}}
    assert unmet(raw, asked | {"told": ["branch_secretary"], "stopped": ["BR-EXEMPT"]}) == []


def test_an_average_branch_that_fails_has_a_term_for_what_comes_next():
    raw = begun("e3_objection_during_notice", 29)
    scores = raw["steps"][1]["with"]["self_scores"]
    raw["steps"][-1] = step("2026-04-10T09:00", "community_committee", "fail_recheck", recheck_scores=scores,
                            reason="没有整改")  # fmt: skip
    raw["steps"].append({"at": "2026-04-25T09:00"})
    expected = {"case": "main.1", "state": "not_rectified", "deadlines": {"BR-NEXT": "2026-04-24"}}
    assert unmet(raw, expected | {"told": ["office_head"], "stopped": ["BR-TALK2"]}) == []


def test_who_led_a_branch_at_the_end_of_the_year_is_barred_though_it_was_dissolved_after_its_grade():
    raw = begun(MISSED, 10)
    raw["steps"] += [
        step("2025-12-15T09:00", "party_committee", "close_dissolved", reason="撤销"), {"at": "2026-01-02T09:00"},
    ]  # fmt: skip
    held = {"branch": False, "wang": False, "li": True}
    entries = [{"register": "award_bars", "about": about, "in_force": here} for about, here in held.items()]
    assert unmet(raw, {"case": "main.1", "state": "closed_unrectified", "entries": entries}) == []
