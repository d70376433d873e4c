"""社区菜园: a small procedure that uses the words petition has no need of."""

from workflow.fields import choice, day, number, people, person, text
from workflow.parts import (
    Act,
    Apart,
    Backdating,
    Deadline,
    Earliest,
    Extension,
    Law,
    Link,
    Measure,
    Posting,
    Procedure,
    Recurring,
    Reminder,
    Role,
    Setting,
    State,
    Turn,
    Window,
    after,
    at_once,
    back,
    before,
    either,
    in_turn,
    local,
    new,
    nowhere,
    on_the_day,
    ours,
    overdue,
    paused_between,
    paused_in,
    same,
    still_open,
    upward,
)  # fmt: skip
from workflow.terms import days, hours, later_of, months, until, working_days, years

first_rules = Law("菜园管理办法（2024）", since="2024-01-01", until="2026-05-18")
new_rules = Law("菜园管理办法（2026）", since="2026-05-18")


class Garden(Procedure):
    label = "社区菜园"
    number_prefix = "CY"

    gardener = Role("种植人", outside=True)
    warden = Role("园长")
    secretary = Role("书记")
    director = Role("主任")
    auditor = Role("监督员", of=upward)
    neighbour = Role("邻居", named="neighbours", of=nowhere)
    apart = Apart("园长不得监督自己经手的地块。", warden, auditor)
    backdating = Backdating(working_days(1), beyond=auditor)

    applied = State("已申请")
    posted = State("公示中")
    tended = State("耕种中")
    suspended = State("暂停", detour=True)
    swapped = State("已换地", detour=True, silent=True)
    returned = State("已收回", final=True, reopens=True)
    refused = State("未批准", final=True)

    applicant = person("申请人")
    neighbours = people("邻地种植人", optional=True)
    applied_on, wanted_from = day("申请日", of_act=True), day("希望起始日", optional=True)
    tended_from, extra_months, round_no = day("起租日"), number("续期月数", at_least=1), number("第几次", at_least=1)
    swap_with = Link("对换地块", "garden", optional=True)
    swaps_seen = number("对换提示", optional=True)
    parties = (applicant,)

    swaps_allowed = Setting("允许换地", True)
    posting_days = Setting("公示天数", 5, at_least=5)

    # 一、申请

    with first_rules(2):

        @Act("申请", new >> applied, by=gardener, via=warden)
        def apply(case, applicant, applied_on, neighbours, wanted_from, swap_with):
            case.must(applicant not in neighbours, "申请人不能是自己的邻地。")

    with new_rules(2):

        @Act("申请", new >> applied, by=gardener, via=warden)
        def apply(case, applicant, applied_on, neighbours, wanted_from, swap_with):
            case.must(applicant not in neighbours, "申请人不能是自己的邻地。")
            case.must(wanted_from, "2026年办法：须写明希望起始日。")

    with local("园规第3条"):

        @Act("来电", applied >> same, by=gardener)
        def call(case, question=text("问题")): ...

        @Act("回电", applied >> same, by=warden)
        def call_back(case): ...

        answering = Deadline("CY-CALL", "回电期限", hours(24), starts=call, ends=call_back, ladder=overdue.tell(warden))
        deciding = Deadline(
            "CY-DECIDE", "受理期限", later_of(days(10).since(applied_on), working_days(3)), runs_in=applied,
            ladder=(at_once.tell(warden), before(working_days(2)).tell(warden), overdue.tell(warden, secretary),
                    after(working_days(2), working_days(4)).tell(director)),
        )  # fmt: skip

        @Act("公示", applied >> posted, by=warden)
        def post(case): ...

    # 二、公示与批准

    with local("园规第4条"):

        @Act("提出异议", posted >> same, by=gardener)
        def complain(case, complaint=text("异议")): ...

        @Act("答复异议", posted >> same, by=warden)
        def answer(case, reply=text("答复")): ...

        @Act("批准", posted >> either(tended, refused), by=in_turn(secretary, director), decides=True)
        def grant(case, tended_from, *, verdict=choice("结论", yes="同意", no="不同意")):
            case.must(tended_from >= case.today, "起租日不得早于批准日。")
            return case.tended if verdict == "yes" else case.refused

        posting = Posting(
            "CY-POST", "公示期", working_days(posting_days), runs_in=posted, opens=grant,
            pause=paused_between(complain, answer, whole_days=True), ladder=overdue.tell(secretary),
        )  # fmt: skip

    # 三、耕种

    with local("园规第5条"):

        @Act("松土", tended >> same, by=gardener)
        def dig(case, round_no): ...

        digging = Recurring(
            "CY-DIG", "松土", months(3).since(tended_from), runs_in=tended, met_by=dig, number=round_no,
            opens_before=days(30), waived_in=suspended,
            ladder=(before(days(7)).tell(gardener, neighbour), overdue.tell(warden)),
        )  # fmt: skip

        @Turn("邻里")
        def neighbourhood(case):
            return {case.applicant, *case.neighbours}

        @Act("浇水", tended >> same, by=neighbourhood)
        def water(case): ...

        @Act("看园", tended >> same, by=neighbour)
        def watch(case):
            case.must(case.after(case.tended_from, days(7)) <= case.today, "起租满一周方可请邻居看园。")

        @Act("改名", tended >> same, by=warden, seconded_by=director)
        def rename(case, plot_name=text("新名")): ...

        @Act("续租", tended >> same, by=warden)
        def prolong(case, extra_months): ...

        @Act("收回", (tended, suspended) >> returned, by=warden, decides=True)
        def take_back(case): ...

        @Act("租期届满", tended >> returned, tells=gardener, clock_may=True)
        def expire(case): ...

        @Act("恢复租用", returned >> tended, by=gardener)
        def come_back(case):
            case.must(case.expire, "只有期满收回的可以恢复。")

        lease = Window(
            "CY-LEASE", "租期", years(1).since(tended_from), runs_in=tended, pause=paused_in(suspended),
            extension=Extension(prolong, months(extra_months), at_most=months(6), times=2),
            ladder=(before(days(30)).tell(gardener), overdue.do(expire)),
        )  # fmt: skip
        coming_back = Window("CY-BACK", "恢复期", days(30), runs_in=returned, starts=expire, closes=come_back)
        harvest = Earliest("CY-FEAST", "收获节", months(2).since(tended_from), runs_in=tended, opens="celebrate")

        @Act("收获节", tended >> same, by=gardener)
        def celebrate(case): ...

        weather = Reminder("CY-FROST", "霜降提醒", until(wanted_from), runs_in=tended, ladder=on_the_day.tell(gardener))

    # 四、绕行与换地

    with ours("暂停与换地是便民安排"):

        @Act("暂停", tended >> suspended, by=warden)
        def suspend(case): ...

        @Act("恢复", suspended >> back, by=warden)
        def resume(case): ...

        @Act("换地", still_open >> swapped, by=warden)
        def swap(case, swap_with):
            case.must(case.swaps_allowed, "本社区不办理换地。")
            case.must(swap_with, "未找到对换的地块。")

        @Act("换回", swapped >> back, by=warden)
        def swap_back(case): ...

        @Act("对方已收回", swapped >> same, tells=gardener)
        def hear_of_return(case):
            case.must(case.swap_with.state_is("returned"), "对方地块尚未收回。")
            case.must(not case.swaps_seen, "已经提示。")
            case.swaps_seen = 1

    kept = Measure("按期回电率", of=answering, among=answering)
