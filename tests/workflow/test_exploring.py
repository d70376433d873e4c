"""Lives that go on from one another: what they vary, where they begin, and what they never reach."""

from datetime import date
from random import Random

from tests.workflow.fair import Booth, Fair
from tests.workflow.garden import Garden
from tests.workflow.paper import calendar
from tests.workflow.season import Borrowing, Club, Season
from workflow.exploring import SIBLINGS, company, otherwise, unreached, varied
from workflow.fields import choice, id_number, number, people, text
from workflow.fields import day as day_
from workflow.lives import START, Life, in_force_from
from workflow.mending import Mending
from workflow.parts import Act, Deadline, Law, Procedure, Role, Setting, State, new, overdue
from workflow.refusals import Refusal
from workflow.snapshot import CaseSnapshot, Facts
from workflow.story import TREE
from workflow.terms import days

FACTS = Facts(TREE, calendar())
HOUSE = {each.id: each for each in (Fair, Booth, Season, Club, Borrowing, Garden)}
later = Law("后来的办法", since="2027-03-01")
ended = Law("早先的办法", since="2019-01-01", until="2020-01-01")


class Later(Procedure):
    """Nothing of it is in force when lives mostly begin, and one act hangs on a setting."""

    label, number_prefix = "后来", "HL"
    clerk = Role("办事员")
    opened, closed, kept = State("已开"), State("已结", final=True), State("已留", final=True)
    may_keep = Setting("可以留存", False)

    with later(1):

        @Act("开", new >> opened, by=clerk)
        def open_(case, born_on=day_("出生日"), id_no=id_number("身份证号")):
            case.must(born_on.isoformat() == f"{id_no[6:10]}-{id_no[10:12]}-{id_no[12:14]}", "与身份证号不符。")

        @Act("结", opened >> closed, by=clerk)
        def close(case): ...

        @Act("留", opened >> kept, by=clerk)
        def keep(case):
            case.must(case.may_keep, "本处不留存。")

        term = Deadline("H1", "期限", days(3), runs_in=opened, ladder=overdue.tell(clerk))


class Ended(Procedure):
    label, number_prefix = "早先", "ZX"
    clerk = Role("办事员")
    opened = State("已开", final=True)

    with ended(1):

        @Act("开", new >> opened, by=clerk)
        def open_(case): ...


def test_lives_begin_where_the_law_is_in_force():
    assert in_force_from(Later).date() == date(2027, 3, 1)
    assert in_force_from(Garden) == in_force_from(Ended) == START
    assert Life(Later, Random(1), FACTS).live(3).steps[0].at.date() >= date(2027, 3, 1)


def test_what_hangs_on_a_setting_and_on_a_day_that_follows_from_another_line_is_reached():
    assert unreached(Later, FACTS, 12) == set()


def test_lives_are_led_among_those_that_open_the_cases():
    assert company(Club, HOUSE) == (Season, Borrowing)
    assert company(Garden, HOUSE) == ()
    assert unreached(Club, FACTS, 25, house=HOUSE) == set()


def test_settings_are_varied_within_their_bounds():
    kinds = {
        "switch": Setting("开关", False), "free": Setting("天数", 9), "word": Setting("方式", "a", one_of=("a", "b")),
        "bounded": Setting("次数", 3, at_least=2, at_most=4), "name": Setting("名字", "某处"),
    }  # fmt: skip
    seen = {name: {otherwise(each, Random(seed)) for seed in range(40)} for name, each in kinds.items()}
    assert seen["switch"] == {True}
    assert seen["word"] == {"a", "b"}
    assert seen["bounded"] == {2, 3, 4}
    assert seen["name"] == {"某处"}
    assert seen["free"] <= set(range(4, 15))
    assert any(dict(varied(Later, Random(seed))) == {"may_keep": True} for seed in range(9))


def mending(fields, refusals, case=None):
    return Mending(Random(3), fields, case, ["zhang"], [*TREE, *SIBLINGS], lambda _: "x", refusals)


def test_a_form_is_mended_in_the_lines_that_the_refusals_name():
    name, colour, sure = text("名字", id="name"), choice("颜色", red="红"), text("可不填", id="sure", optional=True)
    wrong = Refusal("InvalidData", "不对", {}, "name")
    made = mending([name, colour, sure], lambda form: [] if form.get("name") == "x" else [wrong])
    assert made.mended({"name": "y", "colour": "red"})["colour"] == "red"


def test_a_form_that_nothing_mends_is_handed_in_as_it_is():
    made = mending(
        [number("几个", id="many")], lambda _: [Refusal("GuardsFailed", "不行", {"n": 7, "first": "2026-01-01"})]
    )
    assert set(made.mended({"many": 1})) == {"many"}
    assert mending([], lambda _: [Refusal("GuardsFailed", "不行")]).mended({}) == {}


def test_values_near_at_hand_are_what_the_case_knows():
    case = CaseSnapshot(
        "main",
        "garden",
        unit="street",
        data={
            "who": "zhang",
            "at": "branch",
            "many": (1, 2),
            "rows": ({"name": "甲", "age": 3}, {"name": "乙"}),
            "on": date(2026, 1, 2),
        },
    )
    made = mending([people("谁")], lambda _: [], case)
    known = list(case.data.values())
    assert "2026-01-02" in set(made.near("day", known))
    assert set(made.near("number", [*known, 40])) == {0, 1, 2, 3, 40}
    assert list(made.near("names", known)) == [["甲", "乙"]]
    assert set(made.near("person", known)) == {"zhang"}
    assert set(made.near("unit", known)) == {"branch", "street"}
    assert set(made.near("text", known)) == set()
