"""Petitions in every state, with due dates around today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.plots.matters import MATTERS
from models.plots.telling import Ahead, Held, Named, Of, Plot, Turn, turn

STREETS = ("LA", "SQ")
COMMUNITIES = ("LALA", "LAGH", "LABT", "SQDC", "SQWT", "SQXD")
SIMPLE = ["clear", "one_duty", "little_dispute", "first_time"]
CHECKED = ["both_signed", "lawful", "voluntary"]
BASIS = "《信访工作条例》第三十二条，及有关专门规定"


def accepted(day: int) -> tuple[Turn, ...]:
    """Taken up on that day, four days after it came in."""
    return (filed(day - 4), turn(day, "caseworker", "accept", route=6))


def filed(day: int, **form: Any) -> Turn:
    return turn(day, "window_clerk", "register", **{"channel": "visit", **form})


def replied(day: int, accepted_on: int, outcome: str = "explain", **form: Any) -> tuple[Turn, ...]:
    opinion: dict[str, Any] = {"outcome": outcome, "opinion": "处理意见书", "legal_basis": BASIS, "talked": True}
    form = {**opinion, "remedy_named": True, **form}
    return (*accepted(accepted_on), turn(day, "unit_head", "reply", **form))


def served(day: int, *before: Turn) -> tuple[Turn, ...]:
    return (*before, turn(day, "window_clerk", "record_service", method="hand"))


def asked_for_review(day: int) -> tuple[Turn, ...]:
    """The opinion is served twenty days before the request."""
    before = served(day - 20, *replied(day - 23, day - 70))
    return (*before, turn(day, "petitioner", "request_review", grounds="对事实认定有不同意见"))


def reviewed(day: int) -> tuple[Turn, ...]:
    reply = turn(day, "reviewer", "review_reply", outcome="uphold", opinion="复查意见书")
    return served(day + 2, *asked_for_review(day - 20), reply)


def asked_for_reexamination(day: int) -> tuple[Turn, ...]:
    return (*reviewed(day - 10), turn(day, "petitioner", "request_reexam", grounds="仍不服复查意见"))


def concluded(day: int) -> tuple[Turn, ...]:
    reply = turn(day, "reexaminer", "reexam_reply", outcome="uphold", opinion="复核意见书")
    return served(day + 2, *asked_for_reexamination(day - 15), reply)


def plots() -> Iterator[tuple[Turn, ...]]:
    """Every plot without its matter, from the simplest on."""
    yield from ((filed(day),) for day in (-1, -2, -4, -6, -9, -11, -13, -14))
    yield from ((filed(day, channel="web"),) for day in (-18, -40))  # nobody decided: deemed accepted
    yield from (accepted(day) for day in (-70, -66, -61, -60, -59, -58, -57, -50, -44, -36, -28, -19, -9, -3))
    yield (*accepted(-62), extension(-18, 20), turn(-16, "unit_head", "approve_extension"))
    yield (*accepted(-50), extension(-2, 15))
    yield (*accepted(-45), turn(-12, "unit_head", "open_hearing", hearing_on=Ahead(2), chair=Held("hearing_chair")))
    yield from (replied(day, day - 40) for day in (-2, -4, -9))
    yield replied(-1, -30, "support", implement_due_on=Ahead(20))
    yield from (served(day, *replied(day - 3, day - 45)) for day in (-6, -15, -27, -29))
    yield served(-20, *replied(-24, -60, "support", implement_due_on=Ahead(3)))
    yield served(-25, *replied(-28, -70, "support", implement_due_on=Ahead(-3)))
    yield from (served(day, *replied(day - 3, day - 50)) for day in (-40, -55))  # window over: closed by itself
    yield from (asked_for_review(day) for day in (-28, -12, -35))
    yield (*asked_for_review(-25), turn(-8, "reviewer", "order_rehandle", redo_due_on=Ahead(30)))
    yield reviewed(-12)
    yield from (asked_for_reexamination(day) for day in (-6, -26))
    yield concluded(-5)
    yield from ((filed(day, simple_wanted=True),) for day in (-1, -2))
    yield from ((filed(day - 1, simple_wanted=True), simple(day)) for day in (-4, -12))
    yield (filed(-9, simple_wanted=True), simple(-8), simple_reply(-3))
    yield (filed(-30, type="suggestion"), turn(-27, "caseworker", "study"))
    yield (filed(-60, type="suggestion"), turn(-56, "caseworker", "study"))
    yield (filed(-40, type="suggestion"), turn(-37, "caseworker", "study"), answered(-6))
    yield (filed(-20), duty(-16, Ahead(4)))
    yield (filed(-9), guided(-5))
    yield (*accepted(-33), turn(-4, "caseworker", "settle", agreement="调解协议书", checked=CHECKED))
    yield (*accepted(-21), *withdrawn(-6))


def extension(day: int, days: int) -> Turn:
    return turn(day, "caseworker", "request_extension", days=days, reason="需要专业机构鉴定，鉴定结论尚未出具")


def simple(day: int) -> Turn:
    return turn(day, "caseworker", "accept_simple", criteria=SIMPLE)


def simple_reply(day: int) -> Turn:
    done = {"outcome": "support", "execution_proof": "现场照片", "opinion": "简易答复", "legal_basis": BASIS}
    return turn(day, "caseworker", "reply_simple", remedy_named=True, **done)


def answered(day: int) -> Turn:
    return turn(day, "unit_head", "answer", answer="书面答复", adopted=True)


def duty(day: int, due: Ahead) -> Turn:
    basis = "《物业管理条例》第六十六条"
    return turn(day, "caseworker", "perform_duty", route=5, legal_basis=basis, law_due_on=due)


def guided(day: int) -> Turn:
    body = {"body": "青桥区人民政府行政复议窗口", "time_limit_warning": "复议期限为六十日，正在计算，请尽快提出"}
    return turn(day, "caseworker", "guide_out", route=4, legal_basis="《行政复议法》第十一条", **body)


def withdrawn(day: int) -> tuple[Turn, ...]:
    hand = turn(day + 2, "supervisor", "withdraw", free_will=True)
    return (turn(day, "petitioner", "withdraw", statement="撤回声明"), hand)


def refused(day: int, elsewhere: str) -> tuple[Turn, ...]:
    """The street is at work on it; the caseworker proposes, the head of the organ decides."""
    compared = "两件的诉求、事实和理由逐项相同，柳岸街道已经受理，正在办理。"
    found: dict[str, Any] = {"ref_case": Of(elsewhere), "reason": "N1", "difference_check": compared}
    return (turn(day, "caseworker", "refuse", **found), turn(day + 1, "unit_head", "refuse"))


def elsewhere() -> Iterator[tuple[str, str, tuple[Turn, ...]]]:
    """Plots that name a unit of their own: communities, the district, one case that follows another."""
    yield "", "LAGH", (filed(-5),)
    yield "", "SQDC", (filed(-12),)
    yield "", "LABT", (filed(-4), turn(-3, "dispatcher", "route", to_org="LA"))
    yield "", "SQWT", (filed(-9), turn(-8, "dispatcher", "route", to_org="SQ"))
    yield "", "QQ", (filed(-6, at_letters_office=True, channel="letter"),)
    yield "", "QQ", (filed(-14, at_letters_office=True, channel="letter"), turn(-6, "dispatcher", "route", to_org="SQ"))
    disputed = "所反映的道路由市政部门管养，不属于街道职责，建议转市政部门办理"
    yield "", "QQ", (
        filed(-15, at_letters_office=True), turn(-7, "dispatcher", "route", to_org="LA"),
        turn(-3, "caseworker", "object", reason=disputed),
    )  # fmt: skip
    assigned: dict[str, Any] = {"to_org": "LA", "feedback_due_on": Ahead(6), "reason": "多户居民反映，请查明后反馈"}
    yield "", "QQ", (filed(-20, at_letters_office=True), turn(-12, "dispatcher", "assign", **assigned))
    yield "leader", "LA", accepted(-24)
    yield (
        "follower",
        "LA",
        (filed(-6, petitioner_name="田雨归"), turn(-5, "caseworker", "merge", into_case=Of("leader"), **SAME)),
    )
    yield "sealed", "LA", (filed(-5, type="accusation", subject_org="SQ", channel="letter"),)
    yield "sent", "LA", (
        filed(-9, type="accusation", channel="letter"), turn(-6, "sealed_handler", "forward_accusation", to_org="QQ"),
    )  # fmt: skip
    heard = turn(-3, "reexaminer", "open_reexam_hearing", chair=Named("梁秋实"))
    yield "heard again", "SQ", (*asked_for_reexamination(-14), heard)
    yield "again", "QQ", (filed(-8), *refused(-6, "leader"))


# Plots whose turns say what they are about, by the place of their matter; the follower is a neighbour.
ABOUT = {"leader": 1, "follower": 1, "again": 1, "sealed": 59, "sent": 59}
SAME = {"same_matter_reason": "同一处积水，诉求相同"}


def petitions() -> Iterator[Plot]:
    """All plots, each with its matter; streets take turns."""
    told = [("", STREETS[n % 2], turns) for n, turns in enumerate(plots())] + list(elsewhere())
    for n, (name, unit, turns) in enumerate(told):
        title, person = MATTERS[ABOUT.get(name, n % len(MATTERS))]
        first = turns[0]
        form = {"content": f"{title}。请求查明情况，书面答复。", "petitioner_name": person, "address": "云州市青桥区"}
        opening = Turn(first.day, first.by, first.act, {**form, **first.form})
        yield Plot(name or f"plot{n}", unit, (opening, *turns[1:]))
