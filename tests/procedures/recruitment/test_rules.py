"""What must hold of the making of a Party member whatever happens: who decides, when at the earliest, by how many."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.procedures.recruitment.test_stories import STORIES
from tests.workflow import invariants
from tests.workflow.paper import calendar
from web.showing import acts
from workflow.ballots import Ballot
from workflow.calendar import SHANGHAI, age, months_later
from workflow.decide import available, decide
from workflow.expectations import shown
from workflow.limits import shut
from workflow.lives import Life, acts_done
from workflow.parts import Act, Clock, Deadline, Earliest, Posting, Recurring, Reminder
from workflow.procedures.recruitment import Recruitment
from workflow.proof import contradictions
from workflow.refusals import Refused
from workflow.registry import PROCEDURES
from workflow.rehearsal import Rehearsal
from workflow.snapshot import Actor, CaseSnapshot, Facts, Unit
from workflow.story import read_story
from workflow.words.naming import id_of, several

PARTY = Actor("party", "party_committee", "street")
WORKER = Actor("worker", "party_worker", "branch")
COMMITTEE = Actor("committee", "branch_committee", "branch")
MEETING = Actor("meeting", "branch_meeting", "branch")
SECRETARY = Actor("secretary", "branch_secretary", "branch")
DISTRICT = Actor("department", "org_department", "district")
ORGANISER = Actor("organiser", "organiser", "street")
OPINIONS = ["group", "contacts", "members", "masses"]
CARRIED = {
    "present": 12, "ballots_issued": 12, "ballots_returned": 12, "for": 12, "against": 0, "abstain": 0, "invalid": 0,
}  # fmt: skip


def story(name: str):
    path = Path(__file__).parent / f"{name}.yaml"
    return read_story(yaml.safe_load(path.read_text(encoding="utf-8")), PROCEDURES)


def facts_of(told) -> Facts:
    return Facts(told.units, calendar(), told.settings)


@cache
def played(name: str, steps: int) -> Rehearsal:
    """The story up to and with that step."""
    told = story(name)
    rehearsal = Rehearsal(told, PROCEDURES, facts_of(told))
    for n, step in enumerate(told.steps[:steps], 1):
        rehearsal.until(step.at)
        if step.do:
            rehearsal.act(n, step)
    return rehearsal


def left_alone(name: str, steps: int, until: datetime) -> Rehearsal:
    """The story up to that step, and then nothing but the clock."""
    before = played(name, steps)
    rehearsal = Rehearsal(before.story, PROCEDURES, before.facts, dict(before.cases))
    rehearsal.until(until)
    return rehearsal


def try_(rehearsal: Rehearsal, at: date, by: Actor, trigger: str, **form):
    """What would come of it, without its coming about; or the refusals by code and sentence."""
    return decided(rehearsal.cases["main"], rehearsal.told(), at, by, trigger, **form)


def decided(case: CaseSnapshot, facts: Facts, at: date, by: Actor, trigger: str, **form):
    moment = datetime(at.year, at.month, at.day, 9, tzinfo=SHANGHAI)
    try:
        return decide(Recruitment, case, trigger, form, by=by, now=moment, facts=facts, on=at)
    except Refused as refused:
        return {each.code: each.message for each in refused.refusals}


# The procedure as a whole


def test_it_does_not_contradict_itself():
    assert list(contradictions(Recruitment)) == []


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_from_wherever_a_story_stands_chance_leads_to_no_contradiction(path):
    told, random = story(path.stem), Random(path.stem)
    begun = replace(told, steps=told.steps[: random.randint(1, len(told.steps))])
    invariants.of_life(Life(Recruitment, random, facts_of(told), begun=begun).live(20))


def test_stories_and_what_chance_adds_to_them_reach_every_act():
    tried, done = Counter(), set()
    for path in STORIES:
        told = story(path.stem)
        done |= acts_done(Life(Recruitment, Random(path.stem), facts_of(told), tried=tried, begun=told).live(5))
    assert set(Recruitment.acts) - done == set()


LATE = {
    "TALK": "-7d branch_secretary, -3d branch_secretary, +0 branch_secretary party_worker, +7d organiser, +15d deputy_secretary",
    "CULT": "=0 branch_secretary",
    "EXAM": "-30d contact, -7d contact, +0 contact branch_secretary, +10d organiser, +30d party_supervisor",
    "THINK": "-7d applicant, +0 party_worker",
    "NOTICE": "",
    "OBJECT": "-3wd branch_secretary, +0 branch_secretary, +3wd organiser",
    "FILE": "-5wd organiser, +0 organiser, +5wd office_head",
    "PREREV": "-7d organiser, +0 organiser, +10d deputy_secretary",
    "MEET": "-10d branch_secretary, -3d branch_secretary, +0 branch_secretary, +7d organiser",
    "REPORT": "-3wd branch_secretary, +0 branch_secretary",
    "STALE": "+0 branch_secretary organiser",
    "APPROVE": "-30d organiser, -10d organiser, -3d organiser, +0 organiser deputy_secretary, "
    "+15d committee_secretary org_department",
    "LAPSE": "+0 lapse_resolution",
    "OATH": "-7d branch_secretary, +0 branch_secretary, +15d organiser",
    "GROUP": "-3wd branch_secretary, +0 branch_secretary",
    "PROB": "-30d applicant, -7d applicant, =0 expire_probation",
    "PEXAM": "-15d introducer, +0 introducer branch_secretary, +10d organiser, +30d party_supervisor",
    "CONVMEET": "-7d branch_secretary, +0 branch_secretary, +15d organiser, +2m deputy_secretary",
    "UNASKED": "+0 branch_secretary party_supervisor",
    "CONVAPPR": "-30d organiser, -10d organiser, +0 organiser deputy_secretary, +15d committee_secretary org_department",
    "DEFER": "-30d organiser, -7d organiser, +0 organiser, +0 end_deferral",
    "HAND": "-7d branch_secretary, +0 branch_secretary branch_secretary, +15d organiser organiser",
    "CONTACT": "-7d branch_secretary, +0 branch_secretary, +15d organiser",
    "ARCHIVE": "-7d party_worker, +0 party_worker, +15d organiser",
}
SIGNS = {"before": "-", "after": "+", "overdue": "+", "on_the_day": "="}
UNITS = {"days": "d", "working_days": "wd", "months": "m"}


def told_by(rung) -> str:
    (span,) = rung.moment.spans
    when = f"{span.count}{UNITS[span.unit]}" if span.count else "0"
    what = [id_of(rung.act)] if rung.act else [id_of(role) for role in rung.tell]
    return f"{SIGNS[rung.moment.kind]}{when} {' '.join(what)}"


@pytest.mark.parametrize("code", LATE)
def test_the_ladder_of_each_clock_is_that_of_the_specification(code):
    """In the text now in force; that of 2014 sets no term for the meeting and the oath, and only reminds of them."""
    clock = [each for each in Recruitment.all_clocks() if each.code == f"RC-{code}"][-1]
    assert ", ".join(map(told_by, clock.rungs)) == LATE[code]


def test_every_clock_has_its_ladder_in_the_table():
    assert {clock.code for clock in Recruitment.all_clocks()} == {f"RC-{code}" for code in LATE}


# Who decides


def test_whatever_grants_refuses_grades_or_expels_is_decided_by_persons():
    assert {act.id for act in Recruitment.all_acts() if act.decides} == {
        "confirm_activist", "record_exam", "accept_target", "return_target", "record_political_review", "pass_pre_review",
        "fail_pre_review", "record_admission_vote", "approve_admission", "reject_admission", "record_conversion_vote",
        "cancel_probation", "approve_conversion", "return_conversion", "defer_conversion", "suspend", "terminate",
        "void_recruitment",
    }  # fmt: skip


def test_the_clock_lets_a_paper_lapse_or_a_term_end_and_decides_about_nobody():
    assert Recruitment.fired == {"lapse_resolution", "expire_probation", "end_deferral"}
    assert Recruitment.unasked == ()


def test_the_supervisor_only_hears():
    doers = {id_of(who) for act in Recruitment.all_acts() for hand in act.hands for who in hand}
    assert "party_supervisor" not in doers


def test_no_measure_counts_a_person_or_the_use_of_a_right():
    for measure in Recruitment.measures.values():
        counted = {id_of(word) for word in several(getattr(measure, "of", ())) if isinstance(word, Act | Clock)}
        assert not counted & {"withdraw", "notice_objection", "file_conversion_application"}


def test_nobody_acts_in_his_own_case():
    rehearsal = played("e1_application_to_oath", 9)
    answer = try_(
        rehearsal, date(2026, 3, 10), Actor("lin", "branch_committee", "branch"), "propose_target", minutes="同意"
    )
    assert set(answer) == {"OwnCase"}


def test_whoever_writes_an_examination_does_not_sign_it():
    rehearsal = played("e1_application_to_oath", 5)
    answer = try_(rehearsal, date(2025, 8, 18), Actor("wei", "branch_secretary", "branch"), "record_exam")
    assert set(answer) == {"Apart"}


def test_a_committee_without_authority_approves_nothing():
    rehearsal = played("e1_application_to_oath", 18)
    community = Actor("community", "community_committee", "community")
    for trigger, form in (
        ("approve_admission", {"minutes": "一致同意", "collective": True}),
        ("reject_admission", {"reason": "材料不全", "collective": True, "told_by": "organiser"}),
        ("extend_approval", {"reason": "函调未回", "new_due": "2026-10-10"}),
    ):
        assert try_(rehearsal, date(2026, 8, 28), community, trigger, **form)["GuardsFailed"] == (
            "该党组织无预备党员审批权。"
        )


def test_approval_and_refusal_are_by_all_together():
    rehearsal = played("e1_application_to_oath", 18)
    for trigger, form in (
        ("approve_admission", {"minutes": "书记签字"}),
        ("reject_admission", {"reason": "材料不全", "told_by": "organiser"}),
    ):
        answer = try_(rehearsal, date(2026, 8, 28), PARTY, trigger, collective=False, **form)
        assert answer == {"GuardsFailed": "审批须集体讨论、逐人表决。"}


def test_a_community_committee_may_train_and_swear_in_for_neither_needs_authority_to_approve():
    community = Actor("community", "community_committee", "community")
    trained = try_(
        played("e1_application_to_oath", 13), date(2026, 4, 24), community, "record_training", days=3, certificate="证"
    )
    sworn = try_(played("e1_application_to_oath", 19), date(2026, 9, 18), community, "record_oath", place="广场")
    assert (trained.after.state, sworn.after.state) == ("development_target", "probationary")


def test_who_approves_is_named_by_pre_review_and_approval_and_by_no_suspension():
    before = played("e1_application_to_oath", 4)
    assert not try_(before, date(2025, 3, 3), PARTY, "suspend", ground="illness").after.data.get("approving_org_id")
    assert played("e1_application_to_oath", 16).cases["main"].data["approving_org_id"] == "street"


def test_probation_is_cancelled_for_discipline_only_with_its_conclusion():
    rehearsal = played("e1_application_to_oath", 19)
    form = {"reason": "违反纪律", "cancel_ground": "discipline", "vote": CARRIED, "tellers": ["甲", "乙"]}
    bare = try_(rehearsal, date(2026, 9, 4), MEETING, "cancel_probation", **form)
    assert bare == {"GuardsFailed": "因违纪取消的，须附处理结论。"}
    made = try_(rehearsal, date(2026, 9, 4), MEETING, "cancel_probation", discipline_file="处分决定", **form)
    assert made.after.state == "conversion_resolved"


@pytest.mark.parametrize("talked_on", [None, "2025-05-07", "2025-01-05"])
def test_cultivation_ends_only_after_a_talk_on_a_day_that_can_be(talked_on):
    form = {"reason": "不再具备条件", "minutes": "决定", "end_ground": "unfit", "talked_by": "secretary"}
    form |= {"talked_on": talked_on} if talked_on else {}
    answer = try_(played("edge_20_activist_dies", 4), date(2025, 5, 6), COMMITTEE, "terminate", **form)
    assert answer == {"GuardsFailed": "终止培养前须同本人谈话，写明谈话日。"}


def test_who_left_the_country_for_good_is_not_talked_with():
    form = {"reason": "已定居国外", "minutes": "决定", "end_ground": "emigrated"}
    made = try_(played("edge_20_activist_dies", 4), date(2025, 5, 6), COMMITTEE, "terminate", **form)
    assert made.after.state == "terminated"
    assert [row.code for row in made.after.clocks if row.is_live] == ["RC-ARCHIVE"]


def test_the_contact_of_the_old_branch_examines_nobody_after_a_transfer():
    acts = [step.do for step in story("e4_activist_moves").steps]
    rehearsal = played("e4_activist_moves", acts.index("replace_contact"))
    form = {"period_no": 2, "result": "good", "minutes": "表现积极"}
    answer = try_(rehearsal, date(2026, 4, 8), Actor("wei", "contact", "branch"), "record_exam", **form)
    assert answer == {"GuardsFailed": "培养联系人已不在本支部，须先更换。"}


def test_only_the_street_learns_in_which_branch_the_other_case_is():
    told = played("edge_21_one_open_case_a_person", 3).answers
    by_branch, by_street = (
        [each["message"] for each in step["refusals"]] for step in told if step["outcome"] == "refused"
    )
    assert by_branch == ["同一身份证号码已有一件在办。"]
    assert "该同志的申请正由桂花巷社区第一党支部办理。" in by_street


def test_the_political_review_is_shown_to_whoever_holds_it_in_the_branch_and_to_the_street():
    """A branch without a committee reviews in its meeting."""
    for name in ("conclusion", "concluded_on", "review_docs"):
        field = Recruitment.fields[name]
        shown_to = {role for role in Recruitment.roles if field.is_shown_to(role)}
        assert field.privacy == "sensitive"
        assert shown_to == {
            "branch_committee", "branch_meeting", "organiser", "party_committee", "deputy_secretary", "committee_secretary",
        }  # fmt: skip


def test_the_paper_about_the_political_review_does_not_say_how_it_ended():
    paper = next(
        paper for made in [try_(
            played("e1_application_to_oath", 12), date(2026, 4, 8), Actor("committee", "branch_committee", "branch"),
            "record_political_review", conclusion="failed", review_docs="材料",
        )] for paper in made.documents
    )  # fmt: skip
    assert not any(word in paper.text for word in ("合格", "不合格"))


def test_the_id_number_is_sensitive():
    assert Recruitment.fields["id_no"].privacy == "sensitive"


# By how many


@st.composite
def meetings(draw):
    """A roll, and a ballot held at it."""
    roll = draw(st.integers(3, 60))
    excluded = draw(st.integers(0, min(2, roll - 2)))
    present = draw(st.integers(0, roll - excluded))
    cast = draw(st.integers(0, present))
    for_ = draw(st.integers(0, cast))
    written = draw(st.integers(0, roll - excluded - present))
    written_for = draw(st.integers(0, written))
    return roll, Ballot(
        excluded=excluded, excluded_grounds=("长期卧床",) * excluded, present=present, ballots_issued=cast,
        ballots_returned=cast, for_=for_, against=cast - for_, written_for=written_for, written_against=written - written_for,
    )  # fmt: skip


@given(meetings(), st.booleans())
def test_a_person_is_admitted_by_more_than_half_of_those_due_at_a_meeting_of_more_than_half(meeting, written_count):
    roll, ballot = meeting
    due = roll - ballot.excluded
    in_favour = ballot.for_ + (ballot.written_for if written_count else 0)
    assert ballot.is_carried(roll, written_count) == (2 * ballot.present > due and 2 * in_favour > due)
    assert not list(ballot.faults())
    assert ballot.faults_against(roll) == ()


@given(meetings())
def test_a_written_opinion_is_nobodys_presence(meeting):
    roll, ballot = meeting
    assert ballot.is_quorate(roll) == replace(ballot, written_for=0, written_against=0).is_quorate(roll)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 16), st.integers(0, 16), st.integers(0, 4))
def test_the_vote_in_a_case_goes_as_the_numbers_say(present, for_, written_for):
    """Sixteen are on the roll; the probationary member is not, and has no vote."""
    for_ = min(for_, present)
    rehearsal = played("e1_application_to_oath", 16)
    ballot = {
        "present": present, "ballots_issued": for_, "ballots_returned": for_, "for": for_, "against": 0, "abstain": 0,
        "invalid": 0, "written_for": written_for,
    }  # fmt: skip
    meeting = Actor("meeting", "branch_meeting", "branch")
    form = {"vote": ballot, "tellers": ["甲", "乙"], "written_in_time": True}
    answer = try_(rehearsal, date(2026, 6, 12), meeting, "record_admission_vote", **form)
    if 2 * present <= 16:
        assert answer["GuardsFailed"]
    elif present + written_for > 16:
        assert "多于应到会的16人" in answer["GuardsFailed"]
    else:
        carried = 2 * (for_ + written_for) > 16
        assert answer.after.state == ("admission_resolved" if carried else "development_target")
        assert answer.after.data["in_favour"] == for_ + written_for


def test_the_refused_meeting_is_told_how_many_were_needed():
    (step,) = [each for each in played("edge_09_11_invalid_ballots_are_refused", 16).answers if each["n"] == 16]
    assert [each["message"] for each in step["refusals"]] == ["到会有表决权人数未超过应到会半数（需9人）。"]


def test_what_was_confirmed_about_one_ballot_is_confirmed_anew_about_the_next():
    rehearsal = played("edge_10_exactly_half_does_not_pass", 20)
    ballot = {
        "present": 14, "ballots_issued": 13, "ballots_returned": 13, "for": 13, "against": 0, "abstain": 0, "invalid": 0,
        "written_for": 1,
    }  # fmt: skip
    meeting = Actor("meeting", "branch_meeting", "branch")
    answer = try_(rehearsal, date(2026, 10, 9), meeting, "record_admission_vote", vote=ballot, tellers=["甲", "乙"])
    assert answer == {"GuardsFailed": "会前未收到或者没有签名的书面意见不计票。"}


@pytest.mark.parametrize(
    ("grounds", "form", "told"),
    [
        (["出差"], {"exclusion_consent": "批件", "exclusion_agreed": True}, "须从以下各项中选择"),
        (["长期卧床"], {"exclusion_agreed": True}, "须经上级同意"),
        (["长期卧床"], {"exclusion_consent": "批件"}, "须经大会同意"),
        (["长期卧床"], {"exclusion_consent": "批件", "exclusion_agreed": True}, ""),
    ],
)
def test_who_is_left_out_belongs_to_one_of_five_groups_with_consent_from_above_and_of_the_meeting(grounds, form, told):
    vote = {**CARRIED, "excluded": 1, "excluded_grounds": grounds}
    answer = try_(
        played("e1_application_to_oath", 16), date(2026, 6, 12), MEETING, "record_admission_vote", vote=vote,
        tellers=["甲", "乙"], **form,
    )  # fmt: skip
    assert told in "".join(answer.values()) if told else answer.after.state == "admission_resolved"


def test_where_written_opinions_do_not_count_they_carry_nothing():
    rehearsal = played("e1_application_to_oath", 16)
    vote = {**CARRIED, "for": 8, "against": 4, "written_for": 2}
    form = {"vote": vote, "tellers": ["甲", "乙"], "written_in_time": True}
    ends = {}
    for counted in (True, False):
        facts = replace(rehearsal.told(), settings={"written_opinion_counts": counted})
        made = decided(rehearsal.cases["main"], facts, date(2026, 6, 12), MEETING, "record_admission_vote", **form)
        ends[counted] = (made.after.state, made.after.data["in_favour"])
    assert ends == {True: ("admission_resolved", 10), False: ("development_target", 8)}


# When at the earliest, and by when


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2008, 11, 20), date(2026, 11, 20), 18), (date(2008, 11, 21), date(2026, 11, 20), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17), (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)  # fmt: skip
def test_a_birthday_counts_and_the_day_before_does_not(born, on, years):
    assert age(born, on) == years


@given(st.dates(date(1960, 1, 1), date(2020, 12, 31)), st.integers(1, 80))
def test_a_year_is_added_on_the_birthday_alone(born, years):
    birthday = (
        date(born.year + years, 3, 1) if (born.month, born.day) == (2, 29) else born.replace(year=born.year + years)
    )
    if (born.month, born.day) != (2, 29):
        assert age(born, birthday) == years
    assert age(born, birthday - timedelta(days=1)) in (
        years - 1,
        years if (born.month, born.day) == (2, 29) else years - 1,
    )


@settings(deadline=None, max_examples=40)
@given(st.dates(date(2025, 2, 10), date(2025, 12, 31)))
def test_examinations_fall_due_from_the_anchor_and_never_drift(anchor):
    rehearsal = played("e1_application_to_oath", 3)
    committee = Actor("committee", "branch_committee", "branch")
    made = try_(rehearsal, anchor, committee, "confirm_activist", minutes="一致同意", contacts=["wei"])
    branched = Rehearsal(rehearsal.story, PROCEDURES, rehearsal.facts, {"main": made.after})
    later = months_later(anchor, 25)
    branched.until(rehearsal.story.steps[0].at.replace(year=later.year, month=later.month, day=later.day))
    due = {row.number: row.due_on for row in branched.cases["main"].clocks if row.id == "examination"}
    assert due == {number: months_later(anchor, 6 * number) for number in range(1, 6)}


@settings(deadline=None, max_examples=40)
@given(st.dates(date(2025, 3, 1), date(2026, 1, 31)), st.integers(0, 400))
def test_suspended_days_and_no_others_are_added_to_the_year_of_cultivation(begin, length):
    rehearsal = played("e1_application_to_oath", 4)
    suspended = try_(rehearsal, begin, PARTY, "suspend", ground="illness")
    away = Rehearsal(rehearsal.story, PROCEDURES, rehearsal.facts, {"main": suspended.after})
    resumed = try_(away, begin + timedelta(days=length), PARTY, "resume")
    row = next(row for row in resumed.after.clocks if row.id == "cultivation")
    assert row.due_on == date(2026, 2, 20) + timedelta(days=length)


def test_probation_is_moved_by_nothing_but_an_extension():
    """Neither by a late approval, nor by a suspension, nor by a rest day."""
    rehearsal = played("e1_application_to_oath", 19)
    suspended = try_(rehearsal, date(2026, 9, 1), PARTY, "suspend", ground="abroad")
    away = Rehearsal(rehearsal.story, PROCEDURES, rehearsal.facts, {"main": suspended.after})
    resumed = try_(away, date(2026, 12, 1), PARTY, "resume")
    ends = [
        next(row.due_on for row in each.clocks if row.id == "probation") for each in (suspended.after, resumed.after)
    ]
    assert ends == [date(2027, 6, 12)] * 2
    assert Recruitment.clock("probation").pause is None


def test_a_term_of_the_party_rules_does_not_move_off_a_rest_day():
    assert not [clock.code for clock in Recruitment.all_clocks() if clock.rolls]


def test_the_kinds_of_term_are_those_of_the_rules():
    kinds = {kind: {clock.code for clock in Recruitment.all_clocks() if type(clock) is kind}
             for kind in (Earliest, Posting, Recurring, Reminder)}  # fmt: skip
    assert kinds == {
        Earliest: {"RC-CULT", "RC-PROB"}, Posting: {"RC-NOTICE"}, Recurring: {"RC-EXAM", "RC-THINK", "RC-PEXAM"},
        Reminder: {"RC-MEET", "RC-OATH"},
    }  # fmt: skip
    for twofold in ("meeting", "oath"):
        assert [type(text).__name__ for text in Recruitment.clocks[twofold]] == ["Reminder", "Deadline"]


@pytest.mark.parametrize(("on", "kind"), [(date(2026, 5, 17), Reminder), (date(2026, 5, 18), Deadline)])
def test_the_text_in_force_on_the_day_of_the_act_says_whether_the_meeting_can_be_late(on, kind):
    rehearsal = played("e1_application_to_oath", 15)
    made = try_(rehearsal, on, PARTY, "pass_pre_review", admission_form_no="1", letter="意见")
    row = next(row for row in made.after.clocks if row.code == "RC-MEET")
    assert type(Recruitment.clock("meeting", row.text)) is kind
    overdue = shown(Recruitment, made.after, rehearsal.story.steps[0].at.replace(year=2027))
    assert ("RC-MEET" in overdue) == (kind is Deadline)


def test_before_the_revision_a_branch_may_propose_without_a_notice_and_after_it_may_not():
    rehearsal = played("target_returned", 8)
    committee = Actor("committee", "branch_committee", "branch")
    form = {"minutes": "同意", "opinions": OPINIONS}
    before = try_(rehearsal, date(2026, 5, 17), committee, "propose_target", **form)
    after = try_(rehearsal, date(2026, 5, 18), committee, "propose_target", **form)
    assert before.after.state == "target_filing"
    assert set(after) == {"WrongState"}


@pytest.mark.parametrize(("step", "on"), [(8, date(2026, 2, 24)), (10, date(2026, 3, 3))])
def test_without_a_notice_too_the_four_opinions_are_heard_and_heard_again_after_a_return(step, on):
    for heard in ([], OPINIONS[:3]):
        answer = try_(played("target_returned", step), on, COMMITTEE, "propose_target", minutes="同意", opinions=heard)
        assert answer == {"GuardsFailed": "须听取党小组、培养联系人、党员和群众的意见。"}


def test_a_second_extension_is_refused_though_the_application_is_there():
    """Edge case 18: it is the extension that is refused, and nothing else."""
    (step,) = [each for each in played("edge_17_18_extension_of_probation", 28).answers if each["n"] == 28]
    assert [each["message"] for each in step["refusals"]] == ["只能延长一次，应转正或取消。"]


def test_a_talk_a_day_late_is_counted_late_by_one_day():
    rows = played("edge_02_talk_one_day_late", 60).cases["main"].clocks
    (talk,) = [row for row in rows if row.code == "RC-TALK"]
    assert talk.ended_on - talk.due_on == timedelta(days=1)


@pytest.mark.parametrize(("born", "in_league", "may"), [(28, False, False), (27, False, True), (40, True, True)])
def test_a_mass_organisation_recommends_members_of_the_league_and_who_is_under_28(born, in_league, may):
    before = played("branch_without_committee", 2).cases["main"]
    data = {**before.data, "birth_date": date(2025 - born, 2, 3), "is_league_member": in_league}
    facts = played("branch_without_committee", 2).told()
    league = Actor("league", "league_branch", "branch")
    form = {"kind": "league", "votes_for": 9, "votes_total": 11}
    answer = decided(replace(before, data=data), facts, date(2025, 2, 3), league, "recommend", **form)
    assert (answer != {"GuardsFailed": "推优对象应是团员，或者不满28周岁。"}) == may


def test_who_is_a_member_already_is_received_by_nobody():
    told = story("e1_application_to_oath")
    told = replace(told, entries=(*told.entries, replace(told.entries[-1], about="lin")))
    step = told.steps[0]
    answer = Rehearsal(told, PROCEDURES, facts_of(told))
    answer.act(1, step)
    assert [each["message"] for each in answer.answers[-1]["refusals"]] == ["该同志已是党员。"]


def test_a_political_review_is_good_for_twelve_months():
    rehearsal = played("e1_application_to_oath", 14)
    late = try_(rehearsal, date(2027, 4, 9), COMMITTEE, "submit_pre_review")
    assert "政治审查已逾十二个月，须重新进行。" in late.values()
    assert try_(rehearsal, date(2027, 4, 8), COMMITTEE, "submit_pre_review").after.state == "pre_review"


def test_an_approval_is_extended_only_before_it_is_due():
    rehearsal = played("edge_14_16_late_approval", 18)
    form = {"new_due": "2026-05-30", "reason": "函调未回"}
    assert set(try_(rehearsal, date(2026, 3, 1), PARTY, "extend_approval", **form)) == {"E_EXT_TOO_LATE"}


def test_no_objection_is_taken_once_the_notice_is_over():
    form = {"objection": "有疑问", "objector": "周某", "objector_contact": "13812345678"}
    rehearsal = played("e1_application_to_oath", 9)
    person = Actor("zhou", "public")
    late = try_(rehearsal, date(2026, 3, 10), person, "notice_objection", **form)
    assert late == {"GuardsFailed": "公示期已满。"}
    assert try_(rehearsal, date(2026, 3, 9), person, "notice_objection", **form).outcome == "done"


def test_discussion_is_put_off_only_for_whoever_was_transferred_in():
    due = left_alone("edge_19_no_application_no_cancellation", 18, until=datetime(2026, 6, 1, 9, tzinfo=SHANGHAI))
    answer = try_(due, date(2026, 6, 10), PARTY, "defer_conversion", until="2026-08-31", reason="还不了解")
    assert answer == {"GuardsFailed": "只有预备期内转入的预备党员可以推迟讨论。"}


def test_where_a_street_says_so_a_notice_is_needed_before_the_revision_too():
    rehearsal = played("target_returned", 8)
    facts = replace(rehearsal.told(), settings={"notice_optional": False})
    form = {"minutes": "同意", "opinions": OPINIONS}
    answer = decided(rehearsal.cases["main"], facts, date(2026, 2, 24), COMMITTEE, "propose_target", **form)
    assert answer == {"GuardsFailed": "须先公示。"}


def test_a_street_may_have_the_probation_examined_every_three_months():
    rehearsal = played("e1_application_to_oath", 18)
    facts = replace(rehearsal.told(), settings={"RC-PEXAM": 3})
    form = {"minutes": "一致同意", "collective": True}
    made = decided(rehearsal.cases["main"], facts, date(2026, 8, 28), PARTY, "approve_admission", **form)
    assert next(row.due_on for row in made.after.clocks if row.code == "RC-PEXAM-1") == date(2026, 9, 12)


# The roll


def test_the_roll_says_who_became_what_and_since_when():
    entries = [(each.kind, each.since, each.values.get("standing")) for each in
               played("e2_conversion_on_time", 60).world.entries if each.about == "lin"]  # fmt: skip
    assert entries == [("enter", date(2025, 6, 27), "probationary"), ("enter", date(2026, 9, 30), "full")]


def test_who_is_disqualified_is_on_the_roll_no_more():
    rehearsal = played("edge_19_no_application_no_cancellation", 60)
    assert [each.kind for each in rehearsal.world.entries if each.about == "lin"] == ["enter", "end"]


def test_a_transferred_probationary_member_is_on_the_roll_of_the_new_branch():
    entries = [each for each in played("e6_deferred_after_transfer", 60).world.entries if each.about == "lin"]
    assert [each.values["branch"] for each in entries] == ["branch", "branch_b", "branch_b"]


def test_a_transfer_after_an_extension_does_not_change_the_day_of_joining():
    rehearsal = played("edge_17_18_extension_of_probation", 25)
    form = {"to_branch": "branch_b", "files": ["入党志愿书"], "reported_on": "2025-05-06"}
    units = {**rehearsal.facts.units, "branch_b": Unit("branch_b", "第二党支部", "branch", "community")}
    told = replace(rehearsal.told(), units=units)
    moved = decided(rehearsal.cases["main"], told, date(2025, 5, 6), WORKER, "start_transfer", **form)
    taken = decided(moved.after, told, date(2025, 5, 7), Actor("b", "branch_secretary", "branch_b"), "finish_transfer")
    (entry,) = taken.entered
    assert entry.values["joined_on"] == date(2024, 2, 29)


def test_examinations_of_the_probation_go_on_by_number_through_an_extension():
    rows = played("edge_17_18_extension_of_probation", 25).cases["main"].clocks
    assert [(row.number, row.due_on) for row in rows if row.id == "probation_exam" and row.is_live][-1] == (
        3, date(2025, 8, 29),
    )  # fmt: skip


def test_papers_not_sent_up_for_three_months_are_told_of_when_the_guard_bites_and_not_later():
    rehearsal = left_alone("papers_not_sent_up", 16, until=datetime(2026, 7, 4, 8, tzinfo=SHANGHAI))
    assert rehearsal.answers[-1]["do"] == "overdue:RC-STALE"
    answer = try_(rehearsal, date(2026, 7, 4), ORGANISER, "receive_resolution")
    assert answer == {"GuardsFailed": "决议逾三个月未上报，须退回重新讨论。"}


def test_papers_are_received_once():
    answer = try_(played("edge_14_16_late_approval", 17), date(2025, 12, 30), ORGANISER, "receive_resolution")
    assert answer == {"GuardsFailed": "决议材料已经收到。"}


@pytest.mark.parametrize(("anchor", "due"), [(False, date(2026, 2, 28)), (True, date(2026, 3, 5))])
def test_where_a_street_says_so_the_three_months_run_from_receipt(anchor, due):
    rehearsal = played("edge_14_16_late_approval", 16)
    facts = replace(rehearsal.told(), settings={"approval_from_receipt": anchor})
    made = decided(rehearsal.cases["main"], facts, date(2025, 12, 5), ORGANISER, "receive_resolution")
    dues = {row.code: row.due_on for row in made.after.clocks if row.is_live}
    assert (dues["RC-APPROVE"], dues["RC-LAPSE"]) == (due, date(2026, 5, 30))


@pytest.mark.parametrize(("on", "kind"), [(date(2026, 5, 17), Reminder), (date(2026, 5, 18), Deadline)])
def test_only_the_revised_text_sets_a_month_for_the_oath(on, kind):
    made = try_(played("edge_14_16_late_approval", 22), on, PARTY, "approve_admission", minutes="同意", collective=True)
    row = next(row for row in made.after.clocks if row.code == "RC-OATH")
    assert type(Recruitment.clock("oath", row.text)) is kind
    assert ("RC-OATH" in shown(Recruitment, made.after, datetime(2027, 1, 1, tzinfo=SHANGHAI))) == (kind is Deadline)


@pytest.mark.parametrize(
    ("ground", "due"),
    [("illness", date(2026, 10, 8)), ("abroad", date(2026, 10, 8)), ("investigation", date(2026, 9, 28))],
)
def test_the_oath_waits_for_illness_and_absence_abroad_and_for_nothing_else(ground, due):
    rehearsal = played("e1_application_to_oath", 19)
    away = try_(rehearsal, date(2026, 9, 1), PARTY, "suspend", ground=ground)
    back = decided(away.after, rehearsal.told(), date(2026, 9, 11), PARTY, "resume")
    assert next(row.due_on for row in back.after.clocks if row.code == "RC-OATH" and row.is_live) == due


def test_oath_and_group_are_owed_again_when_a_cancellation_is_returned():
    rehearsal = played("e1_application_to_oath", 19)
    dues = []
    form = {"reason": "拒不履行党员义务", "cancel_ground": "refusal", "vote": CARRIED, "tellers": ["甲", "乙"]}
    cancelled = try_(rehearsal, date(2026, 9, 4), MEETING, "cancel_probation", **form)
    returned = decided(
        cancelled.after, rehearsal.told(), date(2026, 9, 8), PARTY, "return_conversion", reason="处理过重"
    )
    for each in (rehearsal.cases["main"], cancelled.after, returned.after):
        live = {row.code: row.due_on for row in each.clocks if row.is_live}
        dues.append((live.get("RC-OATH"), live.get("RC-GROUP")))
    assert dues == [(date(2026, 9, 28), date(2026, 9, 11)), (None, None), (date(2026, 9, 28), date(2026, 9, 11))]


def test_a_shorter_term_for_the_meeting_shortens_the_time_the_pre_review_is_good_for():
    rehearsal = played("e1_application_to_oath", 15)
    facts = replace(rehearsal.told(), settings={"RC-MEET": 0})
    form = {"vote": CARRIED, "tellers": ["甲", "乙"]}
    passed = decided(
        rehearsal.cases["main"],
        facts,
        date(2026, 5, 20),
        PARTY,
        "pass_pre_review",
        admission_form_no="1",
        letter="意见",
    )
    late = decided(passed.after, facts, date(2026, 6, 20), MEETING, "record_admission_vote", **form)
    assert late == {"GuardsFailed": "预审合格逾期未开大会，须重新确认预审。"}
    in_time = decided(passed.after, facts, date(2026, 6, 19), MEETING, "record_admission_vote", **form)
    assert in_time.after.state == "admission_resolved"


def test_a_pre_review_confirmed_again_gives_the_meeting_its_month_again():
    confirmed = try_(played("e1_application_to_oath", 16), date(2026, 6, 10), PARTY, "confirm_pre_review")
    assert next(row.due_on for row in confirmed.after.clocks if row.code == "RC-MEET") == date(2026, 7, 10)


def test_whoever_has_applied_is_not_on_the_list_of_those_who_have_not():
    told = {}
    for applied in (False, True):
        before = played("edge_19_no_application_no_cancellation", 18)
        rehearsal = Rehearsal(before.story, PROCEDURES, before.facts, dict(before.cases))
        rehearsal.until(datetime(2026, 6, 1, 9, tzinfo=SHANGHAI))
        if applied:
            filed = try_(
                rehearsal, date(2026, 6, 1), Actor("lin", "applicant"), "file_conversion_application", scan="书"
            )
            rehearsal.cases["main"] = filed.after
        rehearsal.until(datetime(2026, 12, 1, 9, tzinfo=SHANGHAI))
        told[applied] = {
            step["do"]: {each["role"] for each in step.get("told", ())}
            for step in rehearsal.answers
            if "RC-" in step["do"]
        }
    assert told[False]["overdue:RC-UNASKED"] == {"branch_secretary", "party_supervisor"}
    assert "overdue:RC-UNASKED" not in told[True]
    assert told[True]["after:RC-CONVMEET:2"] == {"deputy_secretary"}


# Papers


def test_the_receipt_says_until_when_somebody_will_come_to_talk():
    rehearsal = played("e1_application_to_oath", 1)
    assert shown(Recruitment, rehearsal.cases["main"], rehearsal.story.steps[0].at)["RC-TALK"]["due_on"] == "2025-02-06"


def test_an_archive_holds_what_has_arisen_and_is_made_once_for_each_end():
    full, rehearsal = played("e2_conversion_on_time", 28), played("e2_conversion_on_time", 29)
    kinds = ["application", "form", "review", "exams", "conversion"]
    for missing in kinds:
        some = [kind for kind in kinds if kind != missing]
        assert "归档材料不全" in try_(full, date(2026, 10, 12), WORKER, "archive", archived=some)["GuardsFailed"]
    assert try_(rehearsal, date(2026, 10, 13), WORKER, "archive", archived=kinds) == {"GuardsFailed": "已经归档。"}
    voided = try_(
        rehearsal,
        date(2026, 11, 2),
        DISTRICT,
        "void_recruitment",
        reason="弄虚作假",
        void_ground="fraud",
        decision="决定",
    )
    assert next(row.due_on for row in voided.after.clocks if row.code == "RC-ARCHIVE" and row.is_live) == date(
        2026, 12, 2
    )
    again = decided(voided.after, rehearsal.told(), date(2026, 11, 3), WORKER, "archive", archived=kinds)
    assert again.after.state == "not_recognised"


def test_who_left_early_leaves_only_what_had_arisen():
    rehearsal = played("edge_20_activist_dies", 6)
    archived = try_(rehearsal, date(2025, 5, 7), WORKER, "archive", archived=["application"])
    assert archived.documents[0].text.count("．") == 1


def test_what_a_worker_may_not_do_is_not_offered_to_him():
    rehearsal = played("e1_application_to_oath", 18)
    at = rehearsal.story.steps[18].at
    offers = available(Recruitment, rehearsal.cases["main"], by=WORKER, now=at, facts=rehearsal.told())
    assert [offer.act.id for offer in offers if offer.mine] == []


def test_the_organiser_is_told_of_introducers_who_are_kin():
    before = played("e1_application_to_oath", 11)
    made = try_(before, date(2026, 3, 20), Actor("committee", "branch_committee", "branch"), "assign_introducers",
                introducers=["wei", "qiu"], kin=True)  # fmt: skip
    assert "organiser" in {told.role for told in made.told}


def test_no_list_proposes_an_activist_before_his_year_of_cultivation_is_over():
    case = played("edge_05_notice_one_day_early", 6).cases["main"]
    early, then = (shut(Recruitment, case.clocks, date(2026, 2, day)) for day in (19, 20))
    assert {"open_target_notice", "propose_target"} <= early
    assert not {"open_target_notice", "propose_target"} & then
    assert acts.awaited(Recruitment, "activist", "examination", "branch_committee", early).id == "record_exam"


def test_nothing_of_a_clock_that_stands_still_is_proposed():
    case = played("edge_08_notice_paused_by_objection", 10).cases["main"]
    paused = [row for row in case.clocks if row.status == "paused" and row.code == "RC-NOTICE"]
    assert paused
    assert "propose_target" in shut(Recruitment, paused, date(2030, 1, 1))
