"""工具借用: a very small procedure of words that neither the petition nor the garden uses."""

from workflow.fields import day, number, person, yes_no
from workflow.parts import (
    Act,
    Backdating,
    Deadline,
    Law,
    Link,
    Procedure,
    Recurring,
    Reminder,
    Role,
    State,
    new,
    on_the_day,
    overdue,
    same,
)
from workflow.terms import days, working_days

rule = Law("工具借用办法", since="2024-01-01")


class Lending(Procedure):
    label = "工具借用"
    number_prefix = "GJ"

    borrower = Role("借用人", outside=True)
    keeper = Role("保管员")
    backdating = Backdating(working_days(1))

    asked, lent = State("已申请"), State("已借出")
    returned, written_off = State("已归还", final=True), State("已核销", final=True)

    holder, times = person("经手人"), number("次数", optional=True)
    twin, is_lost = Link("同借一件的", "lending", optional=True), yes_no("已遗失")
    parties = (holder,)

    with rule(1):

        @Act("申请", new >> asked, by=borrower, via=keeper)
        def ask(case, holder, times, twin): ...

        @Act("再借一件", asked >> same, by=keeper)
        def ask_for_another(case):
            case.open(Lending.ask, holder="" if case.times else case.holder)

        @Act("取用", asked >> lent, by=holder)
        def fetch(case): ...

    with rule(2):

        @Act("清点", lent >> same, by=keeper)
        def count(case):
            case.must(case.borrowing.started_on == case.fetch.on, "借用期限须从取用之日起算。")

        @Act("约定归还", lent >> same, by=keeper)
        def promise(case, promised_on): ...

        @Act("验收", lent >> returned, by=keeper, not_by=count)
        def take_back(case): ...

        @Act("去向有误", lent >> same, by=keeper)
        def go_astray(case):
            return case.returned

        borrowing = Deadline("GJ1", "借用期限", days(14).since(fetch), runs_in=lent, ladder=overdue.tell(keeper))
        reminding = Reminder("GJ2", "提醒", days(7).since("fetch"), runs_in=lent, when=times)
        long_out = Reminder("GJ3", "久借", days(30).since(fetch), runs_in=lent, when=lambda case: case.times > 1)
        often_out = Reminder("GJ4", "常借", days(60).since(fetch), runs_in=lent, when="is_often_out")
        overdue_soon = Reminder("GJ5", "逾约", days(2).since("promised_on"), runs_in=lent,
            ladder=on_the_day.tell(keeper))  # fmt: skip
        inspecting = Recurring("GJ6", "查看", working_days(3).since(fetch), runs_in=lent, ends=take_back,
            ladder=overdue.tell(keeper))  # fmt: skip

        is_often_out = property(lambda case: case.times > 2)
        promised_on = day("约定归还日", optional=True)

    with rule(3):

        @Act("报失", lent >> same, by=keeper)
        def lose(case):
            case.is_lost = True

        @Act("核销", lent >> written_off)
        def write_off(case):
            case.must(case.is_lost, "尚未报失。")

        @Act("视同归还", lent >> returned)
        def deem_returned(case):
            case.must(case.is_lost, "尚未报失。")
