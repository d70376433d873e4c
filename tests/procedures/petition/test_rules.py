"""What must hold of petitions whatever happens: whose right it is, who decides, what is never written down."""

from datetime import date
from random import Random

import pytest

from tests.workflow import invariants
from tests.workflow.life import Life, moment
from tests.workflow.paper import calendar
from workflow.decide import available
from workflow.identity import check_sign
from workflow.lives import Life as RandomLife
from workflow.parts import Act, Clock, Deadline, Window
from workflow.procedures.petition import Petition
from workflow.proof import contradictions
from workflow.refusals import Refused
from workflow.snapshot import Actor, Facts
from workflow.story import TREE
from workflow.words.naming import id_of, several

ZHANG = Actor("zhang", "petitioner")
CLERK = Actor("clerk", "window_clerk", "street")
OFFICER = Actor("officer", "caseworker", "street")
HEAD = Actor("head", "unit_head", "street")
SUPERVISOR = Actor("supervisor", "supervisor", "street")
REVIEWER = Actor("reviewer", "reviewer", "district")
REEXAMINER = Actor("reexaminer", "reexaminer", "city")
KEEPER = Actor("keeper", "sealed_handler", "street")

OPINION = {"opinion": "意见书.pdf", "legal_basis": "某条例", "remedy_named": True}
ABOUT_A_PERSON = (
    "risk", "level", "key_person", "watch", "location", "travel", "employer", "family", "vexatious", "unreasonable",
    "behaviour", "label", "times_petitioned", "promise_not",
)  # fmt: skip
WORDS_ABOUT_A_PERSON = ("风险", "重点", "缠访", "闹访", "越级", "轨迹", "稳控", "息诉", "罢访", "无理", "维稳", "非访")


def registered(**form) -> Life:
    life = Life(Petition)
    life.act("2025-03-03T09:00", CLERK, "register", **{"channel": "letter", "content": "楼前违建遮挡采光", **form})
    return life


def replied(**settings) -> Life:
    life = registered()
    life.facts = Facts(TREE, calendar(), settings)
    life.act("2025-03-04T09:00", OFFICER, "accept")
    life.act("2025-04-01T09:00", HEAD, "reply", outcome="explain", **OPINION)
    return life


def refusals(life: Life, at: str, by: Actor, trigger: str, **form) -> set[str]:
    with pytest.raises(Refused) as refused:
        life.act(at, by, trigger, **form)
    return {each.code for each in refused.value.refusals}


# The procedure as a whole


def test_it_does_not_contradict_itself():
    assert list(contradictions(Petition)) == []


@pytest.mark.parametrize("seed", range(6))
def test_no_life_ends_in_a_contradiction(seed):
    invariants.of_life(RandomLife(Petition, Random(seed), Facts(TREE, calendar())).live(50))


def test_every_deadline_of_the_specification_is_there():
    named = {f"D{number}" for number in range(1, 17)} | {"D2b", "D8a"}
    assert named <= {clock.code for clock in Petition.all_clocks()}


def test_nothing_is_ever_written_down_about_a_person_beyond_the_matter():
    names = {each.id for each in Petition.fields.values()}
    assert [name for name in names for word in ABOUT_A_PERSON if word in name] == []
    words = [each.label for each in (*Petition.fields.values(), *Petition.all_acts(), *Petition.measures.values())]
    assert [said for said in words for word in WORDS_ABOUT_A_PERSON if word in said] == []


def test_who_and_where_a_person_is_are_personal():
    named = ("petitioner_name", "petitioner_contact", "address", "representatives", "co_signers", "known_petitioners")
    assert {Petition.fields[name].privacy for name in named} == {"personal"}
    assert Petition.fields["id_no"].privacy == "sensitive"


# Who decides


def test_what_grants_or_refuses_is_decided_by_a_person():
    deciding = {act.id for act in Petition.all_acts() if act.decides}
    assert deciding == {
        "reply", "reply_simple", "answer", "refuse", "guide_out", "review_reply", "refuse_review", "order_rehandle",
        "reexam_reply", "decide_recusal", "close_without_successor",
    }  # fmt: skip


def test_the_clock_closes_a_window_accepts_or_converts_and_does_nothing_else():
    assert Petition.fired == {"auto_close_window", "auto_deem_accepted", "convert_to_ordinary"}


