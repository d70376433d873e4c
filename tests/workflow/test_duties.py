"""Recurring duties: owed, missed, made good, waived; and whose duty something is."""

from datetime import date

import pytest

from tests.workflow.life import WARDEN, ZHANG, Life, granted, moment
from tests.workflow.orchard import Orchard
from workflow.expectations import shown
from workflow.forms import newcomers
from workflow.procedures.recruitment import Recruitment
from workflow.refusals import Refused
from workflow.snapshot import Actor

LI = Actor("li", "neighbour")
GROWER = Actor("zhao", "grower")
KEEPER = Actor("guan", "keeper", "street")
PROPOSAL = {
    "applicant": "zhao", "sides": [{"who": "qian"}], "budget": 100,
    "own_scores": {"soil": "30", "water": "20", "pruning": "20"},
}  # fmt: skip


def digging(life: Life) -> dict[int, str]:
    """Each period with how it stands: how it has ended, or its status."""
    return {row.number: row.ended or row.status for row in life.case.clocks if row.id == "digging"}


def read(life: Life, at: str):
    return life.procedure(life.case, life.facts, WARDEN, moment(at).date(), moment(at)).digging


def suspended(begin: str, end: str) -> Life:
    life = granted()
    life.act(begin, WARDEN, "suspend")
    life.until(end)
    life.act(end, WARDEN, "resume")
    return life


def test_what_is_owed_when_the_next_falls_due_is_missed_and_may_be_made_good():
    life = granted()
    life.until("2025-06-22T09:00")
    assert digging(life) == {1: "running", 2: "running"}
    assert read(life, "2025-06-22T09:00").owed == (1,)
    life.until("2025-09-22T09:00")
    assert digging(life) == {1: "missed", 2: "running", 3: "running"}
    assert read(life, "2025-09-22T09:00").owed == (1, 2)
    assert "CY-DIG-1" not in shown(life.procedure, life.case, moment("2025-09-22T09:00"))
    life.act("2025-09-22T09:00", ZHANG, "dig", round_no=1)
    assert digging(life) == {1: "done", 2: "running", 3: "running"}
    assert (read(life, "2025-09-22T10:00").met, read(life, "2025-09-22T10:00").owed) == (1, (2,))


def test_what_is_made_good_is_made_good_once():
    life = granted()
    life.until("2025-09-22T09:00")
    life.act("2025-09-22T09:00", ZHANG, "dig", round_no=1)
    with pytest.raises(Refused) as refused:
        life.act("2025-09-22T10:00", ZHANG, "dig", round_no=1)
    assert [each.code for each in refused.value.refusals] == ["TooEarly"]


@pytest.mark.parametrize(("begin", "stands"), [("2025-05-05", "waived"), ("2025-05-06", "running")])
def test_a_period_is_waived_where_at_least_half_of_it_was_spent_away(begin, stands):
    """From 20 March to 20 June there are 92 days: 46 of them after 5 May, 45 after 6 May."""
    life = suspended(f"{begin}T09:00", "2025-06-23T09:00")
    assert digging(life) == {1: stands, 2: "running"}
    assert [move.kind for row in life.case.clocks if row.id == "digging" for move in row.moves][-1] == "back"


def test_days_away_count_for_the_period_in_which_they_lie():
    life = suspended("2025-06-10T09:00", "2025-08-10T09:00")
    life.until("2025-09-22T09:00")
    assert digging(life) == {1: "missed", 2: "waived", 3: "running"}
    assert read(life, "2025-09-22T09:00").owed == (1,)


def test_of_a_waived_period_nobody_is_told_that_it_is_overdue():
    life = granted()
    life.act("2025-04-01T09:00", WARDEN, "suspend")
    assert "overdue:CY-DIG-1" not in {made.rung for made in life.until("2025-07-01T09:00")}


def test_a_duty_met_in_another_life_of_the_clock_is_not_counted_as_owed():
    life = granted()
    life.act("2025-06-18T09:00", ZHANG, "dig", round_no=1)
    life.until("2025-06-22T09:00")
    assert read(life, "2025-06-22T09:00").owed == ()


