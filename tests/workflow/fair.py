"""集市: a small procedure that the calendar opens once a year in every street, and that counts its stalls by state."""

from workflow.fields import number, unit, units
from workflow.parts import (
    Act,
    Cases,
    Census,
    Deadline,
    Law,
    Link,
    Procedure,
    Role,
    Series,
    State,
    new,
    one_per,
    overdue,
    the,
)  # fmt: skip
from workflow.periods import first_working_monday
from workflow.terms import days

rules = Law("集市办法", since="2024-01-01")


class Booth(Procedure):
    label = "摊位"
    number_prefix = "TW"
    levels = ("community",)

    warden = Role("场管", of=the("street"))
    inspector = Role("督查", of=the("district"))

    taken = State("已占")
    cleared = State("已撤", final=True)

    fair = Link("集市", "fair")

    with rules(2):

        @Act("占位", new >> taken, by=warden)
        def take(case, fair): ...

        @Act("收摊", taken >> cleared, by=warden)
        def clear(case): ...

        clearing = Deadline("JS2", "收摊期限", days(3), runs_in=taken, ladder=overdue.tell(warden, inspector))


class Fair(Procedure):
    label = "集市"
    number_prefix = "JS"
    levels = ("street",)

    warden = Role("场管")

    held = State("开市")
    over = State("散市", final=True)

    street, year, counted = unit("街道"), number("年度"), number("摊位数")
    hosts = units("参加的社区", at_most=3)
    once = one_per(street, year)

    stalls = Census("booth", by="fair")
    every_stall = Cases("booth", by="fair", after=(Booth.clear,))

    with rules(1):

        @Act("开市", new >> held, by=warden, clock_may=True)
        def open_fair(case, hosts):
            case.must(case.name_of(case.unit) != "不办集市的街道", "本街道不办集市。")
            case.street, case.year = case.unit, case.today.year

        yearly = Series(open_fair, each="street", on=first_working_monday(10))

        market = Deadline("JS1", "集市期", days(30), runs_in=held, ladder=overdue.tell(warden))

    with rules(3):

        @Act("散市", held >> over)
        def close_fair(case):
            case.must(case.stalls.total() and not case.stalls.of("taken"), "还有摊位没有收。")
            case.counted = case.stalls.of(Booth.cleared)
