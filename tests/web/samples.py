"""Invented cases of an invented street on 2026-04-15, for looking at pages without a database."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import chinese_calendar

from tests.workflow.orchard import Orchard
from web.forms import Asked, Pools
from web.showing.facts import Reader, on_file
from web.views import board, case, check, desk, document, done, form, inbox, keys, meanwhile, month, stats, track
from web.views.due import Cell, Due, Pause, Receipt
from workflow import fields
from workflow.calendar import SHANGHAI, Calendar, Day
from workflow.refusals import Refusal, refusal
from workflow.snapshot import CaseSnapshot

TODAY = date(2026, 4, 15)
NOW = datetime(2026, 4, 15, 10, 20, tzinfo=SHANGHAI)


def at(month_: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month_, day, hour, minute, tzinfo=SHANGHAI)


NAMES = {"Spring Festival": "春节", "Tomb-sweeping Day": "清明节", "Labour Day": "劳动节"}


def calendar() -> Calendar:
    first = date(2026, 1, 1)
    return Calendar({on: _kind(on) for on in (first + timedelta(days=n) for n in range(365))})


def _kind(on: date) -> Day:
    working = chinese_calendar.is_workday(on)
    if working and on.weekday() >= 5:
        return Day("make_up")
    holiday = chinese_calendar.get_holiday_detail(on)[1]
    return Day("working" if working else "rest", NAMES.get(holiday or "", ""))


DAYS = calendar()

PAUSED = (date(2026, 3, 10), date(2026, 3, 16))


def handling_receipt() -> Receipt:
    start, due = date(2026, 2, 12), date(2026, 4, 20)
    cells, count = [Cell(start, "start", note="受理")], 0
    for number in range(1, (due - start).days + 1):
        on = start + timedelta(days=number)
        stopped = PAUSED[0] <= on <= PAUSED[1]
        count += not stopped
        kind = "stopped" if stopped else "due" if on == due else "counted"
        cells.append(Cell(on, kind, 0 if stopped else count, _mark(on)))
    said = (
        "2月12日受理，次日为第1天，60日到4月13日；听证中止7天（3月10日至16日），顺延到4月20日。",
        "按日历日计算，休息日也计入；机关的期限遇休息日不顺延。",
    )
    return Receipt(said, tuple(cells), (Pause(*PAUSED, "听证，中止7天"),), start, due)


def simple_receipt() -> Receipt:
    start, count = date(2026, 2, 12), 0
    cells = [Cell(start, "start", note="受理")]
    for number in range(1, 21):
        on = start + timedelta(days=number)
        counts = DAYS.is_working(on)
        count += counts
        kind = "due" if count == 10 and counts else "counted" if counts else "skipped"
        cells.append(Cell(on, kind, count if counts else 0, _mark(on)))
    said = ("2月12日受理，次日起算10个工作日。春节放假2月15日至23日不计；2月14日、28日补班计入。到期3月4日。",)
    return Receipt(said, tuple(cells), (), start, date(2026, 3, 4), True)


def _mark(on: date) -> str:
    return {"working": "", "rest": "休", "make_up": "班"}[DAYS.day(on).kind]


def due(left: int, on: date, used: float = 60, **rest) -> Due:
    standing = "overdue" if left < 0 else "running"
    return Due("办理期限", on, left, used=used, **{"standing": standing, **rest})


def row(
    number: str,
    title: str,
    state: tuple[str, str],
    step: tuple[str, str],
    last: tuple[str, datetime],
    term: Due,
    party: str = "",
):
    return desk.Row(
        number, title, "petition", "信访事项", *state, "信访人", party, term, desk.Step(step[1], step[0]), *last
    )


ROWS = (
    row("XF-LAJD-2026-000067", "请求修复梧桐里7号楼外墙渗水", ("accepted", "已受理办理中"), ("reply", "出具处理意见"), ("区住建局会签，4月2日起", at(4, 14)), due(-9, date(2026, 4, 2), 100), "葛明亮"),
    row("XF-LAJD-2026-000101", "反映物业公共收益未公示", ("accepted", "已受理办理中"), ("reply", "出具处理意见"), ("已通知督办员", at(4, 14, 17, 20)), due(-1, date(2026, 4, 14), 100), "邵先生"),
    row("XF-LAJD-2026-000231", "申请公开石桥菜场改造安置名单", ("registered", "已登记"), ("guide_out", "告知法定途径"), ("住建部门回复：属政府信息公开范围", at(4, 13, 15, 6)), due(0, TODAY, 97), "马素兰等3人"),
    row("XF-LAJD-2026-000238", "反映梧桐里停车收费未公示", ("routed", "已转送/交办"), ("accept", "受理"), ("收到区信访局转送，异议期还剩2个工作日", at(4, 13, 9, 15)), due(2, date(2026, 4, 17), 72), "葛明亮"),
    row("XF-LAJD-2026-000118", "桂花巷37号院地下室反复积水，请求明确维修责任", ("accepted", "已受理办理中"), ("reply", "出具处理意见"), ("第50天提醒，送承办人", at(4, 14, 16, 40)), due(3, date(2026, 4, 20), 92), "周素珍"),
    row("XF-LAJD-2026-000205", "建议在北塘小学门口设过街安全岛", ("suggestion_study", "建议研究中"), ("answer", "答复"), ("交警大队同意4月22日现场踏勘", at(4, 9, 14, 10)), due(11, date(2026, 4, 30), 25), "北塘小学家委会"),
    row("XF-LAJD-2026-000139", "楼顶信号塔辐射疑问", ("hearing", "听证中"), ("close_hearing", "听证结束"), ("听证中，停止计算", at(4, 13, 10, 5)), due(4, date(2026, 4, 24), 45, standing="paused", since=date(2026, 4, 13)), "宋女士（尾号0417）"),
)  # fmt: skip

DESK = desk.Desk(
    TODAY,
    ROWS,
    procedures=(desk.Chip("全部", "?", 7, True), desk.Chip("信访", "?p=petition", 7)),
    units=(
        desk.Chip("全部", "?", None, True),
        *(
            desk.Chip(name, f"?u={n}", n)
            for n, name in enumerate(("柳岸", "桂花巷", "北塘", "东仓", "梧桐里", "新渡"), 1)
        ),
    ),
    waits=(desk.Chip("全部", "?", None, True), desk.Chip("等我", "?w=me", 5), desk.Chip("等居民", "?w=out", 2)),
    soon_until=date(2026, 4, 20),
)

EMPTY_DESK = desk.Desk(TODAY, ())

CLOCKS = (
    case.Clock("D6", "办理期限", "《信访工作条例》第34条", date(2026, 2, 12), "60日", due(3, date(2026, 4, 20), 92), 7, "days", handling_receipt()),
    case.Clock("D8", "简易办理期限", "《信访工作条例》第31条", date(2026, 2, 12), "10个工作日", Due("简易办理期限", date(2026, 3, 4), 0, standing="left", ended_on=date(2026, 3, 2)), receipt=simple_receipt()),
    case.Clock("D1", "受理期限", "《信访工作条例》第22条", date(2026, 2, 11), "15日", Due("受理期限", date(2026, 2, 26), 0, standing="kept", ended_on=date(2026, 2, 12))),
)  # fmt: skip

CASE = case.Case(
    "XF-LAJD-2026-000118",
    "桂花巷37号院地下室反复积水，请求明确维修责任",
    "petition", "信访事项", "accepted", "已受理办理中", 7, at(4, 14, 16, 40),
    owner="林晓芸", unit="柳岸街道信访办", due=due(3, date(2026, 4, 20), 92),
    step=case.Act("reply", "出具处理意见", "《信访工作条例》第32条", "机关（单位）负责人", ("变为“已答复”", "开始计算送达期限", "信访人收到之日起30日内可以申请复查"), ("支持诉求的，须定落实期限",)),
    acts=(
        case.Act("settle", "调解和解", "第33条", then=("双方自愿并签字后办结",)),
        case.Act("request_extension", "申请延期", "第34条", then=("最多30日，4月20日前由负责人批准，并把理由告知信访人",)),
        case.Act("guide_out", "告知法定途径", "第31条", then=("应当走复议、诉讼等途径的，书面告知机关、材料和时限",)),
    ),
    shut=(
        case.Shut("open_hearing", "启动听证", ("须提前7日告知信访人",), date(2026, 4, 22)),
        case.Shut("approve_extension", "批准延期", ("承办人尚未申请延期", "4月20日后不能再申请")),
    ),
    others=(case.Shut("withdraw", "撤回", by="信访人"), case.Shut("merge", "并案", by="信访办转办员")),
    clocks=CLOCKS,
    facts=(
        case.Fact("诉求", "37号院地下室自2025年入秋反复积水，电表箱受潮两次跳闸。物业称属市政管网，排水所称属院内管线。请求明确由谁维修、何时修好。", "long_text"),
        case.Fact("途径", "第6类：申诉求决", basis="《信访工作条例》第31条"),
        case.Fact("渠道", "来访"),
        case.Fact("信访人", "周素珍"),
        case.Fact("电话", "0000-555 0142", "phone"),
        case.Fact("住址", "桂花巷37号院2单元101"),
        case.Fact("受理日", "", "day", on=date(2026, 2, 12)),
    ),
    papers=(
        case.Paper("9", "听证通知书", at(3, 2, 15, 20), "信访人"),
        case.Paper("3", "受理告知书", at(2, 12, 10, 18), "信访人"),
        case.Paper("1", "收件凭证", at(2, 11, 14, 35), "信访人"),
    ),
    line=(
        case.Entry(at(4, 10), "第50天提醒", "送承办人"),
        case.Entry(at(3, 17), "听证结束", "中止7天，办理期限顺延到4月20日", "顾文涛", True, date(2026, 3, 16)),
        case.Entry(at(3, 10), "启动听证", "主持人 顾文涛（非本案承办人）", "赵启明", True),
        case.Entry(at(3, 2, 15, 20), "转普通程序", "责任主体两个以上，不适用简易办理；期限仍从2月12日起算", "林晓芸", True),
        case.Entry(at(2, 12, 10, 18), "简易受理", "", "林晓芸", True),
        case.Entry(at(2, 11, 14, 35), "登记", "桂花巷社区，当场出具收件凭证", "方婷", True),
    ),
    people=(case.Person("承办人", "林晓芸", "柳岸街道信访办"), case.Person("负责人", "赵启明", "柳岸街道办事处"), case.Person("听证主持人", "顾文涛", "司法所")),
    map=case.Map(
        (case.Place("registered", "已登记"), case.Place("simple_handling", "简易办理中"), case.Place("hearing", "听证中")),
        case.Place("accepted", "已受理办理中"),
        (case.Place("replied", "已答复", "出具处理意见"), case.Place("closed_settled", "调解和解办结", "调解和解"), case.Place("hearing", "听证中", "启动听证"), case.Place("guided_out", "已引导法定途径", "告知法定途径"), case.Place("merged", "已并案", "并案"), case.Place("withdrawn", "已撤回", "撤回")),
    ),
)  # fmt: skip

FIELDS = (
    fields.choice("处理结果", support="支持", explain="部分支持或解释说明", not_support="不予支持"),
    fields.text("意见书内容", long=True, hint="写明诉求、查明的事实、决定和依据，以及向谁、何时申请复查"),
    fields.yes_no("已当面或电话沟通"),
    fields.day("落实期限", optional=True),
    fields.number("申请延期天数", at_least=1, at_most=30, optional=True),
    fields.choices(
        "责任单位", wuye="安和物业服务中心", paishui="青桥区排水管理所", jiedao="柳岸街道城建科", optional=True
    ),
    fields.person("签发人"),
    fields.phone("联系电话", optional=True),
    fields.id_number("身份证号", optional=True),
    fields.names("参加人", optional=True),
    fields.file("意见书原件", optional=True),
)
for name, each in zip(("outcome", "opinion", "talked", "implement_due_on", "days", "liable", "signer", "phone", "id_number", "present", "original"), FIELDS, strict=True):  # fmt: skip
    each.id = name

POOLS = Pools(people=lambda _: (("zhao", "赵启明，柳岸街道办事处"), ("gu", "顾文涛，司法所")))
REFUSALS = (
    Refusal("GuardsFailed", "不予支持的，须先与信访人沟通。"),
    Refusal("InvalidData", "请填写{label}。", {"label": "意见书内容"}, "opinion"),
    Refusal("InvalidData", "日期{day}不存在。", {"day": "2025-02-29"}, "implement_due_on"),
)


def do_form(raw=None, refusals=(), **more):
    asked = Asked("petition", FIELDS, raw or {}, refusals, POOLS)
    then = ("变为“已答复”", "出具信访处理意见书，送信访人", "开始计算：送达期限5日")
    return form.Form("/cases/XF-LAJD-2026-000118/do/reply", "出具处理意见", asked.lines(), "提交", "《信访工作条例》第32条", asked.troubles(), 7, "k-1", then, **more)  # fmt: skip


ORCHARD = {
    "own_scores": {"soil": "40", "water": "30.5", "pruning": "9.5"}, "budget": 1_200_000, "share": "0.25",
    "vote": {"present": 12, "ballots_issued": 12, "ballots_returned": 12, "for": 10, "against": 1, "abstain": 1, "invalid": 0,
             "excluded": 2, "excluded_grounds": ["长期卧床", "出国半年以上"]},
    "terms": [{"what": "修篱笆，换掉东边坏了的木桩", "due_on": "2026-06-01", "amount": 200_000, "kind": "goods", "tools": ["saw"], "shared": True},
              {"what": "浇水", "due_on": "2026-07-01"}],
    "sides": [{"who": "zhao", "helpers": ["gu"]}],
}  # fmt: skip


def orchard_form():
    wrong = (
        refusal("InvalidData", "{label}超过该项满分{max}。", {"label": "浇水", "max": 30}, "own_scores", ("water",)),
        refusal("InvalidData", "请填写{label}。", {"label": "期限"}, "terms", (1, "due_on")),
    )
    asked = Asked("orchard", tuple(Orchard.fields[name] for name in ORCHARD), ORCHARD, wrong, POOLS)
    return form.Form("/cases/XF-LAJD-2026-000118/do/settle", "表决", asked.lines(), "提交", "《果园共管办法》第3条", asked.troubles(), 7, "k-1")  # fmt: skip


def orchard_case():
    data = {name: Orchard.fields[name].from_json(value) for name, value in ORCHARD.items()}
    snapshot = CaseSnapshot("main", "orchard", "agreed", data=data)
    reader = Reader(people={"zhao": "赵启明", "gu": "顾文涛"})
    return replace(CASE, facts=on_file(Orchard, snapshot, reader))


LATE = meanwhile.Meanwhile(
    "该事项已被赵启明于4月15日 10:05更新，请核对后重新提交。",
    (case.Entry(at(4, 15, 10, 5), "补录", "", "赵启明", True),), "已登记", "已受理办理中",
    (
        meanwhile.Change("住址", None, case.Fact("住址", "桂花巷37号院2单元101")),
        meanwhile.Change("受理日", case.Fact("受理日", "", "day", on=date(2026, 2, 11)), case.Fact("受理日", "", "day", on=date(2026, 2, 12))),
    ),
    True, {},
)  # fmt: skip

BOARD = board.Board(
    "柳岸街道及石桥片区6个社区", NOW, 19, 7, 11, 109, 139, 147, ("信访事项", "12345工单", "网格事件", "人民调解"),
    rows=tuple(
        board.HeatRow(name, tuple(board.Heat(late, soon, live, "?u=1#overdue") for late, soon, live in cells), board.Heat(sum(c[0] for c in cells), sum(c[1] for c in cells), 1))
        for name, cells in {
            "柳岸街道": ((0, 2, 3), (1, 3, 5), (0, 1, 1), (0, 1, 1)),
            "桂花巷社区": ((1, 2, 3), (2, 4, 7), (0, 2, 2), (0, 0, 0)),
            "北塘社区": ((0, 1, 3), (1, 2, 5), (5, 3, 9), (0, 1, 1)),
            "东仓社区": ((0, 0, 0), (0, 1, 5), (1, 1, 2), (0, 2, 2)),
            "新渡社区": ((0, 1, 3), (3, 2, 5), (0, 0, 0), (1, 0, 1)),
        }.items()
    ),
    oldest=(
        board.Late("XF-LAJD-2026-000067", "请求修复梧桐里7号楼外墙渗水", "梧桐里社区", due(-9, date(2026, 4, 2), 100), "林晓芸", "已出催办函", "petition"),
        board.Late("XF-LAJD-2026-000101", "反映物业公共收益未公示", "桂花巷社区", due(-1, date(2026, 4, 14), 100), "赵启明", "督办员", "petition"),
    ),
    ages=(board.Bar("15天以内", 100, "48件"), board.Bar("16至30天", 64.6, "31件"), board.Bar("31至60天", 45.8, "22件"), board.Bar("61至90天", 12.5, "6件"), board.Bar("90天以上", 4.2, "2件", 3)),
    shares=(board.Bar("信访事项", 96.3, "52 ÷ 54　96.3%"), board.Bar("网格事件", 87.5, "21 ÷ 24　87.5%")),
)  # fmt: skip

MONTHS = tuple(date(2025 + (n + 4) // 12, (n + 4) % 12 + 1, 1) for n in range(12))
STATS = stats.Stats(
    "petition", "信访事项", "柳岸街道", date(2026, 1, 1), date(2026, 4, 20),
    (
        stats.Measured(
            "handled_in_time", "按期办结率", "按期完成的 ÷ 到期的：办理期限、简易办理期限", "94.4%", "51 ÷ 54", 94.4,
            tuple(stats.Column(month, None if n < 4 else 88 + n, "" if n < 4 else f"{88 + n}.0%") for n, month in enumerate(MONTHS)),
            (("按单位", (board.Bar("柳岸街道", 92, "23 ÷ 25　92.0%"), board.Bar("桂花巷社区", 96.6, "28 ÷ 29　96.6%"))),),
        ),
        stats.Measured(
            "days_to_reply", "登记到送达的天数", "从“登记”到“送达登记”的日历天数，取中位数", "47天", "54件", None,
            tuple(stats.Column(month, 40 + 5 * n, f"{40 + n}天") for n, month in enumerate(MONTHS)), (),
        ),
        stats.Measured("satisfied", "满意率", "“对办理表示满意”的 ÷ “评价”的", "", "0 ÷ 0", None, tuple(stats.Column(month, None, "") for month in MONTHS), ()),
    ),
    (stats.Choice("信访事项", "/stats", True), stats.Choice("邻里纠纷调解", "/stats?procedure=mediation", False)),
    (stats.Choice("本月", "/stats", False), stats.Choice("今年", "/stats", True)), "/stats.xlsx",
)  # fmt: skip
NO_STATS = replace(STATS, measured=(STATS.measured[2],), problem="开始日不能晚于结束日。")

INBOX = inbox.Inbox(
    (
        inbox.Notice("1", "XF-LAJD-2026-000067", "请求修复梧桐里7号楼外墙渗水", "办理期限逾期5个工作日，已出催办函", at(4, 14), "escalate", due(-9, date(2026, 4, 2)), role="督办员"),
        inbox.Notice("2", "XF-LAJD-2026-000101", "反映物业公共收益未公示", "办理期限已过", at(4, 15, 0, 5), "overdue", due(-1, date(2026, 4, 14)), role="承办人"),
        inbox.Notice("3", "XF-LAJD-2026-000118", "桂花巷37号院地下室反复积水，请求明确维修责任", "办理期限第50天", at(4, 10), "remind", due(3, date(2026, 4, 20)), role="承办人"),
        inbox.Notice("4", "XF-LAJD-2026-000238", "反映梧桐里停车收费未公示", "区信访局转送，等您受理", at(4, 13, 9, 15), "act", read_at=at(4, 13, 9, 30)),
    ),
    3,
    all=True,
)  # fmt: skip

TRACK = track.Track(
    "XF-LAJD-2026-000118", "正在办理，还没有答复", "柳岸街道信访办",
    stages=(
        track.Stage("收到", "done", "您到桂花巷社区登记", date(2026, 2, 11)),
        track.Stage("受理", "done", "3月2日改按普通程序办，因为涉及两家单位", date(2026, 2, 12)),
        track.Stage("调查处理", "now", "正在查清事实、写处理意见书。"),
        track.Stage("答复", "next", "意见书会写明事实、理由和决定", date(2026, 4, 20)),
        track.Stage("您决定是否申请复查", "next", "收到意见书后30天内"),
    ),
    due=due(3, date(2026, 4, 20), 92), promise="给您书面答复，最迟", phone="0000-555 1180", hours="工作日 8:30—12:00，13:30—17:30",
    why="法律规定60天内办结，从2月12日算起，原来是4月13日。3月10日至16日开听证会，这7天停止计算，所以到4月20日。",
    receipt=handling_receipt(),
    ways=(
        track.Way("觉得太慢", "4月20日还没收到答复，请找青桥区信访局督办：", phone="0000-555 1200"),
        track.Way("对答复不服", "收到意见书后30天内，向青桥区人民政府申请复查，当面、写信、打电话、网上都行。", "《信访工作条例》第35条"),
        track.Way("想补充材料", "答复前随时可以补。"),
        track.Way("撤回", "可以撤回。我们会换一个人打电话，确认是您自己的意思。", trigger="withdraw"),
    ),
    papers=(("3", "受理告知书", date(2026, 2, 12)),),
    reminders=(("申请复查期限因新的放假安排改到5月6日", date(2026, 4, 2)),),
)  # fmt: skip

KEYS = [
    keys.Key(2, "数据对接", "承办人，柳岸街道信访办", at(4, 1), at(4, 14), at(5, 1)),
    keys.Key(1, "", "登记接访员，桂花巷社区", at(2, 1), None, at(3, 1), over=True),
]
RESULT = done.Result(
    "XF-LAJD-2026-000244", "桂花巷夜市油烟扰民", "登记", "已登记",
    then=("15日内决定是否受理，并书面告知信访人",), dues=(Due("受理期限", date(2026, 4, 30), 11, used=0),), papers=("收件凭证",), told=("承办人",),
    slips=(done.Slip("XF-LAJD-2026-000244", "7Q4M-X2KD-9TBA-V5HC-E", "手机号后四位", TODAY, "柳岸街道信访办", ""),),
)  # fmt: skip


SHEET = document.Sheet(
    "受理告知书",
    (
        document.Block("title", "信访事项受理告知书"),
        document.Block("plain", "周素珍："),
        document.Block("text", "你反映的桂花巷37号院地下室反复积水、请求明确维修责任的事项，本机关已于2026年2月12日受理。"),
        document.Block("text", "依据《信访工作条例》第三十一条第六项。办理中如需延长期限，将书面告知你理由。"),
        document.Block("sign", "柳岸街道办事处\n2026年2月12日"),
    ),
)  # fmt: skip

CHECK = check.Check(
    "受理", "/cases/XF-LAJD-2026-000118/do/accept",
    done.Result("XF-LAJD-2026-000118", "", "受理", "已受理办理中", then=("等承办人：出具处理意见",), dues=(due(42, date(2026, 6, 14), 0),), told=("信访人",)),
    (case.Fact("分类处理途径", "6"), case.Fact("承办人", "林晓芸")), (SHEET,), (("version", "1"), ("key", "k-1"), ("route", "6")),
)  # fmt: skip


def squares(first: date = date(2026, 4, 1)) -> month.Month:
    monday = first - timedelta(days=first.weekday())
    weeks = []
    for week in range(5):
        days = [monday + timedelta(days=7 * week + n) for n in range(7)]
        weeks.append(tuple(month.Square(on, DAYS.day(on).kind, DAYS.day(on).name, True, (on.day * 7) % 5 if DAYS.is_working(on) else 0, on.month == first.month) for on in days))  # fmt: skip
    return month.Month(first, TODAY, tuple(weeks))
