"""Figures: what a case gives to them, on which day, and how so many points come to one number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.life import Life, moment
from tests.workflow.paper import calendar, on_paper
from workflow.fields import choice, day, number, text
from workflow.measuring import Asked, points_of, written
from workflow.parts import (
    Act,
    Deadline,
    Derived,
    Law,
    Mean,
    Measure,
    Median,
    Procedure,
    Recurring,
    Role,
    State,
    Without,
    either,
    new,
    overdue,
    paused_in,
    same,
)
from workflow.proof import contradictions
from workflow.snapshot import CLOCK, Actor, Unit
from workflow.story import TREE
from workflow.terms import days, months, working_days
from workflow.words.measures import Counting, Figure, Point, share

rules = Law("便民修理铺办法", since="2024-01-01")


class Mending(Procedure):
    label, number_prefix = "便民修理", "XL"

    owner = Role("物主", outside=True)
    mender = Role("修理工")
    brought, waiting = State("已送修"), State("等零件", waiting=True)
    mended, given_up = State("已修好", final=True, reopens=True), State("修不了", final=True)
    taken_back = State("已取回", final=True)

    thing, kind = text("物品"), choice("类别", chair="椅", lamp="灯")
    brought_on, price, month = day("送修日", of_act=True), number("费用", optional=True), number("第几月")

    with rules(1):

        @Act("送修", new >> brought, by=owner, via=mender)
        def bring(case, thing, kind, brought_on): ...

        @Act("取回", brought >> taken_back, by=owner, via=mender)
        def take_back(case): ...

        @Act("等零件", brought >> waiting, by=mender)
        def wait(case): ...

        @Act("零件已到", waiting >> brought, by=mender)
        def go_on(case): ...

        @Act("问价", brought >> same, by=mender)
        def ask_price(case, price): ...

        @Act("修好", brought >> mended, by=mender)
        def mend(case): ...

        @Act("修不了", brought >> given_up, by=mender)
        def give_up(case): ...

        @Act("又坏了", mended >> either(brought, same), by=mender)
        def reopen(case):
            return case.brought

        @Act("擦拭", (brought, waiting) >> same, by=mender)
        def clean(case, month): ...

        term = Deadline(
            "XL1",
            "修理期限",
            working_days(5),
            runs_in=(brought, waiting),
            pause=paused_in(waiting),
            ladder=overdue.tell(mender),
        )
        pricing = Deadline("XL2", "报价期限", days(2), runs_in=brought, ends=ask_price, ladder=overdue.tell(mender))
        care = Recurring(
            "XL3",
            "擦拭",
            months(1).since(brought_on),
            runs_in=(brought, waiting),
            met_by=clean,
            number=month,
            waived_in=waiting,
            ladder=overdue.tell(mender),
        )

    was_dear = Derived("百元以上", lambda case: case.price > 100)
    price_said = Derived("费用", lambda case: case.price or None)
    mended_share = Measure("修好率", of=mend, among=(mend, give_up))
    again_share = Measure("返修率", of=reopen, among=mend)
    standing_share = Measure("修好率（现状）", of=mended, among=(mended, given_up))
    dear_share = Measure("百元以上", of=was_dear, among=brought_on, by=kind)
    priced_share = Measure("报价率", of=price, among=bring)
    mended_in_time = Measure("按期修好率", of=term, among=term)
    in_time = Measure("按期率", of=(term, pricing, care), among=(term, pricing, care))
    dear_mended = Measure("百元以上修好率", of=mend, among=bring, where=was_dear)
    mean_price = Mean("平均费用", of=price_said, among=(mend, give_up))
    days_taken = Median("送修到修好的天数", begin=brought_on, until=mend)
    idle_streets = Without("三个月没有修好一件的街道", mend, months(3), level="street")


MENDER = Actor("mo", "mender", "street")
ASKED = Asked(date(2025, 1, 1), date(2025, 12, 31), tuple(TREE.values()), calendar())


def brought(on: str = "2025-03-03", kind: str = "chair") -> Life:
    life = Life(Mending)
    life.act(f"{on}T09:00", Actor("li", "owner"), "bring", via=MENDER, thing="旧椅子", kind=kind)
    return life


def did(trigger: str, on: str, life: Life | None = None, **form: Any) -> Life:
    life = life or brought()
    life.act(f"{on}T10:00", MENDER, trigger, **form)
    return life


def points(life: Life, measure: str, at: str = "2025-12-31") -> list[Point]:
    now = moment(f"{at}T12:00")
    case = Mending(life.case, life.facts, CLOCK, now.date(), now)
    return [point for point in points_of(case) if point.measure == measure]


def values(life: Life, measure: str, at: str = "2025-12-31") -> list[tuple[str, Any]]:
    return [(point.on.isoformat(), point.value) for point in points(life, measure, at)]


def test_the_fixture_has_no_contradiction() -> None:
    assert list(contradictions(Mending)) == []


# Acts, states, days


def test_an_act_that_has_not_been_done_gives_nothing() -> None:
    assert not values(brought(), "mended_share")
    assert not values(brought(), "again_share")


def test_an_act_counted_among_others_is_one_and_the_others_are_none() -> None:
    assert values(did("mend", "2025-03-05"), "mended_share") == [("2025-03-05", 1)]
    assert values(did("give_up", "2025-03-05"), "mended_share") == [("2025-03-05", 0)]


def test_an_act_counted_among_another_is_asked_of_the_whole_case() -> None:
    life = did("mend", "2025-03-05")
    assert values(life, "again_share") == [("2025-03-05", 0)]
    assert values(did("reopen", "2025-04-01", life), "again_share") == [("2025-03-05", 1)]


def test_a_state_counts_while_the_case_stands_there_since_the_last_act_that_leads_to_it() -> None:
    life = did("mend", "2025-03-05")
    assert values(life, "standing_share") == [("2025-03-05", 1)]
    assert not values(did("reopen", "2025-04-01", life), "standing_share")


def test_a_day_on_file_and_a_line_that_is_filled_in_count_too() -> None:
    assert values(did("ask_price", "2025-03-04", price=150), "dear_share") == [("2025-03-03", 1)]
    assert values(brought(), "priced_share") == [("2025-03-03", 0)]
    assert values(did("ask_price", "2025-03-04", price=80), "priced_share") == [("2025-03-03", 1)]


def test_only_the_cases_that_are_asked_for_are_counted() -> None:
    assert not values(did("ask_price", "2025-03-04", price=80), "dear_mended")
    assert values(did("ask_price", "2025-03-04", price=180), "dear_mended") == [("2025-03-03", 0)]


def test_figures_are_told_apart_by_the_lines_that_are_named() -> None:
    assert [point.groups for point in points(brought(kind="lamp"), "dear_share")] == [("lamp",)]


# Terms


def test_a_term_is_kept_where_the_office_leads_the_case_on_by_its_last_day() -> None:
    assert values(did("mend", "2025-03-10"), "mended_in_time") == [("2025-03-10", 1)]
    assert values(did("give_up", "2025-03-10"), "mended_in_time") == [("2025-03-10", 1)]


def test_a_term_that_is_over_is_not_kept_whether_it_still_runs_or_was_done_late() -> None:
    assert values(brought(), "mended_in_time", at="2025-03-10") == []
    assert values(brought(), "mended_in_time", at="2025-03-11") == [("2025-03-10", 0)]
    assert values(did("mend", "2025-03-12"), "mended_in_time") == [("2025-03-10", 0)]


def test_a_term_that_stands_still_has_not_fallen_due() -> None:
    assert values(did("wait", "2025-03-05"), "mended_in_time") == []


def test_what_a_resident_ends_in_time_is_no_merit_of_the_office() -> None:
    life = brought()
    life.act("2025-03-05T10:00", Actor("li", "owner"), "take_back", via=MENDER)
    assert values(life, "mended_in_time") == []


def test_a_term_with_an_act_of_its_own_is_kept_by_that_act_alone() -> None:
    assert [point.what for point in points(did("mend", "2025-03-04"), "in_time")] == ["term"]
    asked = did("mend", "2025-03-05", did("ask_price", "2025-03-04", price=8))
    assert {point.what: point.value for point in points(asked, "in_time")} == {"term": 1, "pricing": 1}
    late = did("mend", "2025-03-07", did("ask_price", "2025-03-06", price=8))
    assert {point.what: point.value for point in points(late, "in_time")} == {"term": 1, "pricing": 0}
    left = did("mend", "2025-03-07")
    assert {point.what: point.value for point in points(left, "in_time")} == {"term": 1, "pricing": 0}


def test_a_recurring_duty_counts_once_a_period_and_not_where_it_is_waived() -> None:
    life = did("clean", "2025-04-03", month=1)
    life.until("2025-06-10T09:00")
    care = [point for point in points(life, "in_time", at="2025-06-10") if point.what == "care"]
    assert [(point.on.isoformat(), point.value) for point in care] == [
        ("2025-04-03", 1),
        ("2025-05-03", 0),
        ("2025-06-03", 0),
    ]
    away = did("wait", "2025-03-04")
    away.until("2025-04-20T09:00")
    assert not [point for point in points(away, "in_time", at="2025-04-20") if point.what == "care"]


# From points to figures


def figure(name: str, *points: Point, asked: Asked = ASKED) -> Figure:
    return asked.figure(Mending.measures[name], points)


def one(measure: str, value: Any, on: str = "2025-06-01", unit: str = "street") -> Point:
    return Point(measure, unit, date.fromisoformat(on), value)


def test_a_share_is_so_many_of_so_many_and_of_nothing_it_is_nothing() -> None:
    assert figure("mended_share", *(one("mended_share", value) for value in (1, 0, 1))) == Figure(Fraction(2, 3), 3, 2)
    assert figure("mended_share", one("again_share", 1)) == Figure(None, 0)


def test_only_the_days_asked_for_count_the_first_and_the_last_included() -> None:
    ends = [one("mended_share", 1, on) for on in ("2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01")]
    assert figure("mended_share", *ends).among == 2


def test_the_middle_of_an_even_number_lies_between_the_two() -> None:
    assert figure("days_taken", *(one("days_taken", value) for value in (3, 10, 4, 6))).value == 5
    assert figure("days_taken").value is None
    assert values(did("mend", "2025-03-13"), "days_taken") == [("2025-03-13", 10)]
    assert not values(did("give_up", "2025-03-13"), "days_taken")


def test_a_mean_is_exact_and_leaves_out_what_has_no_number() -> None:
    found = figure("mean_price", one("mean_price", Decimal("0.1")), one("mean_price", Decimal("0.2")))
    assert (found.value, figure("mean_price").value) == (Fraction(3, 20), None)
    assert values(did("mend", "2025-03-05"), "mean_price") == []
    priced = did("mend", "2025-03-05", did("ask_price", "2025-03-04", price=30))
    assert values(priced, "mean_price") == [("2025-03-05", 30)]


def test_units_without_are_those_of_the_level_from_which_nothing_came_for_so_long() -> None:
    two = replace(ASKED, units=(*ASKED.units, Unit("other", "另一街道", "street", "district")))
    recent, before = one("idle_streets", 1, "2025-10-01"), one("idle_streets", 1, "2025-09-30")
    assert figure("idle_streets", recent, asked=two) == Figure(Fraction(1, 2), 2, 1)
    assert figure("idle_streets", before, asked=two) == Figure(Fraction(1), 2, 2)
    assert values(did("mend", "2025-03-13"), "idle_streets") == [("2025-03-13", 1)]


@given(st.lists(st.booleans(), min_size=1))
def test_a_share_lies_between_nothing_and_all(kept: list[bool]) -> None:
    found = share(sum(kept), len(kept))
    assert found.value is not None
    assert 0 <= found.value <= 1


@given(st.lists(st.dates(date(2025, 1, 1), date(2025, 12, 31)), max_size=30), st.integers(1, 364))
def test_two_halves_of_a_period_count_together_what_the_whole_counts(on: list[date], cut: int) -> None:
    found = [Point("mended_share", "street", each, each.day % 2) for each in on]
    middle = ASKED.first + timedelta(days=cut)
    halves = (replace(ASKED, last=middle - timedelta(days=1)), replace(ASKED, first=middle))
    parts = [figure("mended_share", *found, asked=half) for half in halves]
    whole = figure("mended_share", *found)
    assert (sum(each.of for each in parts), sum(each.among for each in parts)) == (whole.of, whole.among)


@pytest.mark.parametrize(
    ("name", "found", "text"),
    [
        ("mended_share", share(3, 4), "3/4"), ("mended_share", share(0, 0), ""), ("idle_streets", share(1, 2), "1/2"),
        ("days_taken", Figure(Fraction(9, 2), 2), "4.5"), ("mean_price", Figure(Fraction(30), 1), "30"),
    ],
)  # fmt: skip
def test_a_story_writes_a_share_as_a_fraction_and_a_number_as_itself(name: str, found: Figure, text: str) -> None:
    measure: Counting = Mending.measures[name]
    assert written(measure, found) == text


def test_a_story_says_what_the_figures_come_to() -> None:
    step = {"at": "2025-03-03T09:00", "do": "bring", "by": "mender", "with": {"thing": "旧椅子", "kind": "chair"}}
    story = {
        "procedure": "mending",
        "steps": [step, {"at": "2025-03-06T09:00", "do": "mend", "by": "mender"}],
        "expect": [
            {"after": 1, "measures": {"mended_share": ""}},
            {"measures": {"mended_share": "1/1", "days_taken": 3, "mended_in_time": "0/1"}},
        ],
    }
    assert on_paper(story, {"mending": Mending})["unmet"] == ["第2步 measures.mended_in_time：应为 0/1，实为 "]
