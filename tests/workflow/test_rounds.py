"""What happens by itself comes to rest, on paper and by proof."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.workflow.life import Life, moment
from workflow.fields import number, yes_no
from workflow.parts import Act, Cases, Law, Procedure, Register, Role, State, new, same
from workflow.proof import contradictions
from workflow.rehearsal import Rehearsal
from workflow.snapshot import CLOCK, Actor
from workflow.story import Step, Story

rule = Law("规则", since="2024-01-01")
CLERK = Actor("wu", "clerk", "street")


class Weather(Procedure):
    """To and fro under conditions that exclude each other: nobody but the clerk changes the weather."""

    label, number_prefix = "天气", "TQ"
    clerk = Role("办事员")
    dry, wet, closed = State("晴"), State("雨"), State("已结", final=True)
    rainy = yes_no("下雨")

    with rule(1):

        @Act("开", new >> dry, by=clerk)
        def open_(case, rainy): ...

        @Act("停", dry >> wet)
        def stop(case):
            case.must(case.rainy, "须下雨。")

        @Act("续", wet >> dry)
        def go_on(case):
            case.must(not case.rainy, "须天晴。")

        @Act("结", (dry, wet) >> closed, by=clerk)
        def close(case): ...


class Restless(Procedure):
    """Two acts by themselves that change nothing: no proof would let them pass."""

    label, number_prefix = "不息", "BX"
    clerk = Role("办事员")
    begun, closed = State("已开"), State("已结", final=True)
    counted = number("次数")

    with rule(1):

        @Act("开", new >> begun, by=clerk)
        def open_(case): ...

        @Act("自转", begun >> same)
        def spin(case):
            case.must(case.open_, "须已开。")

        @Act("对转", begun >> same)
        def turn(case):
            case.must(case.open_, "须已开。")

        @Act("数三", begun >> same)
        def count(case):
            case.must(case.counted < 3, "数满了。")
            case.counted = case.counted + 1

        @Act("跟随", begun >> same)
        def follow(case):
            case.must(case.spin, "须已转。")
            case.must(not case.follow, "已跟随。")

        @Act("结", begun >> closed, by=clerk)
        def close(case): ...


class Crier(Procedure):
    """Tells the world outside, and asks it what it was told."""

    label, number_prefix = "传告", "CG"
    clerk = Role("办事员")
    begun, closed = State("已开"), State("已结", final=True)
    told = Register("传告簿")
    others = Cases("crier", by="", same=())

    with rule(1):

        @Act("开", new >> begun, by=clerk)
        def open_(case): ...

        @Act("登记", begun >> same)
        def cry(case):
            case.must(not case.others, "已有。")
            case.enter(case.told, case.unit)

        @Act("结", begun >> closed, by=clerk)
        def close(case): ...


def rounds(procedure):
    return [each.sentence for each in contradictions(procedure) if "round for ever" in each.sentence]


def test_conditions_that_exclude_each_other_let_nothing_go_round():
    assert rounds(Weather) == []


def test_what_changes_nothing_that_it_asks_goes_round():
    assert [each.split()[0] for each in rounds(Restless)] == ["spin", "turn"]


def test_what_is_told_to_the_world_outside_may_be_what_is_asked():
    assert rounds(Crier) == []


def test_on_paper_what_changes_nothing_happens_once_for_each_change():
    life = Life(Restless)
    story = Story("restless", "", {}, life.facts.units, {"wu": CLERK}, (), ())
    rehearsal = Rehearsal(story, {"restless": Restless}, replace(life.facts))
    rehearsal.act(1, Step(moment("2025-03-03T09:00"), "wu", "open", {}, "main", None, ""))
    times = Counter(each["do"] for each in rehearsal.answers)
    assert (times["count"], times["follow"]) == (3, 1)
    assert times["spin"] == 1 + times["count"]  # once after the opening, and once after all that changes the case


@pytest.mark.parametrize("trigger", ["spin", "turn"])
def test_an_act_by_itself_that_leaves_the_case_as_it_was_asks_for_nothing_again(trigger):
    life = Life(Restless)
    life.act("2025-03-03T09:00", CLERK, "open")
    made = life.act("2025-03-03T09:00", CLOCK, trigger)
    assert {each.trigger for each in made.impulses} <= {"follow"}
