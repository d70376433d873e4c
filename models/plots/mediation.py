"""Quarrels between neighbours in every state, with due dates around today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.plots.telling import Ahead, Held, Party, Plot, Turn, turn

UNITS = ("LALA", "LAGH", "LABT", "SQDC", "SQWT", "SQXD")
SCREENED = ["our_matter", "no_reserved", "not_settled", "voluntary", "no_violence"]
FIRST, SECOND = Party("party_1"), Party("party_2")
QUARRELS = (
    ("楼上夜间练鼓", "noise"), ("卫生间渗水泡坏吊顶", "leak"), ("楼道堆放杂物挡门", "common_area"),
    ("车位被长期占用", "parking"), ("宠物犬夜间吠叫", "pets"), ("借款八千元到期未还", "debt_small"),
    ("装修砸坏隔壁瓷砖", "damage"), ("阳台外挂花架滴水", "leak"), ("公共绿地种菜争执", "common_area"),
    ("母亲赡养费分担", "family_support"), ("电动车剐蹭赔偿", "damage"), ("晾晒衣物遮挡采光", "common_area"),
)  # fmt: skip
# Neighbours, two by two: whoever was here in the last ninety days begins at the second tier.
NEIGHBOURS = """
温若兰 陆鼎文 孟庆余 岑碧霄 黎书意 戚长风 贝海生 甄明珠 隋玉田 米小禾 井上泉 谷满仓 霍小雨 焦石开 饶平安 麦青黄
计然之 步月华 沙鸥远 沙汀白 宫羽声 鱼跃渊 连山青 楚云飞 阮星河 巩固山 佟家和 荣春木 卓然生 花满径 茅以宁 艾草香
路遥知 苏堤晓 冷月明 葛天阔 柴门静 郝思远 闻莺晓 龙潜水 危楼高 万重山 常青松 席上珍 古道宽 班如玉 简素心 敖海潮
蒲松月 燕归来 窦清泉 桑榆晚 柳前川 鲍春笋 包雪晴 韦编成 明亦清 云出岫 栾树荫 冯虚白 梁燕语 方塘水 章台柳 池鱼乐
尤可喜 杭一苇 景行止 乌衣巷 祖述之 幸子规 蓬草青 牧童遥 秋以期 夏虫语
"""


def registered(day: int, **form: Any) -> Turn:
    return turn(day, "registrar", "register", **{"source": "application", **form})


def asked(day: int, tier: int = 2, **form: Any) -> tuple[Turn, ...]:
    """Screened the day after it came in."""
    return (registered(day - 1), turn(day, "registrar", "ask_consent", tier=tier, admissibility=SCREENED, **form))


def agreed(who: Party, day: int) -> Turn:
    return turn(day, who, "consent", via="registrar", consent_form="recorded_oral", identity_checked=True)


def accepted(day: int, tier: int = 2, **form: Any) -> tuple[Turn, ...]:
    return (*asked(day - 1, tier, **form), agreed(FIRST, day - 1), agreed(SECOND, day))


def mediated(day: int, tier: int = 2, **form: Any) -> tuple[Turn, ...]:
    """Assigned on the day both have agreed."""
    who: dict[str, Any] = {"mediators": [Held(mediator(tier))], "chosen_by": "committee"}
    return (*accepted(day, tier, **form), turn(day, "committee_chair", "assign", **who))


def mediator(tier: int) -> str:
    return "volunteer_mediator" if tier == 1 else "mediator"


def session(day: int, tier: int = 2) -> Turn:
    said: dict[str, Any] = {"place": "社区第三调解室", "present": BOTH, "record": "双方陈述了经过，愿意再谈。"}
    return turn(day, mediator(tier), "hold_session", **said)


BOTH = ["双方"]  # stands for the two of the plot


def drafted(day: int, *dues: int) -> tuple[Turn, ...]:
    """A text with one duty of the second side for each of these days, drawn up two days after assignment."""
    terms = [
        {"who": "B", "what": f"第{n}期赔偿", "amount": 80_000, "due_on": Ahead(due)} for n, due in enumerate(dues, 1)
    ]
    what: dict[str, Any] = {
        "content": "双方互谅互让，达成如下协议。",
        "terms": terms or [{"who": "B", "what": "不再影响对方休息"}],
    }
    return (*mediated(day - 2), session(day - 1), turn(day, "mediator", "draft_written", **what))


def signed(day: int, *dues: int) -> tuple[Turn, ...]:
    sides = (turn(day, who, "sign", via="registrar", mark_form="signature") for who in (FIRST, SECOND))
    ours = (
        turn(day, "mediator", "sign", mark_form="signature"),
        turn(day, "committee_chair", "sign", mark_form="seal"),
    )
    return (*drafted(day - 1, *dues), *sides, *ours)


def visited(day: int, **form: Any) -> Turn:
    told = {"visit_form": "visit", "opinions": "双方都说按协议做了。", "all_performed": True}
    return turn(day, "visitor", "follow_up", **{**told, **form})


def performed(day: int, term: int = 1) -> Turn:
    return turn(day, SECOND, "record_performance", via="registrar", term_no=term)


def told(day: int) -> Turn:
    return turn(day, "registrar", "hand_notice", how="hand")


def plots() -> Iterator[tuple[Turn, ...]]:
    """Every plot without its quarrel, from the first day of a case on.

    A volunteer has seven days, fewer than a long holiday: what he does, he does on the day he is assigned.
    """
    yield from ((registered(day),) for day in (-1, -2, -4))
    yield from (asked(day) for day in (-1, -3, -5))
    yield (*asked(-12, 1), agreed(FIRST, -12))  # nobody else answered
    yield from (accepted(day) for day in (-1, -27))
    yield from (mediated(day, 1) for day in (-2, -5, -6))
    yield from ((*mediated(day), session(day + 2)) for day in (-9, -22, -29))
    yield (*mediated(-25), session(-20), turn(-4, "registrar", "extend", days=20, signers=BOTH))
    yield (*mediated(-8), turn(-1, "mediator", "disclose_conflict", ground="relative"))
    yield (*mediated(-1, 1), session(-1, 1), failed(-1))
    yield (*accepted(-9, 3, ownership=True), turn(-6, "committee_chair", "refer_court_link", signers=BOTH, **LINK))
    yield drafted(-2, 20)
    yield signed(-3, 2, 30)
    yield signed(-22, 1, 10)
    yield signed(-28, -2)
    yield (*signed(-10, 15), turn(-5, "registrar", "file_confirmation", court="青桥区人民法院", signers=BOTH))
    yield signed(-40, -9)
    yield (*signed(-60, -35), turn(-7, "committee_chair", "close_unperformed"))
    yield (*signed(-35, -20), performed(-22), visited(-15))
    yield (*mediated(-12), turn(-2, SECOND, "stop_by_party", via="registrar"))
    yield (*mediated(-18), turn(-9, FIRST, "stop_by_party", via="registrar"), told(-8))
    yield (*asked(-4), turn(-2, SECOND, "decline", via="registrar", channel="phone"))
    yield (registered(-5, source="grid_event"), turn(-4, "registrar", "report_danger", danger="violence"), *danger(-4))


LINK = {"court_contact": "青桥区人民法院诉前调解中心"}


def failed(day: int) -> Turn:
    return turn(day, "volunteer_mediator", "fail_tier", assessment="分歧较大，双方愿意请调解员再谈。", next_wanted=True)


def danger(day: int) -> tuple[Turn, ...]:
    refusal = {"reason": "violence", "explanation": "反映有殴打行为，暴力本身不得调解。", "right_organ": "柳岸派出所"}
    told_ = turn(day, "registrar", "note_danger_told", danger_told="柳岸派出所、区妇女联合会")
    return (told_, turn(day + 1, "committee_chair", "refuse_inadmissible", **refusal))


def oral(day: int) -> tuple[Turn, ...]:
    content: dict[str, Any] = {"content": "晚上九点以后不练习乐器。", "present": BOTH}
    return (*mediated(day, 1), turn(day, "volunteer_mediator", "agree_oral", **content))


def relapsing() -> tuple[Turn, ...]:
    again: dict[str, Any] = {"what_happened": "过了两个月又在深夜练习，双方再次争吵。"}
    return (*oral(-70), visited(-60), turn(-2, "registrar", "reopen_relapse", **again))


def quarrels() -> Iterator[Plot]:
    """All plots, each with its quarrel; communities take turns, one quarrel across communities lies at the street."""
    for n, turns in enumerate((*plots(), oral(-9), relapsing(), mediated(-4))):
        yield plot(n, UNITS[n % len(UNITS)], turns)
    yield plot(n + 1, "LA", mediated(-11))


def plot(n: int, unit: str, turns: tuple[Turn, ...]) -> Plot:
    title, kind = QUARRELS[n % len(QUARRELS)]
    names = NEIGHBOURS.split()
    pair = names[2 * n : 2 * n + 2]
    phones = [f"138{n:04}{place:04}" for place in (1, 2)]
    sides = [{"side": side, "name": name, "phone": phone} for side, name, phone in zip("AB", pair, phones, strict=True)]
    about = {"title": title, "facts": f"{title}，双方多次争执，请求调解。", "sides": sides}
    fitted = tuple(Turn(each.day, each.by, each.act, form_of(each, about, kind, pair), each.via) for each in turns)
    return Plot(f"quarrel {n} {unit}", unit, fitted, "mediation")


def form_of(each: Turn, about: dict[str, Any], kind: str, pair: list[str]) -> dict[str, Any]:
    """The form of the act with the two of the plot in it."""
    form = {name: pair if value is BOTH else value for name, value in each.form.items()}
    own = {"register": about, "ask_consent": {"kind": kind}}.get(each.act, {})
    return {**own, **form}
