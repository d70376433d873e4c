"""What a case reads of registers, of other cases and of anonymous forms; and what it reads before there is anything."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.workflow.garden import Garden
from tests.workflow.life import moment
from tests.workflow.paper import calendar, on_paper
from workflow.fields import choice, number, person, text, unit
from workflow.parts import (
    Act,
    Card,
    Cases,
    Entries,
    Law,
    Poll,
    Procedure,
    Register,
    Role,
    Roster,
    State,
    in_turn,
    new,
    same,
)
from workflow.questions import Entry
from workflow.snapshot import CLOCK, CaseSnapshot, Facts
from workflow.story import TREE
from workflow.words.outside import REGISTERS, Line

Step = tuple[str, dict[str, Any]]

rules = Law("积分簿办法", since="2024-01-01")


class Points(Procedure):
    label, number_prefix = "积分簿", "JF"

    member = Role("社员", outside=True)
    keeper, checker = Role("干事"), Role("复核")
    opened, closed = State("已开簿"), State("已结簿", final=True)

    who, other = person("社员"), person("另一社员")
    club, kind = unit("社团"), choice("类别", tea="茶", chess="棋")
    parties = (who,)
    balance, latest, since_on = number("结余"), number("最近一笔"), text("最近一笔日期", optional=True)

    points = Register("积分", why=text("事由"), club=unit("社团"))
    own = Entries("积分", points, about=who)
    last = Card("最近一笔", points, of=who)
    theirs, of_theirs = Card("另一人最近一笔", points, of=other), Entries("另一人积分", points, about=other)
    of_the_club = Roster("同社团的积分", points, "club", same=club)
    alike = Cases("points", same=(kind,))
    forms = Poll("意见", {"good": "满意"}, by=member, open_in=opened)

    with rules(1):

        @Act("开簿", new >> opened, by=keeper)
        def begin(case, who): ...

        @Act("记一笔", opened >> same, by=keeper)
        def earn(case, amount=number("分"), why_=text("事由")):
            case.enter(case.points, case.who, amount=amount, why=why_, club=case.unit)

        @Act("结算", opened >> same, by=keeper)
        def settle(case):
            case.balance, case.latest, case.since_on = case.own.total, case.last.amount, str(case.last.since)

        @Act("发票", opened >> same, by=keeper)
        def hand_out(case):
            case.must(not case.forms, "已经发过{n}份。", n=case.forms.asked)
            case.must(not case.alike, "同类已有{n}本。", n=len(case.alike))
            case.forms.hand_out(3)

        @Act("问另一人", opened >> closed, by=in_turn(keeper, checker))
        def ask_other(case, *, other):
            case.must(not case.theirs and not case.of_theirs, "另一人有积分。")

        @Act("问社团", opened >> closed, by=in_turn(keeper, checker))
        def ask_club(case, *, club):
            case.must(not case.of_the_club, "社团有积分。")

        @Act("问类别", opened >> closed, by=in_turn(keeper, checker))
        def ask_kind(case, *, kind):
            case.must(not case.alike, "已有同类的积分簿。")


def played(*steps: Step, **expected: Any) -> dict[str, Any]:
    """A book of Li's, begun on 3 March 2025, and one step a day; `expected` is the file at its end."""
    told = [("begin", {"with": {"who": "li"}}), *steps]
    days = [{"at": f"2025-03-{3 + n:02}T09:00", "do": do, "by": "keeper", **said} for n, (do, said) in enumerate(told)]
    expect = [{"after": len(days), "case": "main", "data": expected}] if expected else []
    people = {"li": {"role": "member"}, "mo": {"role": "member"}}
    story = {"procedure": "points", "people": people, "steps": days, "expect": expect}
    answer: dict[str, Any] = on_paper(story, {"points": Points})
    return answer


def earned(amount: int) -> Step:
    return "earn", {"with": {"amount": amount, "why_": "值守"}}


def test_a_register_declared_in_a_procedure_bears_its_name() -> None:
    assert REGISTERS["points.points"] is Points.points


def test_entries_count_together_and_the_card_is_the_last_of_them() -> None:
    told = played(earned(5), earned(2), ("settle", {}), balance=7, latest=2, since_on="2025-03-05")
    assert told["unmet"] == []


def test_where_there_is_no_entry_a_line_is_false_and_empty() -> None:
    assert played(("settle", {}), balance=0, latest=0, since_on="None")["unmet"] == []


def test_a_line_has_the_columns_of_its_register_alone() -> None:
    line = Line(Points.points, Entry("points.points", "li", date(2025, 3, 3), values={"why": "值守"}))
    assert (line.about, line.why, line.club) == ("li", "值守", "")
    assert Points.points.load({"why": "值守", "rank": 3}) == {"why": "值守"}
    with pytest.raises(AttributeError, match="积分 has no column rank"):
        _ = line.rank
    assert Line(Points.points, None).about == ""


def test_codes_are_handed_out_once_and_cases_that_agree_in_nothing_yet_are_none() -> None:
    *_, first, second = played(("hand_out", {}), ("hand_out", {}))["steps"]
    assert first["outcome"] == "done"
    assert [each["message"] for each in second["refusals"]] == ["已经发过3份。"]


@pytest.mark.parametrize(
    ("trigger", "said"),
    [("ask_other", {"other": "mo"}), ("ask_club", {"club": "street"}), ("ask_kind", {"kind": "tea"})],
)
def test_nothing_outside_is_asked_about_what_a_later_hand_will_say(trigger: str, said: dict[str, Any]) -> None:
    *_, first, second = played((trigger, {}), (trigger, {"by": "checker", "with": said}))["steps"]
    assert (first["outcome"], first["state"]) == ("signed", "opened")
    assert (second["outcome"], second["state"]) == ("done", "closed")


def test_what_is_no_number_is_refused_before_it_is_counted() -> None:
    told = played(("earn", {"with": {"amount": "两分", "why_": "值守"}}))
    assert [each["code"] for each in told["steps"][-1]["refusals"]] == ["InvalidData"]


def test_a_case_of_another_procedure_is_no_link() -> None:
    """Whoever gives the number of some other case is told what he would be told of none."""
    other = CaseSnapshot("other", "points", unit="street", state="opened")
    facts = Facts(TREE, calendar(), linked={"other": other})
    case = CaseSnapshot("main", "garden", unit="street", data={"swap_with": "other"})
    assert not Garden(case, facts, CLOCK, date(2025, 3, 3), moment("2025-03-03T09:00")).swap_with
