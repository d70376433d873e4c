"""What must hold of mediation whatever happens: free will, no price, no judge's signature, no secret told, no fault counted."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow import invariants
from tests.workflow.life import Life, moment
from tests.workflow.paper import calendar, on_paper
from workflow.decide import available
from workflow.lives import Life as RandomLife
from workflow.lives import acts_done
from workflow.parts import Act, Clock, Deadline, Reminder, Window
from workflow.procedures.mediation import COMPLETE, Mediation
from workflow.proof import contradictions
from workflow.refusals import Refused
from workflow.registry import PROCEDURES
from workflow.snapshot import Actor, Facts
from workflow.story import TREE, read_story
from workflow.terms import days, months
from workflow.words.naming import id_of, several
from workflow.world import World

REGISTRAR = Actor("registrar", "registrar", "community")
CHAIR = Actor("chair", "committee_chair", "community")
VOLUNTEER = Actor("wen", "volunteer_mediator", "community")
MEDIATOR = Actor("ren", "mediator", "community")
JUDGE = Actor("judge", "judge_liaison", "street")
JUSTICE = Actor("si", "justice_office", "street")
STAFF = (REGISTRAR, CHAIR, VOLUNTEER, MEDIATOR)
A, B = Actor("party_1", "party"), Actor("party_2", "party")
SIDES = [{"side": "A", "name": "张兰", "phone": "13800000001"}, {"side": "B", "name": "李明", "phone": "13800000002"}]
BOTH = ["张兰", "李明"]
SCREENED = {"tier": 1, "kind": "noise", "admissibility": [*COMPLETE]}
TERM = {"who": "B", "what": "赔偿", "amount": 80_000, "due_on": "2026-03-01"}
FEES = ("fee", "price", "charge", "deposit", "费", "押金")


def registered(on="2026-01-14", sides=SIDES, posts=STAFF, **settings_) -> Life:
    life = Life(Mediation, unit="community", posts=posts, **settings_)
    facts = "楼上每晚练鼓，多次劝说没有结果。"
    life.act(f"{on}T09:00", REGISTRAR, "register", sides=sides, facts=facts, source="application")
    return life


def accepted(on="2026-01-14", **form) -> Life:
    life = registered(on, posts=form.pop("posts", STAFF), **form.pop("settings", {}))
    life.act(f"{on}T09:10", REGISTRAR, "ask_consent", **{**SCREENED, **form})
    for who in (A, B):
        life.act(f"{on}T09:20", who, "consent", consent_form="online")
    return life


def mediated(on="2026-01-14", tier=2, **form) -> Life:
    life = accepted(on, tier=tier, **form)
    who = "wen" if tier == 1 else "ren"
    life.act(f"{on}T09:30", CHAIR, "assign", mediators=[who], chosen_by="committee")
    return life


def drafted(on="2026-01-15") -> Life:
    life = mediated()
    life.act(f"{on}T09:00", MEDIATOR, "draft_written", content="赔偿了结。", terms=[TERM])
    return life


def mark_of(by: Actor) -> str:
    return "seal" if by == CHAIR else "signature"


def refusals(life: Life, at: str, by: Actor, trigger: str, via=None, **form) -> set[str]:
    with pytest.raises(Refused) as refused:
        life.act(at, by, trigger, via=via, **form)
    return {each.code for each in refused.value.refusals}


# The procedure as a whole


def test_it_does_not_contradict_itself():
    assert list(contradictions(Mediation)) == []


@pytest.mark.parametrize("seed", range(6))
def test_no_life_ends_in_a_contradiction(seed):
    invariants.of_life(RandomLife(Mediation, Random(seed), Facts(TREE, calendar())).live(50))


def test_random_lives_come_as_far_as_names_signed_by_chance_allow():
    """They go on from a registration, since chance writes no two sides that can be asked; what needs the very names on
    file is reached by the stories."""
    raw = yaml.safe_load((Path(__file__).parent / "x4_the_other_side_is_silent.yaml").read_text(encoding="utf-8"))
    begun = read_story(raw | {"steps": raw["steps"][:1], "expect": []}, PROCEDURES)
    done: set[str] = set()
    for seed in range(25):
        life = RandomLife(Mediation, Random(f"far:{seed}"), Facts(TREE, calendar()), begun=begun)
        done |= acts_done(life.live(40))
    assert {"register", "ask_consent", "report_danger", "consent_lapse", "hand_notice"} <= done


def test_every_deadline_of_the_specification_is_there():
    named = {"M1", "M2", "M3", "M3b", "M4", "M5", "M6", "M7", "M9a", "M9b", "M10", "M11", "M12", "C1", "C2", "C3"}
    assert named <= {clock.code for clock in Mediation.all_clocks()}


SIDE = ("party", "guardian", "agent")
LADDERS = {
    "M1": [("overdue", "committee_chair"), ("after 3个工作日", "justice_office")],
    "M2": [("before 1个工作日", *SIDE), ("overdue", "consent_lapse")],
    "M3": [("before 2日", "volunteer_mediator"), ("overdue", "tier1_timeout")],
    "M3b": [("overdue", "refer_lapse")],
    "M4": [("before 7日", "mediator", "committee_chair"), ("before 2日", "mediator", "committee_chair"),
           ("overdue", "month_expired")],
    "M5": [("before 1个工作日", *SIDE, "committee_chair"), ("overdue", "signature_lapse")],
    "M6": [("before 10日", *SIDE), ("before 3日", *SIDE), ("overdue", "window_closed")],
    "M7": [("before 3日", "performance_reminder"), ("after 1日", "urge"), ("after 7日", "mediator")],
    "M9a": [("before 3日", "visitor"), ("overdue", "committee_chair"), ("after 7日", "justice_office")],
    "M9b": [("overdue", "committee_chair")],
    "M10": [("overdue", "committee_chair"), ("after 3个工作日", "justice_office")],
    "M11": [("overdue", "justice_office")],
    "M12": [("overdue", "justice_office", "police_contact")],
    "C1": [], "C2": [], "C3": [],
}  # fmt: skip


@pytest.mark.parametrize("code", LADDERS)
def test_every_ladder_is_that_of_the_specification(code):
    def said(rung):
        when = "" if rung.moment.kind == "overdue" else f" {rung.moment.spans[0]}"
        does = [id_of(each) for each in (rung.act, rung.document) if each]
        return (f"{rung.moment.kind}{when}", *(id_of(role) for role in rung.tell), *does)

    (clock,) = (each for each in Mediation.all_clocks() if each.code == code)
    assert [said(rung) for rung in clock.rungs] == LADDERS[code]


def test_every_state_and_every_trigger_of_the_specification_is_there():
    assert len(Mediation.states) == 15
    wanted = """register refuse_inadmissible ask_consent consent decline consent_lapse assign disclose_conflict
    request_recusal decide_recusal hold_session report_danger stop_by_party fail_tier tier1_timeout refer_court_link
    court_result extend month_expired agree_oral draft_written sign signature_lapse file_confirmation window_closed
    court_ruled record_performance follow_up close_unperformed reopen_relapse hand_notice note_court_case urge"""
    assert [each for each in wanted.split() if each not in Mediation.acts] == []


def test_which_acts_decide_about_somebody():
    deciding = {act.id for act in Mediation.all_acts() if act.decides}
    assert deciding == {"refuse_inadmissible", "decide_recusal", "close_unperformed"}


def test_the_clock_lets_lapse_hands_up_and_urges_and_does_nothing_else():
    assert Mediation.fired == {
        "consent_lapse", "tier1_timeout", "refer_lapse", "month_expired", "signature_lapse", "window_closed", "urge",
    }  # fmt: skip


# Free will


def test_silence_is_never_consent():
    life = registered()
    life.act("2026-01-14T09:10", REGISTRAR, "ask_consent", **SCREENED)
    life.act("2026-01-14T09:20", A, "consent", consent_form="online")
    life.until("2026-02-14T09:00")
    assert life.case.state == "not_accepted"


@pytest.mark.parametrize(
    "state", ["accepted", "in_mediation", "recusal_pending", "referred_up", "at_court_link", "awaiting_signature"]
)
def test_a_party_may_stop_at_any_time_and_is_asked_nothing(state):
    (stop,) = Mediation.acts["stop_by_party"]
    assert stop.form == ()
    assert state in {id_of(each) for each in stop.arrow.sources}
    assert {id_of(who) for who in stop.hands[0]} == {"party", "guardian", "agent"}


def test_there_is_nowhere_to_write_a_fee():
    names = [*Mediation.fields, *(field.label for field in Mediation.fields.values())]
    assert [name for name in names for word in FEES if word in name] == []


@given(st.permutations(["party_1", "party_2", "party_3"]))
@settings(max_examples=6, deadline=None)
def test_the_last_yes_moves_the_case_in_whichever_order_they_come(order):
    life = registered(sides=[*SIDES, {"side": "C", "name": "王五", "phone": "13800000003"}])
    life.act("2026-01-14T09:10", REGISTRAR, "ask_consent", **SCREENED)
    states = []
    for who in order:
        life.act("2026-01-15T09:20", Actor(who, "party"), "consent", consent_form="signed")
        states.append(life.case.state)
    assert states == ["asking_consent", "asking_consent", "accepted"]
    assert life.case.data["accepted_on"] == date(2026, 1, 15)


def test_the_other_sides_code_consents_for_nobody_but_himself():
    life = registered()
    life.act("2026-01-14T09:10", REGISTRAR, "ask_consent", **SCREENED)
    life.act("2026-01-14T09:20", B, "consent", consent_form="online")
    assert refusals(life, "2026-01-14T09:30", B, "consent", consent_form="online") == {"GuardsFailed"}
    assert life.case.state == "asking_consent"


# Who mediates, and who never does


def test_a_judge_never_signs_as_a_peoples_mediator():
    signing = {
        id_of(who)
        for act in ("sign", "draft_written", "agree_oral", "hold_session")
        for who in Mediation.acts[act][0].hands[0]
    }
    assert "judge_liaison" not in signing
    life = drafted()
    assert refusals(life, "2026-01-15T10:00", JUDGE, "sign", mark_form="signature") == {"NotAllowed"}


def test_a_judge_who_has_acted_here_is_no_mediator_here_even_in_another_post():
    life = mediated()
    life.act("2026-01-14T10:00", JUDGE, "report_danger", danger="other")
    moved = Actor("judge", "mediator", "community")
    assert refusals(life, "2026-01-14T11:00", moved, "fail_tier", assessment="x", next_wanted=True) == {"Apart"}


def test_the_mediator_does_not_visit_even_in_another_post():
    life = mediated(tier=1)
    life.act("2026-01-15T09:00", VOLUNTEER, "agree_oral", content="不再练鼓。", present=BOTH)
    told = {"visit_form": "visit", "opinions": "好", "all_performed": True}
    assert refusals(life, "2026-01-16T09:00", Actor("wen", "visitor", "community"), "follow_up", **told) == {"Apart"}


def test_nobody_mediates_in_his_own_quarrel():
    sides = [{**SIDES[0], "staff": "ren"}, SIDES[1]]
    life = registered(sides=sides)
    life.act("2026-01-14T09:10", REGISTRAR, "ask_consent", **SCREENED | {"tier": 2})
    for who in (A, B):
        life.act("2026-01-14T09:20", who, "consent", consent_form="online")
    assert refusals(life, "2026-01-14T09:30", CHAIR, "assign", mediators=["ren"], chosen_by="committee") == {"OwnCase"}
    assert refusals(
        life, "2026-01-14T09:40", Actor("ren", "registrar", "community"), "report_danger", danger="other"
    ) == {"OwnCase"}


@pytest.mark.parametrize(("tier", "fits"), [(1, "wen"), (2, "ren")])
def test_each_tier_is_given_to_those_alone_whose_post_it_is(tier, fits):
    life = accepted(tier=tier)
    for chosen in (["wen"], ["ren"], ["wen", "ren"], ["chair"], ["nobody"]):
        form = {"mediators": chosen, "chosen_by": "committee"}
        if chosen != [fits]:
            assert refusals(life, "2026-01-14T09:30", CHAIR, "assign", **form) == {"E_TIER"}
    life.act("2026-01-14T09:40", CHAIR, "assign", mediators=[fits], chosen_by="committee")


def test_a_mediator_of_another_unit_is_none_here():
    life = Life(Mediation, unit="community", posts=(Actor("ren", "mediator", "street"),))
    life.case = accepted(tier=2).case
    form = {"mediators": ["ren"], "chosen_by": "committee"}
    assert refusals(life, "2026-01-14T09:30", CHAIR, "assign", **form) == {"E_TIER"}


def test_only_the_mediator_of_the_case_and_of_its_tier_leads_it():
    life = mediated(tier=1)
    session = {"place": "社区", "present": BOTH, "record": "谈话"}
    for by in (MEDIATOR, Actor("other", "volunteer_mediator", "community"), Actor("wen", "mediator", "community")):
        assert refusals(life, "2026-01-15T09:00", by, "hold_session", **session) == {"NotAllowed"}
    life.act("2026-01-15T09:00", VOLUNTEER, "hold_session", **session)


def test_no_session_is_held_while_recusal_is_undecided():
    life = mediated()
    life.act("2026-01-15T09:00", MEDIATOR, "disclose_conflict", ground="relative")
    session = {"place": "社区", "present": BOTH, "record": "谈话"}
    assert refusals(life, "2026-01-15T10:00", MEDIATOR, "hold_session", **session) == {"WrongState"}


def test_a_mediator_who_is_not_the_cases_stops_nothing_by_disclosing_a_tie():
    life = mediated()
    for other in (VOLUNTEER, Actor("other", "mediator", "community")):
        assert refusals(life, "2026-01-15T09:00", other, "disclose_conflict", ground="relative") == {"NotAllowed"}


def test_only_who_has_to_do_with_the_case_can_be_recused():
    life = mediated()
    form = {"ground": "interest", "recusal_of": "wen"}
    assert refusals(life, "2026-01-15T09:00", A, "request_recusal", **form) == {"GuardsFailed"}
    life.act("2026-01-15T09:10", A, "request_recusal", ground="interest", recusal_of="chair")


def test_where_the_mediator_is_the_chair_too_the_street_is_told_and_decides():
    chairs_too = Actor("ren", "committee_chair", "community")
    life = mediated(posts=(*STAFF, chairs_too))
    made = life.act("2026-01-15T09:00", MEDIATOR, "disclose_conflict", ground="relative")
    assert "street_mediation" in {told.role for told in made.told}
    decision = {"recusal_decision": "replace"}
    assert refusals(life, "2026-01-15T10:00", CHAIR, "decide_recusal", **decision) == {"NotAllowed"}
    life.act("2026-01-15T10:00", Actor("jie", "street_mediation", "street"), "decide_recusal", **decision)
    assert (life.case.state, life.case.data["chair_recused"]) == ("accepted", True)
    again = {"mediators": ["wen"], "chosen_by": "committee"}
    assert refusals(life, "2026-01-15T11:00", chairs_too, "assign", **again) >= {"NotAllowed"}
    above = Actor("ren", "street_mediation", "street")
    assert refusals(life, "2026-01-15T11:00", above, "assign", **again) >= {"NotAllowed"}


@given(st.sampled_from([[], ["张兰"], ["李明"], BOTH, [*BOTH, "路人"]]))
@settings(max_examples=5, deadline=None)
def test_a_mediator_who_has_a_tie_is_kept_by_all_or_not_at_all(keepers):
    life = mediated()
    life.act("2026-01-15T09:00", MEDIATOR, "disclose_conflict", ground="relative")
    decision = {"recusal_decision": "keep", "keepers": keepers}
    if {*BOTH} <= {*keepers}:
        life.act("2026-01-15T10:00", CHAIR, "decide_recusal", **decision)
        assert life.case.state == "in_mediation"
    else:
        assert refusals(life, "2026-01-15T10:00", CHAIR, "decide_recusal", **decision) == {"E_MUST_REPLACE"}


# Whom one acts for


CHILD = {"side": "B", "name": "李小明", "birth_date": "2010-01-16", "guardian_name": "李父",
         "guardian_phone": "13800000009", "guardian_birth_date": "1980-01-01"}  # fmt: skip
TWICE = [
    [{**SIDES[0]}, {**SIDES[1], "name": "张兰"}],
    [{**SIDES[0]}, {**CHILD, "guardian_name": "张兰"}],
    [{**CHILD, "side": "A", "name": "张小兰", "phone": "13800000003"}, CHILD],
    [{**SIDES[0], "staff": "wen"}, {**SIDES[1], "staff": "wen"}],
]


def amended(sides):
    return {"sides": sides, "source": "application"}


@pytest.mark.parametrize("sides", TWICE)
def test_nobody_stands_on_two_sides_or_speaks_for_them(sides):
    life = Life(Mediation, unit="community")
    form = {"sides": sides, "facts": "楼上每晚练鼓，多次劝说没有结果。", "source": "application"}
    assert refusals(life, "2026-01-14T09:00", REGISTRAR, "register", **form) == {"E_SAME_PERSON"}


@pytest.mark.parametrize("name", ["李父", "李明", "周律师"])
def test_an_agent_of_one_side_stands_in_no_way_on_the_other(name):
    life = registered(sides=[SIDES[0], SIDES[1], {**CHILD, "side": "B"}])
    life.act("2026-01-14T09:10", REGISTRAR, "appoint_agent", row_no=2, new_agent="周律师", power="委托书.pdf")
    form = {"row_no": 1, "new_agent": name, "power": "委托书.pdf"}
    assert refusals(life, "2026-01-14T09:20", REGISTRAR, "appoint_agent", **form) == {"E_SAME_PERSON"}


def test_only_a_power_of_attorney_makes_an_agent():
    sides = [SIDES[0], {**SIDES[1], "agent_name": "周律师"}]
    life = Life(Mediation, unit="community")
    form = {"sides": sides, "facts": "楼上每晚练鼓，多次劝说没有结果。", "source": "application"}
    assert refusals(life, "2026-01-14T09:00", REGISTRAR, "register", **form) == {"E_POWER"}
    life = registered()
    assert refusals(life, "2026-01-14T09:10", REGISTRAR, "amend_registration", **amended(sides)) == {"E_POWER"}
    life.act("2026-01-14T09:20", REGISTRAR, "appoint_agent", row_no=2, new_agent="周律师", power="委托书.pdf")
    life.act("2026-01-14T09:30", REGISTRAR, "amend_registration", **amended(sides))
    moved = amended([{**SIDES[0], "agent_name": "周律师"}, SIDES[1]])
    assert refusals(life, "2026-01-14T09:40", REGISTRAR, "amend_registration", **moved) == {"E_POWER"}


def test_an_adult_without_capacity_speaks_through_his_guardian():
    sides = [SIDES[0], {**SIDES[1], "incapable": True, "guardian_name": "李父", "guardian_phone": "13800000009"}]
    life = registered(sides=sides)
    assert refusals(life, "2026-01-14T09:10", REGISTRAR, "ask_consent", **SCREENED) == {"E_GUARDIAN"}
    adult = [SIDES[0], sides[1] | {"guardian_birth_date": "1960-01-01"}]
    life.act("2026-01-14T09:20", REGISTRAR, "amend_registration", **amended(adult))
    life.act("2026-01-14T09:30", REGISTRAR, "ask_consent", **SCREENED)
    assert life.decisions[-1].given == ("guardian_2",)
    assert refusals(life, "2026-01-14T09:40", B, "consent", consent_form="online") == {"E_GUARDIAN"}
    life.act("2026-01-14T09:50", Actor("guardian_2", "guardian"), "consent", consent_form="online")


def test_who_is_under_fourteen_is_on_file_with_his_guardians_consent_alone():
    young = {**CHILD, "birth_date": "2012-01-15"}
    life = registered(sides=[SIDES[0], young])
    assert refusals(life, "2026-01-14T09:10", REGISTRAR, "ask_consent", **SCREENED) == {"E_GUARDIAN"}
    allowed = amended([SIDES[0], {**young, "data_allowed": True}])
    life.act("2026-01-14T09:20", REGISTRAR, "amend_registration", **allowed)
    life.act("2026-01-14T09:30", REGISTRAR, "ask_consent", **SCREENED)


def test_a_registration_is_put_right_without_giving_it_to_somebody_else():
    life = registered()
    turned = {"sides": [SIDES[1], SIDES[0]], "source": "application"}
    assert refusals(life, "2026-01-14T09:10", REGISTRAR, "amend_registration", **turned) == {"GuardsFailed"}
    more = [*SIDES, {"side": "C", "name": "王五", "phone": "13800000003"}]
    life.act("2026-01-14T09:20", REGISTRAR, "amend_registration", sides=more, source="own_initiative")
    assert life.case.data["party_names"] == ("张兰", "李明", "王五")
    life.act("2026-01-14T09:30", REGISTRAR, "ask_consent", **SCREENED)
    assert refusals(life, "2026-01-14T09:40", REGISTRAR, "amend_registration", **amended(SIDES)) == {"WrongState"}


@pytest.mark.parametrize(("count", "chosen", "refused"), [(5, 0, False), (6, 0, True), (6, 5, False), (6, 6, True)])
def test_more_than_five_choose_representatives_and_no_more_than_five(count, chosen, refused):
    many = [
        {"side": "A", "name": f"住户{n}", "phone": f"1380000001{n}", "represents": n < chosen} for n in range(count)
    ]
    life = registered(sides=[*many, SIDES[1]])
    asked = {**SCREENED, "tier": 3}
    if refused:
        assert refusals(life, "2026-01-14T09:10", REGISTRAR, "ask_consent", **asked) == {"E_REPS_MAX5"}
    else:
        life.act("2026-01-14T09:10", REGISTRAR, "ask_consent", **asked)


ORGANS = {"referral_police": "police", "referral_court": "court", "referral_other": "other_organ"}


@pytest.mark.parametrize("source", ["application", "grid_event", *ORGANS])
@pytest.mark.parametrize("elsewhere", ["", *ORGANS.values()])
@pytest.mark.parametrize("letter", [False, True])
def test_what_another_organ_has_taken_up_is_mediated_at_its_own_written_request_alone(source, elsewhere, letter):
    life = Life(Mediation, unit="community")
    form = {"sides": SIDES, "facts": "楼上每晚练鼓，多次劝说没有结果。", "source": source}
    life.act("2026-01-14T09:00", REGISTRAR, "register", **form)
    asked = (
        SCREENED | ({"handled_elsewhere": elsewhere} if elsewhere else {}) | ({"referral": "函.pdf"} if letter else {})
    )
    if elsewhere in ("", ORGANS.get(source)) and (letter or source not in ORGANS):
        life.act("2026-01-14T09:10", REGISTRAR, "ask_consent", **asked)
    else:
        assert refusals(life, "2026-01-14T09:10", REGISTRAR, "ask_consent", **asked) == {"E_ELSEWHERE"}


# Tiers


@given(
    amount=st.sampled_from([0, 1, 199_999, 200_000, 4_999_999, 5_000_000, 9_000_000]),
    injury=st.booleans(), ownership=st.booleans(), company=st.booleans(),
    kind=st.sampled_from(["noise", "inheritance", "leak"]),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_the_least_tier_is_what_the_rule_says(amount, injury, ownership, company, kind):
    sides = [SIDES[0], {**SIDES[1], "body": "property_company"} if company else SIDES[1]]
    wanted = 1
    if amount >= 200_000 or injury or company:
        wanted = 2
    if amount >= 5_000_000 or ownership or kind == "inheritance":
        wanted = 3
    told = {**SCREENED, "kind": kind, "claimed_amount": amount, "injury": injury, "ownership": ownership}
    for tier in (1, 2, 3):
        life = registered(sides=sides)
        if tier < wanted:
            assert refusals(life, "2026-01-14T09:10", REGISTRAR, "ask_consent", **{**told, "tier": tier}) == {"E_TIER"}
        else:
            life.act("2026-01-14T09:10", REGISTRAR, "ask_consent", **{**told, "tier": tier})
            assert life.case.data["tier"] == tier


@pytest.mark.parametrize(("on", "again"), [("2026-04-14", True), ("2026-04-15", False)])
def test_who_was_here_in_the_last_ninety_days_begins_at_the_second_tier(on, again):
    life = Life(Mediation, unit="community")
    life.facts = replace(life.facts, outside=World({"old": registered("2026-01-14").case}))
    form = {"sides": SIDES, "facts": "楼上每晚练鼓，多次劝说没有结果。", "source": "application"}
    life.act(f"{on}T09:00", REGISTRAR, "register", **form)
    if again:
        assert refusals(life, f"{on}T09:10", REGISTRAR, "ask_consent", **SCREENED) == {"E_TIER"}
    else:
        life.act(f"{on}T09:10", REGISTRAR, "ask_consent", **SCREENED)


def test_the_amounts_of_the_tiers_are_the_offices_own():
    life = registered(tier2_amount=100_000)
    assert refusals(life, "2026-01-14T09:10", REGISTRAR, "ask_consent", **SCREENED, claimed_amount=100_000) == {
        "E_TIER"
    }


def test_a_tier_is_never_taken_without_a_new_yes():
    up = [each for act in ("assign", "refer_court_link") for each in Mediation.acts[act]]
    assert {"willing", "signers"} <= {line.field.id for act in up for line in act.form}
    life = mediated(tier=1)
    life.until("2026-01-22T09:00")
    assert life.case.state == "referred_up"
    again = {"mediators": ["ren"], "chosen_by": "committee"}
    assert refusals(life, "2026-01-22T10:00", CHAIR, "assign", **again, willing=["张兰"]) == {"E_CONSENT"}
    life.act("2026-01-22T10:10", CHAIR, "assign", **again, willing=BOTH)
    assert life.case.state == "in_mediation"


# The month


@given(st.dates(date(2025, 1, 1), date(2026, 11, 20)), st.sampled_from(["month", "days30"]))
@settings(max_examples=40, deadline=None)
def test_the_month_is_a_month_or_thirty_days_and_rolls(on, mode):
    life = accepted(on.isoformat(), settings={"limit_mode": mode})
    span = months(1) if mode == "month" else days(30)
    assert life.clock("M4").due_on == calendar().forward(calendar().add(on, span)).on


@given(st.integers(1, 40), st.integers(0, 25))
@settings(max_examples=30, deadline=None)
def test_the_month_is_extended_once_by_all_and_by_thirty_days_at_most(length, after):
    life = mediated("2026-03-02")
    before = life.clock("M4").due_on
    at = (date(2026, 3, 2) + timedelta(days=after)).isoformat()
    asked = {"days": length, "signers": BOTH}
    if length > 30:
        assert refusals(life, f"{at}T10:00", REGISTRAR, "extend", **asked) == {"E_EXT_MAX"}
        return
    life.act(f"{at}T10:00", REGISTRAR, "extend", **asked)
    assert life.clock("M4").due_on == calendar().forward(calendar().add(before, days(length))).on
    assert refusals(life, f"{at}T11:00", REGISTRAR, "extend", days=1, signers=BOTH) >= {"E_EXT_ONCE"}


def test_where_the_office_allows_two_extensions_they_are_thirty_days_together_at_most():
    life = mediated("2026-03-02", settings={"extension_times": 2})
    life.act("2026-03-03T10:00", REGISTRAR, "extend", days=20, signers=BOTH)
    assert life.clock("M4").due_on == date(2026, 4, 22)
    assert refusals(life, "2026-03-04T10:00", REGISTRAR, "extend", days=11, signers=BOTH) == {"E_EXT_MAX"}
    life.act("2026-03-04T10:10", REGISTRAR, "extend", days=10, signers=BOTH)
    assert life.clock("M4").due_on == date(2026, 5, 6)  # 2 May is in the holiday
    assert refusals(life, "2026-03-05T10:00", REGISTRAR, "extend", days=1, signers=BOTH) >= {"E_EXT_ONCE"}


def test_recusal_stops_the_volunteers_week_and_never_the_month():
    life = mediated("2026-03-02", tier=1)
    life.act("2026-03-03T09:00", VOLUNTEER, "disclose_conflict", ground="other_tie")
    assert (life.clock("M3").status, life.clock("M4").status) == ("paused", "running")


# Signatures


MARKS = ("party_1", "party_2", "mediator", "committee")


@given(st.permutations(MARKS), st.lists(st.integers(0, 3), min_size=4, max_size=4))
@settings(max_examples=40, deadline=None)
def test_an_agreement_is_effective_with_the_latest_mark_in_whichever_order_they_come(order, offsets):
    life = drafted()
    hands = {"party_1": A, "party_2": B, "mediator": MEDIATOR, "committee": CHAIR}
    dates = {name: date(2026, 1, 15) + timedelta(days=offset) for name, offset in zip(order, offsets, strict=True)}
    for name in order:
        assert life.case.state == "awaiting_signature"
        form = {"marked_on": dates[name].isoformat(), "mark_form": mark_of(hands[name])}
        life.act("2026-01-19T09:00", hands[name], "sign", **form)
    assert life.case.state == "effective"
    assert life.case.data["effective_on"] == max(dates.values())
    due = calendar().forward(calendar().add(max(dates.values()), days(30))).on
    assert life.clock("M6").due_on == due


@pytest.mark.parametrize(("by", "wrong"), [(CHAIR, "signature"), (CHAIR, "fingerprint"), (MEDIATOR, "seal")])
def test_the_committee_seals_and_the_mediator_signs(by, wrong):
    life = drafted()
    assert refusals(life, "2026-01-15T10:00", by, "sign", mark_form=wrong) == {"E_MARK"}
    assert not life.case.data["marks"]
    life.act("2026-01-15T10:10", by, "sign", mark_form=mark_of(by))


def test_a_code_names_the_clock_whose_terms_run_side_by_side_with_or_without_its_number():
    assert Mediation.clock_coded("M7-2") is Mediation.clock_coded("M7")
    assert (Mediation.clock_coded("M7").code, Mediation.clock_coded("X1")) == ("M7", None)


@pytest.mark.parametrize("missing", MARKS)
def test_without_one_mark_there_is_no_agreement(missing):
    hands = {"party_1": A, "party_2": B, "mediator": MEDIATOR, "committee": CHAIR}
    life = drafted()
    for name, by in hands.items():
        if name != missing:
            life.act("2026-01-15T10:00", by, "sign", mark_form=mark_of(by))
    assert (life.case.state, len(life.case.data["still_missing"])) == ("awaiting_signature", 1)
    assert not life.case.data["effective_on"]


def test_every_order_of_guardian_and_child_needs_the_guardian():
    sides = [SIDES[0], {**SIDES[1], "birth_date": "2010-01-16", "guardian_name": "李父",
             "guardian_phone": "13800000009", "guardian_birth_date": "1980-01-01"}]  # fmt: skip
    hands = {
        "party_1": A,
        "party_2": B,
        "guardian_2": Actor("guardian_2", "guardian"),
        "mediator": MEDIATOR,
        "committee": CHAIR,
    }
    for order in list(permutations(hands))[::11]:
        life = registered(sides=sides)
        life.act("2026-01-14T09:10", REGISTRAR, "ask_consent", **SCREENED | {"tier": 2})
        life.act("2026-01-14T09:20", A, "consent", consent_form="online")
        life.act("2026-01-14T09:20", hands["guardian_2"], "consent", consent_form="online")
        life.act("2026-01-14T09:30", CHAIR, "assign", mediators=["ren"], chosen_by="committee")
        life.act("2026-01-14T09:40", MEDIATOR, "draft_written", content="赔偿了结。", terms=[TERM])
        for name in order:
            if life.case.state == "awaiting_signature":
                life.act("2026-01-15T10:00", hands[name], "sign", mark_form=mark_of(hands[name]))
        marked = {f"{each.whose}_{each.row}": each.name for each in life.case.data["marks"]}
        assert marked["guardian_2"] == "李父"
        assert marked.get("party_2", "李明") == "李明"
        assert life.case.state == "effective"
        assert "李父（代李明）　签名" in life.decisions[-1].documents[0].text


def test_the_paper_names_the_agent_who_signed():
    life = drafted()
    life.act("2026-01-15T09:10", REGISTRAR, "appoint_agent", row_no=2, new_agent="周律师", power="委托书.pdf")
    for by in (A, Actor("agent_2", "agent"), MEDIATOR, CHAIR):
        life.act("2026-01-15T10:00", by, "sign", mark_form=mark_of(by))
    life.act("2026-01-15T11:00", REGISTRAR, "appoint_agent", row_no=2, new_agent="吴律师", power="委托书.pdf")
    text = life.decisions[-2].documents[0].text
    assert "张兰　签名" in text
    assert "周律师（代李明）　签名" in text
    assert [each.name for each in life.case.data["marks"]] == ["张兰", "周律师", "调解员", "调解委员会"]


def test_who_is_handed_a_paper_about_it_is_not_told_once_more():
    for act in Mediation.all_acts():
        papers = {id_of(who) for paper in several(act.issues) for who in paper.readers if not paper.only}
        assert not papers & {id_of(who) for who in several(act.tells)}, act.id


# What goes on paper


@pytest.mark.parametrize("why", ["paper_asked", "not_at_once", "grave"])
def test_what_the_rule_wants_on_paper_is_not_agreed_by_word_of_mouth(why):
    life = mediated(tier=1)
    form = {"content": "不再练鼓。", "present": BOTH}
    assert refusals(life, "2026-01-15T09:00", VOLUNTEER, "agree_oral", **form, **{why: True}) == {"E_PAPER"}
    life.act("2026-01-15T09:10", VOLUNTEER, "agree_oral", **form)


def test_the_refusal_is_sent_to_the_applicant_alone_and_names_the_organ():
    life = registered()
    refused = {"reason": "elsewhere", "explanation": "派出所已经受理。", "right_organ": "柳岸派出所"}
    made = life.act("2026-01-14T09:20", CHAIR, "refuse_inadmissible", **refused)
    (paper,) = made.documents
    assert {"party_1", "guardian_1", "agent_1"} == {*paper.only}
    assert "柳岸派出所" in paper.text
    assert "张兰：" in paper.text
    assert "李明" not in paper.text


# Consent, sessions and those who lead them


def test_a_consent_recorded_for_somebody_needs_his_identity_checked():
    life = registered()
    life.act("2026-01-14T09:10", REGISTRAR, "ask_consent", **SCREENED)
    form = {"consent_form": "recorded_oral"}
    assert refusals(life, "2026-01-14T09:20", A, "consent", via=REGISTRAR, **form) == {"E_IDENTITY"}
    life.act("2026-01-14T09:30", A, "consent", via=REGISTRAR, **form, identity_checked=True)
    life.act("2026-01-14T09:40", B, "consent", consent_form="online")
    assert life.case.state == "accepted"


def test_each_tier_fails_with_a_session_of_its_own():
    session = {"place": "社区", "present": BOTH, "record": "谈话", "invited": ["王老师"], "invited_agreed": True}
    life = mediated(tier=1)
    life.act("2026-01-15T09:00", VOLUNTEER, "hold_session", **session)
    (held,) = life.case.data["session_records"]
    assert (held.tier, held.invited) == (1, ("王老师",))
    life.act("2026-01-15T10:00", VOLUNTEER, "fail_tier", assessment="谈不拢", next_wanted=True)
    life.act("2026-01-16T09:00", CHAIR, "assign", mediators=["ren"], chosen_by="committee", willing=BOTH)
    failed = {"assessment": "谈不拢", "next_wanted": False}
    assert refusals(life, "2026-01-16T10:00", MEDIATOR, "fail_tier", **failed) == {"GuardsFailed"}
    life.act("2026-01-16T11:00", MEDIATOR, "hold_session", **session)
    life.act("2026-01-16T12:00", MEDIATOR, "fail_tier", **failed)


def test_whoever_ever_mediated_here_does_not_visit():
    life = mediated(tier=1)
    life.until("2026-01-22T09:00")
    life.act("2026-01-22T10:00", CHAIR, "assign", mediators=["ren"], chosen_by="committee", willing=BOTH)
    life.act("2026-01-22T11:00", MEDIATOR, "agree_oral", content="不再练鼓。", present=BOTH)
    told = {"visit_form": "visit", "opinions": "好", "all_performed": True}
    assert refusals(life, "2026-01-23T09:00", Actor("wen", "visitor", "community"), "follow_up", **told) == {"Apart"}


def test_a_mediator_who_is_not_the_cases_extends_records_and_urges_nothing():
    other = Actor("other", "mediator", "community")
    life = mediated()
    assert refusals(life, "2026-01-15T09:00", other, "extend", days=5, signers=BOTH) == {"NotAllowed"}
    life = in_force()
    assert refusals(life, "2026-03-03T10:00", other, "record_performance", term_no=1) == {"NotAllowed"}
    assert refusals(life, "2026-03-03T10:00", other, "urge") == {"NotAllowed"}
    life.act("2026-03-03T10:10", MEDIATOR, "urge")
    life.act("2026-03-03T10:20", MEDIATOR, "record_performance", term_no=1)


def in_force() -> Life:
    life = drafted()
    for by in (A, B, MEDIATOR, CHAIR):
        life.act("2026-01-18T10:00", by, "sign", mark_form=mark_of(by))
    return life


# Confirmation and performance


def test_the_side_that_owes_is_reminded_and_nobody_else():
    life = in_force()
    reminded = [each for each in life.until("2026-03-02T09:30") if each.documents]
    assert [(each.rung or each.trigger, each.documents[0].only) for each in reminded] == [
        ("warn:M7-1", ("party_2", "guardian_2", "agent_2")),
        ("urge:M7-1", ("party_2", "guardian_2", "agent_2")),
    ]
    assert "乙方：赔偿，800.00元，期限2026年3月1日" in reminded[0].documents[0].text


def test_after_a_visit_that_closes_nothing_it_is_asked_again():
    life = mediated(tier=1)
    life.act("2026-01-15T09:00", VOLUNTEER, "agree_oral", content="不再练鼓。", present=BOTH)
    visitor = Actor("hui", "visitor", "community")
    told = {"visit_form": "visit", "opinions": "还在练", "all_performed": False}
    for on, again in (("2026-01-20", "2026-02-19"), ("2026-02-19", "2026-03-21")):
        life.act(f"{on}T09:00", visitor, "follow_up", **told)
        assert life.clock("MV").due_on == date.fromisoformat(again)
    life.act("2026-03-21T09:00", visitor, "follow_up", **told | {"all_performed": True})
    assert not life.clock("MV")


def test_a_relapse_is_of_a_case_between_the_same_sides():
    life = mediated(tier=1)
    life.act("2026-01-15T09:00", VOLUNTEER, "agree_oral", content="不再练鼓。", present=BOTH)
    told = {"visit_form": "visit", "opinions": "好", "all_performed": True}
    life.act("2026-01-20T09:00", Actor("hui", "visitor", "community"), "follow_up", **told)
    form = {"facts": "楼上又开始每晚练鼓，没有结果。", "source": "application", "relapse_of": "old"}
    again, others = Life(Mediation, unit="community"), Life(Mediation, unit="community")
    for each in (again, others):
        each.linked(old=life.case)
    again.act("2026-02-20T09:00", REGISTRAR, "register", sides=SIDES, **form)
    strangers = [SIDES[0], {**SIDES[1], "name": "王五"}]
    assert refusals(others, "2026-02-20T09:00", REGISTRAR, "register", sides=strangers, **form) == {"GuardsFailed"}


def test_a_window_is_the_persons_and_no_office_may_shorten_it():
    windows = {each.code for each in Mediation.all_clocks() if isinstance(each, Window)}
    assert windows == {"M2", "M3b", "M5", "M6"}
    assert {each.code for each in Mediation.all_clocks() if isinstance(each, Deadline) and each.rolls} == {
        "M3", "M4", "M9a", "M9b",
    }  # fmt: skip


def test_the_courts_times_are_information_and_never_ours_to_be_overdue():
    court = [each for each in Mediation.all_clocks() if each.code.startswith("C")]
    assert all(isinstance(each, Reminder) and not each.rungs for each in court)


def confirmed(life: Life, on: str, ruling: str, **form) -> Life:
    """All marks, the filing and the ruling on one day."""
    for by in (A, B, MEDIATOR, CHAIR):
        life.act(f"{on}T10:00", by, "sign", mark_form=mark_of(by))
    life.act(f"{on}T11:00", REGISTRAR, "file_confirmation", court="青桥区人民法院", signers=BOTH)
    assert (bool(life.clock("C1")), life.clock("C2"), life.clock("C3")) == (True, None, None)
    life.act(f"{on}T12:00", REGISTRAR, "note_court_case", court_case_no="（2026）司确1号")
    life.act(f"{on}T13:00", REGISTRAR, "court_ruled", ruling=ruling, ruling_no="1号", **form)
    return life


def renegotiated() -> Life:
    life = confirmed(drafted(), "2026-01-15", "refused_renegotiate", willing=BOTH)
    life.act("2026-01-16T09:00", CHAIR, "assign", mediators=["ren"], chosen_by="committee")
    life.act("2026-01-16T10:00", MEDIATOR, "draft_written", content="分期赔偿。", terms=[TERM])
    return life


def test_what_the_court_has_not_upheld_is_named_by_its_day_and_forgotten():
    life = confirmed(drafted(), "2026-01-15", "refused_renegotiate", willing=BOTH)
    (hint,) = life.decisions[-1].documents
    assert "（2026年1月15日生效）" in hint.text
    assert "驳回司法确认申请（裁定书号：1号）" in hint.text
    gone = ("effective_on", "terms", "content", "court_case_on", "court_case_no", "urgings", "last_term_on")
    assert not any(life.case.data[name] for name in gone)


def test_a_second_agreement_is_filed_anew_and_after_a_ruling_never_again():
    life = confirmed(renegotiated(), "2026-01-19", "valid")
    again = {"court": "青桥区人民法院", "signers": BOTH}
    assert refusals(life, "2026-01-20T09:00", REGISTRAR, "file_confirmation", **again) == {"WrongState"}


def test_a_second_agreement_that_no_court_saw_is_not_called_refused():
    life = renegotiated()
    for by in (A, B, MEDIATOR, CHAIR):
        life.act("2026-01-16T10:30", by, "sign", mark_form=mark_of(by))
    life.until("2026-03-17T09:00")
    life.act("2026-03-17T10:00", CHAIR, "close_unperformed")
    (hint,) = life.decisions[-1].documents
    assert "没有经司法确认" in hint.text


def test_filing_after_the_window_is_refused_with_its_last_day():
    life = drafted()
    for by in (A, B, MEDIATOR, CHAIR):
        life.act("2026-01-18T10:00", by, "sign", mark_form=mark_of(by))
    life.until("2026-02-25T09:00")
    form = {"court": "青桥区人民法院", "signers": BOTH}
    with pytest.raises(Refused) as refused:
        life.act("2026-02-25T10:00", REGISTRAR, "file_confirmation", **form)
    assert [(each.code, each.message) for each in refused.value.refusals] == [
        ("TooLate", "申请司法确认期限已于2026-02-24届满。")
    ]


@pytest.mark.parametrize(("day_", "closes"), [("2026-03-16", False), ("2026-03-17", True)])
def test_what_is_unperformed_is_closed_from_the_sixteenth_day(day_, closes):
    life = drafted()
    for by in (A, B, MEDIATOR, CHAIR):
        life.act("2026-01-18T10:00", by, "sign", mark_form=mark_of(by))
    life.until(f"{day_}T09:30")
    if closes:
        life.act(f"{day_}T10:00", CHAIR, "close_unperformed")
    else:
        assert refusals(life, f"{day_}T10:00", CHAIR, "close_unperformed") == {"GuardsFailed"}


@given(st.lists(st.one_of(st.none(), st.integers(1, 60)), min_size=1, max_size=6), st.data())
@settings(max_examples=25, deadline=None)
def test_every_term_with_a_day_has_its_own_deadline_until_it_is_performed(offsets, data):
    life = mediated()
    first = date(2026, 1, 15)
    due = {n: first + timedelta(days=offset) for n, offset in enumerate(offsets, 1) if offset}
    terms = [
        {"who": "B", "what": f"第{n}项", **({"due_on": due[n].isoformat()} if n in due else {})}
        for n in range(1, len(offsets) + 1)
    ]
    life.act("2026-01-15T09:00", MEDIATOR, "draft_written", content="赔偿了结。", terms=terms)
    for by in (A, B, MEDIATOR, CHAIR):
        life.act("2026-01-15T10:00", by, "sign", mark_form=mark_of(by))
    owed = dict(due)
    for number in data.draw(st.permutations(range(1, len(offsets) + 1))):
        assert {row.code: row.due_on for row in life.case.clocks if row.id == "performing_term" and row.is_live} == {
            f"M7-{n}": on for n, on in owed.items()
        }
        life.act("2026-01-15T11:00", B, "record_performance", term_no=number)
        owed.pop(number, None)
    assert (life.clock("M9b") is not None) == bool(due)


# Danger


def test_a_second_report_of_danger_does_not_put_off_the_first():
    life = mediated()
    life.act("2026-01-14T10:00", MEDIATOR, "report_danger", danger="arms")
    life.act("2026-01-14T11:50", MEDIATOR, "report_danger", danger="violence")
    assert life.clock("M12").due_at == moment("2026-01-14T12:00")
    life.act("2026-01-14T11:55", MEDIATOR, "note_danger_told", danger_told="柳岸派出所")
    assert not life.clock("M12")
    life.act("2026-01-15T10:00", MEDIATOR, "report_danger", danger="arms")
    assert life.clock("M12").due_at == moment("2026-01-15T12:00")


def test_who_was_told_of_the_danger_is_recorded_after_the_refusal_too():
    life = registered()
    life.act("2026-01-14T09:10", REGISTRAR, "report_danger", danger="violence")
    refused = {"reason": "violence", "explanation": "家庭暴力。", "right_organ": "柳岸派出所"}
    life.act("2026-01-14T09:20", CHAIR, "refuse_inadmissible", **refused)
    assert life.clock("M12").due_at == moment("2026-01-14T11:10")
    life.act("2026-01-14T09:30", REGISTRAR, "note_danger_told", danger_told="柳岸派出所")
    assert not life.clock("M12")


# What is secret, what is watched


def test_a_session_record_is_secret_and_opened_with_a_reason_alone():
    assert Mediation.fields["session_records"].privacy == Mediation.fields["record"].privacy == "secret"
    (look,) = Mediation.acts["inspect_record"]
    assert Mediation.fields["session_records"] in look.reveals
    assert [(line.field.id, line.field.required) for line in look.form] == [("access_reason", True)]


def test_the_content_of_a_quarrel_is_shown_to_no_supervisor_and_no_policeman_unasked():
    content = {"facts", "content", "terms", "assessment", "opinions", "what_happened"}
    for role in ("justice_office", "police_contact"):
        assert not [name for name in content if Mediation.fields[name].is_shown_to(role)]
    for role in ("party", "guardian", "agent", "mediator", "committee_chair", "visitor", "registrar"):
        assert all(Mediation.fields[name].is_shown_to(role) for name in content)
    (look,) = Mediation.acts["inspect_record"]
    assert {field.id for field in look.reveals} == content - {"what_happened"} | {"session_records"}


def test_who_and_where_a_person_is_are_personal_and_a_childs_birthday_is_sensitive():
    columns = {part.id: part.privacy for part in Mediation.fields["sides"].parts}
    assert Mediation.fields["sides"].privacy == "sensitive"
    assert {columns[name] for name in ("name", "phone", "address", "guardian_name")} == {"personal"}
    assert {columns[name] for name in ("birth_date", "guardian_birth_date")} == {"sensitive"}


def test_no_measure_counts_a_lawsuit_a_withdrawal_or_a_refusal():
    rights = {
        "stop_by_party",
        "decline",
        "file_confirmation",
        "request_recusal",
        "refer_lapse",
        "month_expired",
        "consent_lapse",
    }
    for measure in Mediation.measures.values():
        words = measure.named
        assert not {id_of(word) for word in words if isinstance(word, Act | Clock)} & rights
        assert not [word for word in ("诉", "终止", "拒绝", "退出") if word in measure.label]


def test_the_justice_office_sees_terms_and_does_not_mediate():
    mine = {
        act.id for act in Mediation.all_acts() for hand in act.hands for who in hand if id_of(who) == "justice_office"
    }
    assert mine == {"inspect_record", "name_decider"}


def test_what_is_offered_to_a_party_is_his_alone():
    life = registered()
    life.act("2026-01-14T09:10", REGISTRAR, "ask_consent", **SCREENED)
    at = moment("2026-01-14T10:00")
    mine = {each.act.id for each in available(Mediation, life.case, by=B, now=at, facts=life.facts) if each.mine}
    assert mine == {"consent", "decline"}
    stranger = Actor("party_3", "party")
    assert not [each for each in available(Mediation, life.case, by=stranger, now=at, facts=life.facts) if each.mine]


@pytest.mark.parametrize(
    ("story", "last", "state", "papers"),
    [
        ("tier_three_goes_to_the_court_link", {"outcome": "no_settlement"}, "terminated", ["终止调解通知书"]),
        (
            "edge_21_renegotiated_after_the_court",
            {"ruling": "refused", "willing": []},
            "closed_unperformed",
            ["履行及救济途径提示"],
        ),
    ],
)
def test_what_the_court_did_not_bring_about_ends_here_with_a_paper(story, last, state, papers):
    raw = yaml.safe_load((Path(__file__).parent / f"{story}.yaml").read_text(encoding="utf-8"))
    steps = raw["steps"][:9] if story.startswith("tier") else raw["steps"][:12]
    steps[-1]["with"] |= last
    *_, end = on_paper(raw | {"steps": steps, "expect": []}, PROCEDURES)["steps"]
    assert (end["state"], end["documents"]) == (state, papers), end
