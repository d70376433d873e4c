"""What the words of a small procedure do that neither the petition nor the garden uses."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workflow.lending import Lending
from tests.workflow.life import Life, moment
from workflow.calendar import Day
from workflow.ladder import first_due
from workflow.proof import contradictions
from workflow.receipts import receipt
from workflow.recounting import recounted_case
from workflow.refusals import Refusal, Refused
from workflow.rehearsal import play
from workflow.snapshot import Actor
from workflow.story import read_story

LI, CHEN = Actor("li", "borrower"), Actor("chen", "borrower")
KEEPER, OTHER_KEEPER = Actor("he", "keeper", "street"), Actor("shi", "keeper", "street")


def asked(**form) -> Life:
    life = Life(Lending)
    life.act("2025-03-03T09:00", LI, "ask", holder="chen", **form)
    return life


def lent(**form) -> Life:
    """Fetched by Chen on Wednesday 5 March 2025."""
    life = asked(**form)
    life.act("2025-03-05T09:00", CHEN, "fetch")
    return life


def refusals(life: Life, *words, **form) -> list[str]:
    with pytest.raises(Refused) as refused:
        life.act(*words, **form)
    return [each.code for each in refused.value.refusals]


def test_it_contradicts_nothing_but_where_a_body_goes_astray():
    found = [each.sentence for each in contradictions(Lending)]
    assert found == ["go_astray returns returned, which is none of its ends"]


def test_nothing_is_done_to_a_case_that_has_not_been_opened():
    with pytest.raises(Refused, match="本案尚未登记，不能“取用”"):
        Life(Lending).act("2025-03-03T09:00", CHEN, "fetch")


def test_only_the_person_the_case_names_may_do_what_is_his():
    life = asked()
    assert refusals(life, "2025-03-05T09:00", LI, "fetch") == ["NotAllowed"]
    assert life.act("2025-03-05T09:00", CHEN, "fetch").outcome == "done"


def test_whoever_did_the_one_does_not_do_the_other():
    life = lent()
    life.act("2025-03-06T09:00", KEEPER, "count")
    assert refusals(life, "2025-03-07T09:00", KEEPER, "take_back") == ["Apart"]
    assert life.act("2025-03-07T09:00", OTHER_KEEPER, "take_back").after.state == "returned"


def test_where_nobody_may_sign_for_it_an_act_is_not_entered_further_back():
    life = asked()
    assert refusals(life, "2025-03-10T09:00", CHEN, "fetch", on=date(2025, 3, 5)) == ["E_BACKDATED"]
    assert life.act("2025-03-10T09:00", CHEN, "fetch", on=date(2025, 3, 7)).outcome == "done"


def test_a_term_counts_from_the_day_an_act_was_done():
    life = lent()
    assert life.clock("GJ1").due_on == date(2025, 3, 19)
    assert life.act("2025-03-06T09:00", KEEPER, "count").outcome == "done"


def test_a_clock_that_names_a_line_of_the_file_follows_it():
    """Named by its id, because it stands further down; written anew, it dates the clock anew."""
    life = lent()
    assert life.clock("GJ5") is None
    life.act("2025-03-06T09:00", KEEPER, "promise", promised_on="2025-03-10")
    assert life.clock("GJ5").due_on == date(2025, 3, 12)
    life.act("2025-03-07T09:00", KEEPER, "promise", promised_on="2025-03-12")
    assert life.clock("GJ5").due_on == date(2025, 3, 14)


def test_on_a_rest_day_people_are_told_the_working_day_before():
    life = lent()
    life.act("2025-03-06T09:00", KEEPER, "promise", promised_on="2025-03-13")
    told = [each for each in life.until("2025-03-17T09:00") if "GJ5" in each.rung]
    assert [each.at for each in told] == [moment("2025-03-14T09:00")]


def test_a_period_dated_anew_after_its_turn_opens_the_next_one_once():
    life = lent()
    life.until("2025-03-12T09:00")
    later = life.facts.calendar.with_days({date(2025, 3, 6): Day("rest", "停电")})
    life.facts = replace(life.facts, calendar=later)
    life.case = recounted_case(Lending, life.case, life.facts, moment("2025-03-12T10:00"), cause={}).after
    assert [each.rung for each in life.until("2025-03-12T11:00")] == ["next:GJ6-1", "overdue:GJ6-1"]
    rounds = [(each.number, each.due_on) for each in life.case.clocks if each.id == "inspecting"]
    assert rounds == [(1, date(2025, 3, 11)), (2, date(2025, 3, 14))]


def test_the_receipt_of_a_later_period_counts_every_period_from_the_anchor_once():
    life = lent()
    life.until("2025-03-12T09:00")
    second = next(each for each in life.case.clocks if each.number == 2)
    told = receipt("Recurring", second, life.facts.calendar, event="取用")
    assert told.sentence == "3月5日取用，次日起算6个工作日，到3月13日。按工作日计算，休息日不计，补班日计入。"
    assert (told.total, told.rows[-1].mark) == (6, "counted")


def test_the_clock_that_is_due_first_is_climbed_first():
    life = lent()
    life.act("2025-03-06T09:00", KEEPER, "promise", promised_on="2025-03-13")
    for until, key in (("2025-03-10T23:00", None), ("2025-03-17T09:00", "next:GJ6-1")):
        due = first_due(Lending, life.case, life.facts, moment(until))
        assert (due and due.key) == key


@pytest.mark.parametrize(
    ("times", "running"), [(0, set()), (1, {"GJ2"}), (2, {"GJ2", "GJ3"}), (3, {"GJ2", "GJ3", "GJ4"})]
)
def test_a_clock_runs_when_its_line_its_function_or_its_property_says_so(times, running):
    life = lent(times=times) if times else lent()
    assert {each.code for each in life.case.clocks if each.is_live} - {"GJ1", "GJ6-1"} == running


def test_an_act_ends_where_its_arrow_says_and_nowhere_else():
    with pytest.raises(ValueError, match=r"Act\(go_astray\) cannot lead to State\(returned\)"):
        lent().act("2025-03-06T09:00", KEEPER, "go_astray")


def test_a_linked_case_that_is_not_there_stands_nowhere():
    case = Lending(
        replace(asked().case, data={"twin": "GJ-1"}),
        Life(Lending).facts,
        KEEPER,
        date(2025, 3, 4),
        moment("2025-03-04T09:00"),
    )
    assert not case.twin
    assert not case.twin.borrowing.started_on
    assert not case.twin.state_is("lent")


def test_a_reason_of_a_procedures_own_is_told_like_any_condition():
    assert Refusal("E_OF_ITS_OWN", "不行。").kind == Refusal("GuardsFailed", "不行。").kind


# On paper


def played(*steps, **parts):
    people = {"li": {"role": "borrower"}, "chen": {"role": "borrower"}, "keeper": {"role": "keeper"}}
    story = {"procedure": "lending", "people": people, "steps": [*steps], **parts}
    read = read_story(story, {"lending": Lending})
    return play(read, {"lending": Lending}, replace(Life(Lending).facts, units=read.units))["steps"]


ASK = {"at": date(2025, 3, 3), "by": "li", "do": "ask", "with": {"holder": "chen"}}
ANOTHER = {"at": "2025-03-04T09:00", "by": "keeper", "do": "ask_for_another"}


def test_a_step_that_names_only_a_day_happens_at_nine():
    assert played(ASK)[0]["at"] == "2025-03-03T09:00:00+08:00"


def test_a_case_that_an_act_opens_may_be_refused_and_the_act_stands():
    done, opened = played(ASK, ANOTHER)[1:]
    assert (done["outcome"], opened["case"], opened["outcome"]) == ("done", "main.1", "done")
    done, opened = played({**ASK, "with": {"holder": "chen", "times": 1}}, ANOTHER)[1:]
    assert (done["outcome"], opened["case"], opened["outcome"]) == ("done", "main.1", "refused")


def test_of_two_things_that_happen_by_themselves_the_first_may_make_the_second_impossible():
    steps = played(
        ASK,
        {"at": "2025-03-05T09:00", "by": "chen", "do": "fetch"},
        {"at": "2025-03-06T09:00", "by": "keeper", "do": "lose"},
    )
    assert [step["do"] for step in steps] == ["ask", "fetch", "lose", "write_off"]
