"""What the law answers: who may, when, with what; every reason at once, in the order in which it may be told."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workflow.garden import Garden
from tests.workflow.life import AUDITOR, DIRECTOR, SECRETARY, WARDEN, ZHANG, Life, granted, moment
from workflow import record
from workflow.decide import available
from workflow.parts import Act, Backdating, Procedure, Role, State, new, ours
from workflow.refusals import Refused
from workflow.snapshot import Actor
from workflow.terms import working_days


def codes(refused):
    return [refusal.code for refusal in refused.value.refusals]


def test_an_act_of_another_state_is_refused_alone_and_says_what_is_possible():
    life = Life()
    life.act("2025-03-03T09:00", ZHANG, "apply", applicant="zhang")
    with pytest.raises(Refused) as refused:
        life.act("2025-03-03T10:00", WARDEN, "dig", round_no="x")
    assert codes(refused) == ["WrongState"]
    assert "可办理：来电、回电、公示、换地" in str(refused.value)


def test_who_may_not_act_learns_no_conditions():
    life = granted()
    with pytest.raises(Refused) as refused:
        life.act("2025-03-19T09:00", ZHANG, "prolong", extra_months=99)
    assert codes(refused) == ["NotAllowed"]
    assert "须由园长办理" in str(refused.value)


def test_who_may_enter_it_for_a_resident_is_told_too():
    with pytest.raises(Refused) as refused:
        Life().act("2025-03-03T09:00", DIRECTOR, "apply", applicant="zhang")
    assert "须由种植人本人办理，或者由园长代为登记" in str(refused.value)


def test_a_post_at_another_unit_does_not_count():
    life = Life()
    life.act("2025-03-03T09:00", ZHANG, "apply", applicant="zhang")
    with pytest.raises(Refused) as refused:
        life.act("2025-03-03T10:00", Actor("wang", "warden", "district"), "post")
    assert codes(refused) == ["NotAllowed"]


def test_nobody_acts_in_his_own_case():
    life = Life()
    life.act("2025-03-03T09:00", Actor("wang", "gardener"), "apply", applicant="wang")
    with pytest.raises(Refused) as refused:
        life.act("2025-03-03T10:00", WARDEN, "post")
    assert codes(refused) == ["OwnCase"]


def test_conditions_and_data_are_all_told_together():
    life = Life()
    with pytest.raises(Refused) as refused:
        life.act("2026-06-01T09:00", ZHANG, "apply", applicant="zhang", neighbours=["zhang"], colour="red")
    assert set(codes(refused)) == {"InvalidData", "GuardsFailed"}
    assert len(refused.value.refusals) == 3
    assert {refusal.field for refusal in refused.value.refusals} == {"colour", ""}


def test_the_text_in_force_on_the_day_of_the_act_applies():
    before, after = Life(), Life()
    before.act("2026-05-17T09:00", ZHANG, "apply", applicant="zhang")
    with pytest.raises(Refused, match="2026年办法"):
        after.act("2026-05-18T09:00", ZHANG, "apply", applicant="zhang")
    with pytest.raises(Refused) as refused:
        Life().act("2023-05-18T09:00", ZHANG, "apply", applicant="zhang")
    assert codes(refused) == ["WrongState"]


def test_the_clerk_records_for_an_outsider_and_both_are_remembered():
    life = Life()
    made = life.act("2025-03-03T09:00", ZHANG, "apply", via=WARDEN, applicant="zhang")
    assert (made.by, made.recorded_by) == (ZHANG, WARDEN)
    assert life.case.hands == {"gardener": {"zhang"}, "warden": {"wang"}}


def test_two_hands_are_two_persons_and_nothing_moves_before_the_second():
    life = granted()
    first, second = life.decisions[-2:]
    assert (first.outcome, first.after.state) == ("signed", "posted")
    assert (second.outcome, second.after.state) == ("done", "tended")
    assert second.after.signing == {}
    assert second.after.done["grant"].persons == {"shu", "ren"}


def test_the_second_hand_is_asked_only_its_own_lines():
    life = granted()
    life.case = life.decisions[-2].after
    with pytest.raises(Refused) as refused:
        life.act("2025-03-18T10:00", DIRECTOR, "grant", verdict="yes", tended_from="2025-03-20")
    assert [refusal.field for refusal in refused.value.refusals] == ["tended_from"]


def test_an_act_is_dated_neither_in_the_future_nor_before_the_last():
    life = granted()
    for day, code in ((date(2025, 3, 25), "E_FUTURE_DATE"), (date(2025, 3, 17), "E_DATE_ORDER")):
        with pytest.raises(Refused) as refused:
            life.act("2025-03-24T09:00", WARDEN, "suspend", on=day)
        assert code in codes(refused)


def test_dated_further_back_than_a_working_day_an_act_needs_one_hand_more():
    life = granted()
    assert life.act("2025-03-25T09:00", WARDEN, "suspend", on=date(2025, 3, 20)).outcome == "signed"
    with pytest.raises(Refused) as refused:
        life.act("2025-03-25T10:00", SECRETARY, "suspend")
    assert codes(refused) == ["NotAllowed"]
    done = life.act("2025-03-25T10:00", AUDITOR, "suspend")
    assert (done.outcome, done.on, life.case.state) == ("done", date(2025, 3, 20), "suspended")


def test_a_timely_act_entered_late_takes_the_place_of_what_the_clock_did():
    life = granted()
    life.until("2026-03-23T09:00")
    assert life.case.state == "returned"
    made = life.act("2026-03-23T09:00", WARDEN, "prolong", on=date(2026, 3, 20), extra_months=1)
    assert made.supersedes
    assert life.case.state == "tended"
    assert life.clock("CY-LEASE").due_on == date(2026, 4, 20)
    assert life.clock("CY-BACK") is None
    assert life.case.seq == made.before.seq + 1


def test_a_late_act_is_asked_against_the_case_as_it_stands():
    life = granted()
    life.until("2026-03-23T09:00")
    with pytest.raises(Refused) as refused:
        life.act("2026-03-23T09:00", WARDEN, "prolong", on=date(2026, 3, 23), extra_months=1)
    assert codes(refused) == ["WrongState"]


def test_what_a_posting_opens_waits_while_it_stands_still():
    life = Life()
    life.act("2025-03-03T09:00", ZHANG, "apply", applicant="zhang")
    life.act("2025-03-04T09:00", WARDEN, "post")
    life.act("2025-03-05T09:00", ZHANG, "complain", complaint="挡住通道")
    with pytest.raises(Refused, match="公示期中止计算期间，不能办理"):
        life.act("2025-03-18T09:00", SECRETARY, "grant", tended_from="2025-03-20")


def test_a_duty_of_another_period_is_not_met():
    with pytest.raises(Refused, match="第9次松土不在应办之列"):
        granted().act("2025-06-18T09:00", ZHANG, "dig", round_no=9)


def test_a_rung_is_climbed_once_for_each_due_date():
    life = granted()
    first = life.until("2026-02-20T09:00")
    assert [each.rung for each in first if "LEASE" in each.rung] == ["warn:CY-LEASE"]
    life.act("2026-02-23T09:00", WARDEN, "prolong", extra_months=2)
    again = life.until("2026-04-30T09:00")
    assert [each.rung for each in again if "LEASE" in each.rung] == ["warn:CY-LEASE"]


def test_what_is_open_and_why_not_the_rest_is_asked_with_a_blank_form():
    life = granted()
    offers = {
        offer.act.id: offer
        for offer in available(Garden, life.case, by=ZHANG, now=moment("2025-03-21T09:00"), facts=life.facts)
    }
    assert offers["dig"].open
    assert not offers["celebrate"].open
    assert offers["celebrate"].from_day == date(2025, 5, 20)
    assert [refusal.code for refusal in offers["celebrate"].refusals] == ["TooEarly"]
    assert not offers["suspend"].mine
    assert "expire" not in offers
    assert "come_back" not in offers


def test_what_is_dumped_and_loaded_is_equal():
    life = granted()
    life.act("2025-03-19T09:00", WARDEN, "suspend")
    life.act("2025-04-19T09:00", WARDEN, "resume")
    life.until("2026-06-01T09:00")
    half = granted().decisions[-2].after
    for case in (life.case, half):
        assert case.earlier or case.signing
        assert record.load(Garden, record.dump(Garden, case)) == case


def test_a_clock_counted_in_hours_ends_at_its_minute():
    life = Life()
    life.act("2025-03-03T09:00", ZHANG, "apply", applicant="zhang")
    life.act("2025-03-03T10:17", ZHANG, "call", question="何时能种")
    assert life.clock("CY-CALL").due_at == moment("2025-03-04T10:17")
    assert [each.rung for each in life.until("2025-03-04T10:17")] == ["at_once:CY-DECIDE", "overdue:CY-CALL"]


def test_a_local_length_only_binds_the_office_tighter_and_gives_the_person_more():
    longer, shorter = Life(**{"CY-CALL": 48}), Life(**{"CY-CALL": 8})
    for life, due in ((longer, "2025-03-04T10:00"), (shorter, "2025-03-03T18:00")):
        life.act("2025-03-03T09:00", ZHANG, "apply", applicant="zhang")
        life.act("2025-03-03T10:00", ZHANG, "call", question="何时能种")
        assert life.clock("CY-CALL").due_at == moment(due)


def test_a_detour_leads_back_to_where_it_began():
    life = granted()
    life.linked(other=replace(life.case, id="other"))
    life.act("2025-04-01T09:00", WARDEN, "swap", swap_with="other")
    assert (life.case.state, life.case.left) == ("swapped", "tended")
    assert life.until("2026-12-01T09:00") == []
    life.act("2026-12-01T09:00", WARDEN, "swap_back")
    assert (life.case.state, life.case.left) == ("tended", "")
    assert life.until("2026-12-01T09:00")[0].at == moment("2025-06-13T09:00")


def test_whose_turn_it_is_the_case_works_out():
    life = granted()
    life.act("2025-03-21T09:00", ZHANG, "water")
    with pytest.raises(Refused) as refused:
        life.act("2025-03-21T10:00", Actor("li", "gardener"), "water")
    assert codes(refused) == ["NotAllowed"]


def test_what_is_proposed_is_made_effective_by_another():
    life = granted()
    assert life.act("2025-03-21T09:00", WARDEN, "rename", plot_name="向阳地").outcome == "signed"
    assert life.case.data.get("plot_name") is None
    assert life.act("2025-03-21T10:00", DIRECTOR, "rename").outcome == "done"
    assert life.case.data["plot_name"] == "向阳地"


def test_the_last_hand_makes_an_act_effective_on_its_own_day():
    life = granted()
    life.case = life.decisions[-2].after
    done = life.act("2025-03-19T10:00", DIRECTOR, "grant", verdict="no")
    assert (done.outcome, done.on, life.case.state) == ("done", date(2025, 3, 19), "refused")


def test_a_countersignature_takes_the_right_office_and_a_clean_hand():
    life = granted()
    life.act("2025-03-25T09:00", WARDEN, "suspend", on=date(2025, 3, 20))
    strange, party = replace(AUDITOR, unit="elsewhere"), replace(AUDITOR, person="zhang")
    for actor, code in ((strange, "NotAllowed"), (party, "OwnCase")):
        with pytest.raises(Refused) as refused:
            life.act("2025-03-25T10:00", actor, "suspend")
        assert codes(refused) == [code]


def test_a_case_is_dated_when_it_is_entered_and_tells_where_the_true_day_belongs():
    life = Life()
    with pytest.raises(Refused) as refused:
        life.act("2025-03-25T09:00", ZHANG, "apply", on=date(2025, 3, 20), applicant="zhang")
    assert [each.message for each in refused.value.refusals] == [
        "新案件补记不得早于1个工作日前，请按今天的日期办理，真实日期填在“申请日”一栏。"
    ]
    life.act("2025-03-25T09:00", ZHANG, "apply", applicant="zhang", applied_on="2025-03-20")
    assert (life.case.state, life.case.data["applied_on"]) == ("applied", date(2025, 3, 20))


def test_a_case_may_be_dated_as_far_back_as_one_may_alone():
    life = Life()
    life.act("2025-03-25T09:00", ZHANG, "apply", on=date(2025, 3, 24), applicant="zhang")
    assert (life.case.state, life.case.data["applied_on"]) == ("applied", date(2025, 3, 24))


def test_where_no_line_tells_the_true_day_the_refusal_names_none():
    class Kiosk(Procedure):
        label, clerk, asked = "报亭", Role("职员"), State("已申请")
        backdating = Backdating(working_days(1), beyond=clerk)
        with ours("示例"):

            @Act("申请", new >> asked, by=clerk)
            def ask(case): ...

    with pytest.raises(Refused) as refused:
        Life(Kiosk).act("2025-03-25T09:00", Actor("a", "clerk", "street"), "ask", on=date(2025, 3, 20))
    assert [each.message for each in refused.value.refusals] == ["新案件补记不得早于1个工作日前，请按今天的日期办理。"]