def test_by_themselves_only_followers_are_told_or_set_free():
    alone = {act.id for act in Petition.all_acts() if not act.by and act.id not in Petition.fired}
    assert alone == {"pass_on_reply", "go_on_alone"}


def test_every_right_of_the_petitioner_may_be_used_at_the_window():
    rights = ("request_review", "request_reexam", "withdraw", "unmerge", "request_recusal")
    assert [name for name in rights if "window_clerk" not in ids(Petition.acts[name][0].via)] == []


def test_no_measure_counts_a_petitioner_or_the_use_of_a_right():
    rights = {"request_review", "request_reexam", "request_recusal", "unmerge"}
    for measure in Petition.measures.values():
        counted = {id_of(word) for word in several(getattr(measure, "of", ())) if isinstance(word, Act | Clock)}
        assert not counted & rights
    assert not [m for m in Petition.measures.values() if "排名" in m.label or "人均" in m.label]


def ids(words) -> set[str]:
    return {id_of(word) for word in several(words)}


def test_an_objection_is_rejected_by_who_sent_the_petition_or_by_the_conference_above():
    sender, other = Actor("sender", "dispatcher", "district"), Actor("other", "dispatcher", "street")
    for by, answer in ((sender, "done"), (Actor("chair", "conference", "city"), "done"), (other, "refused")):
        life = objected(sender)
        if answer == "done":
            assert life.act("2025-03-06T09:00", by, "reject_objection", reason="由属地处理").after.state == "routed"
        else:
            assert refusals(life, "2025-03-06T09:00", by, "reject_objection", reason="由属地处理") == {"GuardsFailed"}


def objected(sender: Actor) -> Life:
    life = Life(Petition, "district")
    clerk = Actor("clerk", "window_clerk", "district")
    form = {"channel": "letter", "content": "楼前违建遮挡采光", "at_letters_office": True}
    life.act("2025-03-03T09:00", clerk, "register", **form)
    life.act("2025-03-04T09:00", sender, "route", to_org="street")
    life.act("2025-03-05T09:00", OFFICER, "object", reason="该处违建属市级重点工程，由市住房城乡建设局直接监管")
    return life


# Whose time it is


def test_a_window_rolls_forward_and_a_deadline_does_not():
    clocks = list(Petition.all_clocks())
    assert {each.code for each in clocks if isinstance(each, Window)} == {"D3", "D11", "D13", "D15"}
    assert not [each.code for each in clocks if isinstance(each, Deadline) and each.rolls]


def test_no_window_closes_the_request_for_review():
    closed = {name for each in Petition.all_clocks() if isinstance(each, Window) for name in ids(each.closes)}
    assert closed == {"object", "rate"}


def test_the_window_of_next_year_is_foreseen_only():
    life = registered(received_on=date(2025, 3, 3))
    life.facts = Facts(TREE, calendar())
    life.act("2026-11-02T09:00", OFFICER, "accept")
    assert not life.clock("D6").provisional
    life.act("2026-12-01T09:00", HEAD, "reply", outcome="explain", **OPINION)
    life.act("2026-12-03T09:00", CLERK, "record_service", method="hand")
    assert life.clock("D11").provisional


# Stages


@pytest.mark.parametrize(
    "by", [OFFICER, HEAD, Actor("own", "reviewer", "street"), Actor("far", "reviewer", "city"), REEXAMINER]
)
def test_only_the_superior_organ_reviews(by):
    life = replied()
    life.act("2025-04-02T09:00", ZHANG, "request_review")
    assert refusals(life, "2025-04-03T09:00", by, "review_reply", outcome="uphold", opinion="x.pdf") == {"NotAllowed"}
    life.act("2025-04-03T09:00", REVIEWER, "review_reply", outcome="uphold", opinion="x.pdf")


def test_the_reviewer_does_not_re_examine_even_in_another_post():
    life = replied()
    life.act("2025-04-02T09:00", ZHANG, "request_review")
    life.act("2025-04-03T09:00", REVIEWER, "review_reply", outcome="uphold", opinion="x.pdf")
    life.act("2025-04-04T09:00", ZHANG, "request_reexam")
    moved = Actor("reviewer", "reexaminer", "city")
    assert refusals(life, "2025-04-07T09:00", moved, "reexam_reply", outcome="uphold", opinion="x") == {"Apart"}


