"""便民摊点, as it is now: other words, other terms, no fee."""

from workflow.fields import choice, day, number, person, text, yes_no
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

rules = Law("便民摊点管理办法（2026）", since="2024-01-01")


class Stall(Procedure):
    label = "便民摊点"
    number_prefix = "TD"
    version = "2"

    vendor = Role("摊主", outside=True)
    officer = Role("经办人")
    head = Role("站长")
    apart = Apart("同一案中不得兼任。", officer, head)

    received = State("已收件")
    papers = State("补正中", waiting=True)
    licensed = State("已准予", waiting=True)
    suspended = State("已停业", detour=True)
    over = State("已到期", final=True)
    refused = State("未许可", final=True, reopens=True)

    applicant, applied_on = person("申请人"), day("申请日", of_act=True)
    site, goods = text("摊位"), choice("经营", food="小吃", repair="修理", flowers="花卉")
    informer = text("举报人", optional=True)
    granted_on, extra, round_no = (
        day("许可日", of_act=True),
        number("延长日数", at_most=10),
        number("第几次", at_least=1),
    )
    clean = yes_no("整洁", optional=True)
    remark = text("站长意见", optional=True, seen_by=head)
    parties = (applicant,)
    regulars = Register("常年摊主", goods=text("经营"))
    opinions = Poll("邻里意见", {"good": "满意", "bad": "不满意"}, by=vendor, open_in=licensed)

    @property
    def is_told_on(case):
        return bool(case.informer)

    seal = Seal("is_told_on", (head, officer))

    with rules(2):

        @Act("申请", new >> received, by=vendor, via=officer)
        def apply(case, applicant, applied_on, site, goods, informer, remark): ...

        @Act("实地看", received >> same, by=officer)
        def visit(case, clean): ...

        @Act("要求补正", received >> papers, by=officer)
        def ask(case): ...

        @Act("补正", papers >> received, by=vendor, via=officer)
        def hand_in(case): ...

        @Act("延长", received >> same, by=head)
        def prolong(case, extra): ...

        @Act("准予", received >> licensed, by=in_turn(officer, head), decides=True)
        def grant(case, granted_on, clean): ...

        @Act("不许可", received >> refused, by=head, not_by=visit, decides=True)
        def refuse(case): ...

        visiting = Deadline("S1", "看现场期限", days(5), runs_in=received, ends=visit, ladder=overdue.tell(officer))
        deciding = Deadline(
            "T2", "办理期限", working_days(15).since(applied_on), runs_in=received, pause=paused_in(papers),
            extension=Extension(prolong, working_days(extra)),
            ladder=(on_day(5).tell(officer), overdue.tell(officer, head), after(working_days(2)).tell(head)),
        )  # fmt: skip
        papers_due = Window("T3", "补正期限", days(10), runs_in=papers, closes=hand_in)

    with rules(5):

        @Act("申诉", refused >> received, by=vendor, via=officer)
        def appeal(case): ...

        appealing = Window("T4", "申诉期", days(30), runs_in=refused, closes=appeal)

    with rules(8):

        @Act("巡查", licensed >> same, by=officer)
        def inspect(case, round_no): ...

        @Act("征求意见", licensed >> same, by=officer)
        def hand_out(case, copies=number("份数", at_least=1, at_most=9)):
            case.opinions.hand_out(copies)

        @Act("停业", licensed >> suspended, by=head)
        def suspend(case): ...

        @Act("复业", suspended >> back, by=head)
        def resume(case): ...

        @Act("期满", licensed >> over, tells=vendor)
        def lapse(case): ...

        @Act("挂牌", licensed >> same, by=officer)
        def hang_sign(case): ...

        rounds = Recurring(
            "T5", "巡查", months(1).since(granted_on), runs_in=licensed, met_by=inspect, number=round_no,
            opens_before=days(20), ladder=overdue.tell(officer),
        )  # fmt: skip
        sign = Deadline("S6", "挂牌期限", days(20), runs_in=licensed, ends=hang_sign, ladder=overdue.tell(officer))
        licence = Window(
            "S7", "准予期", years(1).since(granted_on), runs_in=licensed, pause=paused_in(suspended),
            ladder=(before(days(60)).tell(vendor), before(days(30)).tell(vendor), overdue.do(lapse)),
        )  # fmt: skip
