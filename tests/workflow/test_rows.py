"""A clock for each row of a table, and a resident in each who speaks for himself alone."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workflow.bazaar import Bazaar
from tests.workflow.life import Life
from tests.workflow.paper import calendar
from workflow import record
from workflow.fields import day, number, rows, text
from workflow.parts import (
    Act,
    Deadline,
    Law,
    Procedure,
    Role,
    Setting,
    State,
    at_once,
    each_of,
    local,
    new,
    overdue,
    same,
)  # fmt: skip
from workflow.permission import works_on
from workflow.proof import contradictions
from workflow.receipts import receipt
from workflow.refusals import Refused
from workflow.residents import residents
from workflow.snapshot import Actor
from workflow.standing import standing
from workflow.terms import until

HOST = Actor("host", "host", "street")
WARDEN = Actor("first", "warden", "street")
STALLS = [
    {"name": "张兰", "phone": "13800000001", "pay_by": "2026-03-10"},
    {"name": "李明", "helper": "小李", "pay_by": "2026-03-08"},
    {"name": "王五"},
]
rule = Law("规则", since="2024-01-01")


def holder(n: int) -> Actor:
    return Actor(f"holder_{n}", "holder")


def planned(**settings) -> Life:
    life = Life(Bazaar, **settings)
    life.act("2026-03-02T09:00", HOST, "plan", stalls=STALLS)
    return life


def refused(life: Life, at: str, by: Actor, trigger: str, via=None, **form) -> set[str]:
    with pytest.raises(Refused) as found:
        life.act(at, by, trigger, via=via, **form)
    return {each.code for each in found.value.refusals}


# A clock for each row


def test_every_row_with_a_day_has_a_clock_of_its_own_under_its_number():
    life = planned()
    assert {row.code: row.due_on for row in life.case.clocks if row.id == "paying"} == {
        "JS2-1": date(2026, 3, 10), "JS2-2": date(2026, 3, 8),
    }  # fmt: skip


def test_a_clock_is_met_by_the_act_that_carries_its_number_and_by_no_other():
    life = planned()
    life.act("2026-03-03T09:00", holder(2), "pay", stall_no=2)
    assert (life.clock("JS2-1").status, life.clock("JS2-2")) == ("running", None)
    life.act("2026-03-03T10:00", holder(3), "pay", stall_no=3)
    assert life.clock("JS2-1").due_on == date(2026, 3, 10)


def test_a_row_whose_day_is_moved_dates_its_clock_anew_and_no_other():
    life = planned()
    life.act("2026-03-05T09:00", HOST, "move", stall_no=1, moved_to="2026-03-17")
    first, second = life.clock("JS2-1"), life.clock("JS2-2")
    assert (first.due_on, [move.kind for move in first.moves]) == (date(2026, 3, 17), ["redate"])
    assert (second.due_on, second.moves) == (date(2026, 3, 8), ())


def test_what_a_clock_does_at_once_it_does_once_however_often_its_end_is_moved():
    class Borrowed(Procedure):
        clerk = Role("办事员")
        lent, returned = State("已借出"), State("已归还", final=True)
        back_by = day("归还日")
        with rule(1):

            @Act("借出", new >> lent, by=clerk)
            def lend(case, back_by): ...

            @Act("改期", lent >> same, by=clerk)
            def put_off(case, back_by): ...

            @Act("归还", lent >> returned, by=clerk)
            def give_back(case): ...

            due_back = Deadline("JY", "归还期限", until(back_by), runs_in=lent,
                ladder=(at_once.tell(clerk), overdue.tell(clerk)))  # fmt: skip

    life, clerk = Life(Borrowed), Actor("wang", "clerk", "street")
    life.act("2026-03-02T09:00", clerk, "lend", back_by="2026-03-04")
    climbed = [made.rung for made in life.until("2026-03-03T09:00")]
    life.act("2026-03-03T10:00", clerk, "put_off", back_by="2026-03-06")
    assert climbed + [made.rung for made in life.until("2026-03-07T09:00")] == ["at_once:JY", "overdue:JY"]


def test_a_row_that_loses_its_day_or_goes_ends_its_clock_without_being_met():
    life = planned()
    life.act("2026-03-05T09:00", HOST, "move", stall_no=1)
    life.act("2026-03-05T10:00", HOST, "drop_last")
    life.act("2026-03-05T11:00", HOST, "drop_last")
    ended = {row.code: row.ended for row in life.case.clocks if row.id == "paying"}
    assert ended == {"JS2-1": "left", "JS2-2": "left"}


def test_a_row_is_told_of_by_its_own_ladder():
    life = planned()
    told = [(made.rung, made.told[0].role) for made in life.until("2026-03-12T09:30")]
    assert told == [
        ("warn:JS2-2", "holder"), ("warn:JS2-1", "holder"), ("overdue:JS2-2", "host"), ("after:JS2-2", "warden"),
        ("overdue:JS2-1", "host"), ("after:JS2-1", "warden"),
    ]  # fmt: skip


def test_the_receipt_of_a_row_names_its_day_and_counts_nothing():
    told = receipt("Deadline", planned().clock("JS2-2"), calendar(), event="发起")
    assert told.sentence == "3月2日发起，期限为指定的3月8日。"
    assert (told.total, told.rows[-1].on) == (0, date(2026, 3, 8))


def test_the_clocks_of_rows_are_dumped_and_loaded_like_any_other():
    case = planned().case
    assert record.load(Bazaar, record.dump(Bazaar, case)) == case


def test_the_print_says_for_each_row():
    assert "JS2 交费期限: Deadline 至pay_by 逐项stalls" in standing(Bazaar, "planned")


def test_what_is_said_of_rows_is_proved_at_load():
    class Wrong(Procedure):
        clerk = Role("办事员")
        nobody = Role("某人", among=each_of("x", "who"), named="items")
        opened, closed = State("已开"), State("已结", final=True)
        items = rows("事项", what=text("事项"), due_on=day("期限"))
        item_no, lone = number("第几项"), day("日期")
        with rule(1):

            @Act("开", new >> opened, by=clerk)
            def open_(case, items): ...

            @Act("做", opened >> same, by=clerk)
            def do(case, lone): ...

            @Act("结", opened >> closed, by=clerk)
            def close(case): ...

            first = Deadline("A", "甲", until("due_on"), each=lone, met_by=do, number=item_no, runs_in=opened)
            second = Deadline("B", "乙", until("what"), each=items, met_by=do, number=item_no, runs_in=opened)
            third = Deadline("C", "丙", until("due_on"), each=items, runs_in=opened)

    told = {each.sentence for each in contradictions(Wrong)}
    assert {
        "A (first) runs for each row of <Field lone day 日期>, which is no table of the file",
        "B (second) names no day in the rows of items",
        "B (second) is met by no act that carries the number of its row",
        "C (third) is met by no act that carries the number of its row",
        "nobody is an office, and a row of a table holds no post",
        "nobody is found by who, which is no column of x",
        "nobody is named in items, which names nobody",
    } <= told


# A resident in each row


def test_a_resident_acts_under_the_id_of_his_row():
    life = planned()
    known = residents(Bazaar, life.case.data)
    assert {id_: each.name for id_, each in known.items()} == {
        "holder_1": "张兰", "holder_2": "李明", "holder_3": "王五", "helper_2": "小李",
    }  # fmt: skip
    assert known["holder_1"].phone == "13800000001"
    life.act("2026-03-02T10:00", holder(1), "promise")
    assert life.case.hands["holder"] == {"holder_1"}


@pytest.mark.parametrize("who", ["holder_4", "holder_0", "holder_", "holder", "", "helper_1", "张兰"])
def test_whoever_is_in_no_row_is_nobody(who):
    life = planned()
    for role in ("holder", "helper"):
        assert refused(life, "2026-03-02T10:00", Actor(who, role), "promise") == {"NotAllowed"}
        assert refused(life, "2026-03-02T10:00", Actor(who, role), "promise", via=HOST) == {"NotAllowed"}


def test_one_role_of_a_row_is_not_the_other():
    assert refused(planned(), "2026-03-02T10:00", Actor("helper_2", "holder"), "promise") == {"NotAllowed"}


def test_an_office_may_be_recorded_for_by_nobody():
    assert refused(planned(), "2026-03-02T10:00", Actor("x", "warden", "street"), "promise", via=HOST) == {"NotAllowed"}


def test_a_code_is_given_to_whom_the_act_says():
    assert planned().decisions[-1].given == ("holder_1", "helper_2", "holder_3")


# What is secret, and a length by a setting


def test_only_whoever_does_more_than_look_works_on_a_case():
    life = planned()
    for n in (1, 2, 3):
        life.act("2026-03-02T10:00", holder(n), "promise")
    life.act("2026-03-02T11:00", HOST, "assign", wardens=["first"])
    looker = Actor("looker", "host", "street")
    life.act("2026-03-02T12:00", WARDEN, "watch", diary="一切正常")
    life.act("2026-03-02T13:00", looker, "look", why="核对")
    seen = {person: works_on(person, Bazaar, life.case) for person in ("host", "first", "looker", "second")}
    assert seen == {"host": True, "first": True, "looker": False, "second": False}


def test_whoever_is_named_for_something_works_on_a_case_before_he_has_acted():
    life = planned()
    named = {"wardens": ("second",), "relatives": ("third",)}
    life.case = replace(life.case, data={**life.case.data, **named})
    assert works_on("second", Bazaar, life.case)
    assert not works_on("third", Bazaar, life.case)


def test_what_is_shown_must_be_a_secret_line():
    class Shown(Procedure):
        clerk = Role("办事员")
        opened, closed = State("已开"), State("已结", final=True)
        note = text("备注", optional=True)
        with local("办法"):

            @Act("开", new >> opened, by=clerk)
            def open_(case, note): ...

            @Act("看", opened >> same, by=clerk, reveals=note)
            def look(case): ...

            @Act("结", opened >> closed, by=clerk)
            def close(case): ...

    assert "look reveals <Field note text 备注>, which is no secret line of the file" in {
        each.sentence for each in contradictions(Shown)
    }


@pytest.mark.parametrize(("mode", "due"), [("month", date(2026, 4, 2)), ("weeks", date(2026, 3, 16))])
def test_a_setting_chooses_the_length_of_a_term(mode, due):
    assert planned(opening_mode=mode).clock("JS1").due_on == due


def test_a_setting_of_words_takes_one_of_its_words():
    chosen = Setting("算法", "month", one_of=("month", "weeks"))
    assert (chosen.allows("weeks"), chosen.allows("year"), chosen.allows(3)) == (True, False, False)