def test_without_service_no_window_begins_and_nothing_closes_by_itself():
    life = replied()
    life.until("2026-04-01T09:00")
    assert (life.case.state, life.clock("D11")) == ("replied", None)


def test_above_the_city_the_petitioner_is_told_to_turn_elsewhere():
    life = Life(Petition, unit="city")
    life.act(
        "2025-03-03T09:00", Actor("c", "window_clerk", "city"), "register", channel="letter", content="供热温度不足"
    )
    life.act("2025-03-04T09:00", Actor("o", "caseworker", "city"), "accept")
    life.act("2025-04-01T09:00", Actor("h", "unit_head", "city"), "reply", outcome="explain", **OPINION)
    assert refusals(life, "2025-04-02T09:00", ZHANG, "request_review") == {"GuardsFailed"}


def test_a_promise_to_stay_silent_is_never_asked_for():
    asked = {line.field.id for line in Petition.acts["withdraw"][0].form}
    assert asked == {"statement", "leaves_alone", "callback_on", "free_will", "promised"}


def test_whoever_handled_the_case_does_not_check_the_withdrawal():
    life = registered()
    life.act("2025-03-04T09:00", OFFICER, "accept")
    life.act("2025-03-05T09:00", ZHANG, "withdraw", statement="声明.pdf")
    same_person = Actor("officer", "supervisor", "street")
    assert refusals(life, "2025-03-06T09:00", same_person, "withdraw", free_will=True) == {"Apart"}


# Sealed


@pytest.mark.parametrize("by", [CLERK, OFFICER, HEAD, SUPERVISOR, Actor("d", "dispatcher", "street")])
def test_a_sealed_accusation_is_not_there_for_anybody_else(by):
    life = registered(type="accusation", subject_org="community")
    offers = available(Petition, life.case, by=by, now=moment("2025-03-04T09:00"), facts=life.facts)
    assert {each.code for offer in offers for each in offer.refusals} == {"NotFound"}
    assert life.case.sealed_to == ("sealed_handler",)


def test_the_clock_of_a_sealed_accusation_tells_its_handler_alone():
    life = registered(type="accusation")
    told = {each.role for made in life.until("2025-06-01T09:00") for each in made.told}
    assert told == {"sealed_handler"}
    assert life.case.state == "registered"


def test_a_sealed_case_is_not_betrayed_by_a_link():
    sealed, life = registered(type="accusation"), registered()
    life.linked(other=sealed.case)
    merging = {"into_case": "other", "same_matter_reason": "同一事项"}
    with pytest.raises(Refused) as refused:
        life.act("2025-03-04T09:00", OFFICER, "merge", **merging)
    assert "未找到并入的案件。" in {each.message for each in refused.value.refusals}


# Papers


def test_the_opinion_tells_where_to_turn_and_until_when():
    life = replied()
    (paper,) = life.decisions[-1].documents
    for words in ("三十日内", "青桥区", "申请复查", "第三十五条", "顺延至下一工作日"):
        assert words in paper.text


def test_the_review_opinion_is_the_superior_organs():
    life = replied()
    life.act("2025-04-02T09:00", ZHANG, "request_review")
    made = life.act("2025-04-03T09:00", REVIEWER, "review_reply", outcome="change", opinion="x.pdf")
    text = made.documents[0].text
    assert "应予变更" in text
    assert "云州市" in text
    assert text.rstrip().endswith("青桥区\n2025年4月3日")


def test_a_receipt_tells_the_last_day_and_keeps_no_code():
    (paper,) = registered().decisions[-1].documents
    assert "2025年3月18日" in paper.text
    assert "〔查询码〕" in paper.text


def test_an_id_number_is_taken_only_where_identity_is_disputed_face_to_face():
    life = replied()
    number = "0" * 17 + check_sign("0" * 17)
    served = {"method": "hand", "id_no": number}
    assert refusals(life, "2025-04-02T09:00", CLERK, "record_service", **served) == {"GuardsFailed"}
    life.act("2025-04-02T09:00", CLERK, "record_service", identity_disputed=True, **served)
    life.act("2025-04-03T09:00", CLERK, "record_service", method="hand")
    assert life.case.data["id_no"] == ""