# Who


def test_a_role_may_be_held_by_those_the_file_names():
    life = Life()
    life.act("2025-03-03T09:00", ZHANG, "apply", applicant="zhang", neighbours=["li"])
    life.act("2025-03-04T09:00", WARDEN, "post")
    life.act("2025-03-18T09:00", Actor("shu", "secretary", "street"), "grant", tended_from="2025-03-20")
    life.act("2025-03-18T10:00", Actor("ren", "director", "street"), "grant", verdict="yes")
    with pytest.raises(Refused, match="一周"):
        life.act("2025-03-26T09:00", LI, "watch")
    life.act("2025-03-27T09:00", LI, "watch")
    with pytest.raises(Refused, match="须由邻居办理"):
        life.act("2025-03-28T09:00", Actor("wu", "neighbour"), "watch")
    told = [each for made in life.until("2025-06-13T09:00") for each in made.told if each.role == "neighbour"]
    assert [each.persons for each in told] == [("li",)]


def test_a_role_may_say_the_name_of_the_post_that_is_held():
    """Two procedures may call one post differently, and two roles of one procedure may be the same post elsewhere."""
    roles = Recruitment.roles
    assert (roles["party_worker"].label, roles["party_supervisor"].label) == ("党务工作者", "督导员")
    assert Recruitment.old_secretary.id == Recruitment.branch_secretary.id == "branch_secretary"


def test_the_law_knows_who_entered_an_act_for_somebody_else():
    life = Life(Orchard)
    life.act("2025-03-03T09:00", GROWER, "propose", via=KEEPER, **PROPOSAL)
    assert life.case.data["recorded_by"] == "keeper"


def test_an_act_entered_on_a_later_day_says_why():
    life = Life(Orchard)
    with pytest.raises(Refused) as refused:
        life.act("2025-03-04T09:00", GROWER, "propose", on=date(2025, 3, 3), **PROPOSAL)
    assert [(each.code, each.field) for each in refused.value.refusals] == [("E_NO_REASON", "entered_late")]
    made = life.act("2025-03-04T09:00", GROWER, "propose", on=date(2025, 3, 3), entered_late="停电", **PROPOSAL)
    assert (made.on, made.form["entered_late"]) == (date(2025, 3, 3), "停电")


def test_on_a_detour_no_clock_begins_that_belongs_elsewhere():
    """The lease is paused while suspended; a case suspended from where no lease runs has none."""
    life = Life()
    life.act("2025-03-03T09:00", ZHANG, "apply", applicant="zhang")
    assert life.clock("CY-LEASE") is None
    life = granted()
    life.act("2025-04-01T09:00", WARDEN, "suspend")
    assert life.clock("CY-LEASE").status == "paused"
    life.linked(other=life.case)
    life.act("2025-04-02T09:00", WARDEN, "swap", swap_with="other")
    assert (life.case.state, life.case.left) == ("swapped", "tended")
    assert life.clock("CY-LEASE").status == "running"


def test_a_line_may_be_shown_to_some_roles_alone():
    health, name = Orchard.fields["health"], Orchard.fields["name"]
    assert (health.is_shown_to("elder"), health.is_shown_to("keeper"), name.is_shown_to("keeper")) == (
        True,
        False,
        True,
    )


def test_a_line_asked_afresh_is_empty_in_every_form_that_asks_it():
    papers = [line for act in Recruitment.all_acts() for line in act.form if line.field is Recruitment.fields["scan"]]
    assert len(papers) > 2
    assert all(line.of_form for line in papers)


def test_whoever_is_not_in_the_system_yet_is_added_by_name():
    act = Recruitment.acts["file_application"][0]
    assert newcomers(act, {"name": " 林晚 "}) == {"person_id": "林晚"}
    assert newcomers(act, {"name": "林晚", "person_id": "7"}) == {}
    assert newcomers(act, {"name": " "}) == {}
