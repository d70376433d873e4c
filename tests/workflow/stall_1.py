"""便民摊点, as it was in the first version of its rules."""

from workflow.fields import choice, day, number, person, text
from workflow.parts import (
    Act,
    Apart,
    Deadline,
    Extension,
    Law,
    Poll,
    Procedure,
    Recurring,
    Register,
    Role,
    Seal,
    State,
    Window,
    after,
    back,
    before,
    in_turn,
    new,
    on_day,
    overdue,
    paused_in,
    same,
)
from workflow.terms import days, months, working_days, years

rules = Law("便民摊点管理办法", since="2024-01-01")


class Stall(Procedure):
    label = "便民摊点"
    number_prefix = "TD"
    version = "1"

    vendor = Role("摊主", outside=True)
    clerk = Role("受理员")
    head = Role("站长")
    apart = Apart("同一案中不得兼任。", clerk, head)

    applied = State("已申请")
    papers = State("补正中", waiting=True)
    granted = State("已许可", waiting=True)
    suspended = State("已停业", detour=True)
    over = State("已到期", final=True)
    refused = State("未许可", final=True, reopens=True)

    applicant, applied_on = person("申请人"), day("申请日", of_act=True)
    place, goods = text("摊位"), choice("经营", food="小吃", repair="修理")
    informer = text("举报人", optional=True)
    granted_on, extra, round_no = (
        day("许可日", of_act=True),
        number("延长日数", at_most=10),
        number("第几次", at_least=1),
    )
    shelf = text("柜号", optional=True)
    remark = text("站长意见", optional=True, seen_by=head)
    parties = (applicant,)
    regulars = Register("常年摊主", goods=text("经营"))
    opinions = Poll("邻里意见", {"good": "满意", "bad": "不满意"}, by=vendor, open_in=granted)

    @property
    def is_told_on(case):
        return bool(case.informer)

    seal = Seal("is_told_on", (head, clerk))

    with rules(2):

        @Act("申请", new >> applied, by=vendor, via=clerk)
        def apply(case, applicant, applied_on, place, goods, informer, shelf, remark): ...

        @Act("实地看", applied >> same, by=clerk)
        def look(case): ...

        @Act("要求补正", applied >> papers, by=clerk)
        def ask(case): ...

        @Act("补正", papers >> applied, by=vendor, via=clerk)
        def hand_in(case): ...

        @Act("延长", applied >> same, by=head)
        def prolong(case, extra): ...

        @Act("许可", applied >> granted, by=in_turn(clerk, head), decides=True)
        def grant(case, granted_on): ...

        @Act("不许可", applied >> refused, by=head, not_by=look, decides=True)
        def refuse(case): ...

        looking = Deadline("T1", "看现场期限", days(3), runs_in=applied, ends=look, ladder=overdue.tell(clerk))
        deciding = Deadline(
            "T2", "办理期限", working_days(10).since(applied_on), runs_in=applied, pause=paused_in(papers),
            extension=Extension(prolong, working_days(extra)),
            ladder=(on_day(5).tell(clerk), overdue.tell(clerk, head), after(working_days(2)).tell(head)),
        )  # fmt: skip
        papers_due = Window("T3", "补正期限", days(10), runs_in=papers, closes=hand_in)

    with rules(5):

        @Act("申诉", refused >> applied, by=vendor, via=clerk)
        def appeal(case): ...

        appealing = Window("T4", "申诉期", days(15), runs_in=refused, closes=appeal)

    with rules(8):

        @Act("巡查", granted >> same, by=clerk)
        def inspect(case, round_no): ...

        @Act("收费", granted >> same, by=clerk)
        def collect(case): ...

        @Act("征求意见", granted >> same, by=clerk)
        def hand_out(case, copies=number("份数", at_least=1, at_most=9)):
            case.opinions.hand_out(copies)

        @Act("停业", granted >> suspended, by=head)
        def suspend(case): ...

        @Act("复业", suspended >> back, by=head)
        def resume(case): ...

        @Act("期满", granted >> over, tells=vendor)
        def lapse(case): ...

        rounds = Recurring(
            "T5", "巡查", months(1).since(granted_on), runs_in=granted, met_by=inspect, number=round_no,
            opens_before=days(20), ladder=overdue.tell(clerk),
        )  # fmt: skip
        fee = Deadline("T6", "收费期限", days(30), runs_in=granted, ends=collect, ladder=overdue.tell(clerk))
        permit = Window(
            "T7", "许可期", years(1).since(granted_on), runs_in=granted, pause=paused_in(suspended),
            ladder=(before(days(30)).tell(vendor), overdue.do(lapse)),
        )  # fmt: skip
