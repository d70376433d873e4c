"""社区集市: a small procedure with a clock for each row of a table, and a resident in each."""

from workflow.fields import day, money, number, people, phone, rows, text
from workflow.parts import (
    Act,
    Deadline,
    Law,
    Procedure,
    Role,
    Setting,
    State,
    after,
    before,
    each_of,
    either,
    new,
    overdue,
    same,
)
from workflow.terms import days, months, until

rules = Law("社区集市办法", since="2024-01-01")


class Bazaar(Procedure):
    label = "社区集市"
    number_prefix = "JM"

    stalls = rows(
        "摊位", at_least=1, at_most=5, name=text("摊主"), phone=phone("摊主电话", optional=True),
        helper=text("帮手", optional=True), helper_phone=phone("帮手电话", optional=True),
        pay_by=day("交费期限", optional=True), fee=money("摊位费", optional=True),
    )  # fmt: skip
    wardens = people("值守人")

    host = Role("主办")
    warden = Role("值守", named=wardens)
    holder = Role("摊主", outside=True, among=each_of(stalls))
    helper = Role("帮手", outside=True, among=each_of(stalls, "helper", "helper_phone"))

    planned = State("筹备中")
    held = State("开市")
    closed = State("收市", final=True)

    confirmed = number("已答应的摊位")
    stall_no, fees_paid = number("第几个摊位", at_least=1), number("已交费次数")
    relatives = people("摊主的亲属(工作人员)", optional=True)
    parties = (relatives,)
    diary = text("值守记录", long=True, optional=True, privacy="secret")
    opening_mode = Setting("筹备期算法", "month", one_of=("month", "weeks"))

    with rules(2):

        @Act("发起", new >> planned, by=host)
        def plan(case, stalls):
            for number_, row in enumerate(stalls, 1):
                case.give_code("helper" if row.helper else "holder", number_)

        @Act("答应", planned >> either(same, held), by=(holder, helper), via=host)
        def promise(case):
            case.must(case.row_of_actor > case.confirmed, "请按摊位的次序。")
            case.confirmed = case.row_of_actor
            return case.held if case.confirmed == len(case.stalls) else same

        preparing = Deadline(
            "JS1", "筹备期限", months(1).unless(opening_mode, weeks=days(14)), runs_in=planned, rolls=True,
            ladder=overdue.tell(host),
        )  # fmt: skip

    with rules(3):

        @Act("交费", (planned, held) >> same, by=holder, via=host)
        def pay(case, stall_no):
            case.must(stall_no <= len(case.stalls), "没有这个摊位。")
            case.fees_paid += 1

        @Act("改期", (planned, held) >> same, by=host, tells=holder)
        def move(case, stall_no, moved_to=day("改定的交费期限", optional=True)):
            days_ = {"pay_by": moved_to} if moved_to else {}
            case.stalls = [
                {**{name: value for name, value in row.items() if name != "pay_by"}, **days_} if n == stall_no else row
                for n, row in enumerate(case.stalls, 1)
            ]

        @Act("撤摊", (planned, held) >> same, by=host)
        def drop_last(case):
            case.must(len(case.stalls) > 1, "只剩一个摊位。")
            case.stalls = case.stalls[:-1]

        paying = Deadline(
            "JS2", "交费期限", until("pay_by"), each=stalls, met_by=pay, number=stall_no, runs_in=(planned, held),
            ladder=(before(days(3)).tell(holder), overdue.tell(host), after(days(2)).tell(warden)),
        )  # fmt: skip

    with rules(4):

        @Act("排班", held >> same, by=host, tells=warden)
        def assign(case, wardens): ...

        @Act("值守", held >> same, by=warden)
        def watch(case, diary): ...

        @Act("查看值守记录", (held, closed) >> same, by=host, reveals=diary)
        def look(case, why=text("理由", at_least=2)):
            case.must(case.diary, "没有值守记录。")

        @Act("收市", held >> closed, by=host)
        def close(case): ...
