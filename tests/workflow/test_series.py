"""What the calendar opens: on which days, one case a period, and never what nobody could make up for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.fair import Booth, Fair
from tests.workflow.paper import calendar, on_paper
from workflow.fields import number, text
from workflow.parts import Act, Law, Procedure, Role, Series, State, new, one_per
from workflow.periods import first_working_monday
from workflow.proof import contradictions
from workflow.standing import standing

DAYS = st.dates(date(2021, 1, 1), date(2028, 12, 31))
rules = Law("某办法", since="2020-01-01")


@pytest.mark.parametrize(
    ("month", "year", "on"),
    [(11, 2025, "2025-11-03"), (11, 2026, "2026-11-02"), (10, 2024, "2024-10-14"), (5, 2023, "2023-05-08")],
)
def test_the_first_monday_on_which_people_work_is_found_behind_a_holiday(month, year, on):
    assert first_working_monday(month).of(year, calendar()) == date.fromisoformat(on)


@given(DAYS, st.integers(1, 12))
def test_the_next_day_is_later_a_working_monday_and_the_next_one_from_every_day_before_it(day, month):
    period = first_working_monday(month)
    found = period.after(day, calendar())
    assert found > day
    assert (found.weekday(), calendar().is_working(found)) == (0, True)
    assert period.after(found - timedelta(days=1), calendar()) == found


def faults(procedure):
    return " ".join(each.sentence for each in contradictions(procedure))


def test_a_series_that_says_all_contradicts_nothing():
    assert "series" not in faults(Fair)
    assert "yearly" not in faults(Fair)


class Nobody(Procedure):
    label, number_prefix, levels = "无人可补", "WR", ("street",)
    clerk = Role("办事员")
    begun = State("已开", final=True)
    year = number("年度")
    once = one_per(year)
    with rules(1):

        @Act("开", new >> begun)
        def begin(case): ...

        yearly = Series(begin, each="street", on=first_working_monday(3))


class Asking(Procedure):
    label, number_prefix = "还要填", "TX"
    clerk = Role("办事员")
    begun = State("已开", final=True)
    with rules(1):

        @Act("开", new >> begun, by=clerk)
        def begin(case, why=text("事由")): ...

        yearly = Series(begin, each="branch", on=first_working_monday(3))


class Elsewhere(Procedure):
    label, number_prefix = "不是立案", "BS"
    clerk = Role("办事员")
    begun, ended = State("已开"), State("已完", final=True)
    year = number("年度")
    once = one_per(year)
    with rules(1):

        @Act("开", new >> begun, by=clerk)
        def begin(case): ...

        @Act("完", begun >> ended, by=clerk)
        def end_it(case): ...

        yearly = Series(end_it, each="street", on=first_working_monday(3))


@pytest.mark.parametrize(
    ("procedure", "wrong"),
    [
        (Nobody, "nobody can make up for a refusal"),
        (Asking, "begin asks for why"),
        (Asking, "needs the procedure to say one case a what"),
        (Asking, "opens at each branch"),
        (Elsewhere, "opens no case of this procedure"),
    ],
)
def test_a_series_is_refused_at_load_for(procedure, wrong):
    assert wrong in faults(procedure)


def test_the_print_says_who_else_may_open_it():
    assert "open_fair 开市: warden／日历 → held" in standing(Fair)
    assert "yearly 每年10月第一个上班的周一: 每个street 办理 open_fair" in standing(Fair)


def test_who_holds_the_post_in_another_street_may_not_act():
    story = {
        "procedure": "fair",
        "units": {"other": {"level": "street", "parent": "district", "name": "外街道"}},
        "people": {"warden": {"role": "warden", "unit": "street"}, "foreign": {"role": "warden", "unit": "other"}},
        "steps": [
            {"at": "2024-03-04T09:00", "by": "warden", "do": "open_fair", "with": {"hosts": ["community"]}},
            {"at": "2024-03-04T10:00", "by": "warden", "do": "take", "procedure": "booth", "case": "tea",
             "with": {"fair": "main"}},
            {"at": "2024-03-04T11:00", "by": "foreign", "do": "clear", "case": "tea"},
        ],
    }  # fmt: skip
    *_, last = on_paper(story, {"fair": Fair, "booth": Booth})["steps"]
    assert [each["code"] for each in last["refusals"]] == ["NotAllowed"]
