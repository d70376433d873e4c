"""Words and pictures the templates ask for by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from web import days, diagram, receipts, ruler, way
from web.boxes import Say
from web.languages import gettext as _
from web.languages import is_english, t
from web.rendering import WEEKDAYS, day_plain
from web.views.atlas import Atlas
from web.views.case import Map
from web.views.desk import Desk
from web.views.due import Group, Receipt
from web.views.month import Square

THEMES = ("light", "dark", "system")


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation."""

    label: str
    url: str
    here: bool
    count: int = 0


def bind(app: Flask) -> None:
    app.jinja_env.globals.update(
        csrf=csrf_line,
        day_classes=lambda cell: receipts.classes(cell, days.today()),
        english=is_english,
        grid=receipts.grid,
        group_name=group_name,
        group_note=group_note,
        large=is_large,
        month_said=month_said,
        navigation=navigation,
        notice_kind=notice_kind,
        ruler=line,
        square_classes=square_classes,
        states_said=states_said,
        theme=theme,
        themes=themes,
        today=days.today,
        way=way.way,
        way_said=way_said,
        weekday_heads=weekday_heads,
        words=words,
    )
    app.context_processor(reader)


def reader() -> dict[str, object]:
    """The person logged in, or nothing."""
    return {"me": current_user if current_user.is_authenticated else None}


def csrf_line() -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def theme() -> str:
    wanted = request.cookies.get("linban_theme", "")
    return wanted if wanted in ("light", "dark") else ""


def themes() -> dict[str, str]:
    return {"light": _("浅色"), "dark": _("深色"), "system": _("随系统")}


def is_large() -> bool:
    return request.cookies.get("linban_size") == "large"


def navigation() -> list[Place]:
    """What this reader may open; the board and the figures only for those who watch others."""
    unread = getattr(current_user, "unread", 0)
    watching = [("board.show", _("督办看板"), 0), ("stats.show", _("统计"), 0)]
    watched = watching if getattr(current_user, "watches", False) else []
    places = [
        ("desk.show", _("我的工作"), 0),
        ("cases.index", _("案件"), 0),
        *watched,
        ("inbox.show", _("催办"), unread),
        ("calendar.show", _("期限日历"), 0),
        ("procedures.index", _("程序"), 0),
    ]
    here = (request.endpoint or "").split(".")[0]
    return [Place(label, url_for(end), end.startswith(f"{here}."), count) for end, label, count in places]


def group_name(kind: Group) -> str:
    return {
        "late": _("已逾期"),
        "today": _("今天到期"),
        "soon": _("3个工作日内"),
        "later": _("以后"),
        "pause": _("中止计时中"),
        "none": _("没有期限"),
    }[kind]


def group_note(kind: Group, desk: Desk) -> str:
    return {
        "late": lambda: _("先办这些；逾期会自动逐级催办"),
        "today": lambda: _("%(day)s 24:00 前", day=day_plain(desk.today)),
        "soon": lambda: _("到%(day)s", day=day_plain(desk.soon_until)) if desk.soon_until else "",
        "later": lambda: _("还来得及"),
        "pause": lambda: _("原因消除后从剩余天数接着算"),
        "none": lambda: _("等别人办，或者没有法定期限"),
    }[kind]()


def notice_kind(kind: str) -> str:
    return {"remind": _("提醒"), "overdue": _("逾期"), "escalate": _("升级"), "act": _("通知")}[kind]


def weekday_heads() -> list[str]:
    return ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] if is_english() else list(WEEKDAYS)


def month_said(first: date) -> str:
    return first.strftime("%B %Y") if is_english() else f"{first.year}年{first.month}月"


def square_classes(square: Square, today: date) -> str:
    if not square.inside:
        return "d-out"
    kind = {"rest": "d-rest", "make_up": "d-work", "working": ""}[square.kind]
    unsure = "" if square.confirmed else "is-unsure"
    return " ".join(filter(None, (kind, "d-now" if square.on == today else "", unsure)))


def line(receipt: Receipt) -> ruler.Ruler | None:
    return ruler.draw(receipt, days.today())


def words(labels: Iterable[str], context: str) -> str:
    return _("、").join(t(label, context) for label in labels)


def states_said(atlas: Atlas, ids: Iterable[str]) -> str:
    """Names of states; a list that covers nearly all is told as such."""
    known = {state.id: state.label for state in atlas.states}
    wanted = [state for state in ids if state in known]
    if len(wanted) > max(len(known) - 3, diagram.EVERYWHERE):
        return _("几乎任何状态")
    return _("、").join(t(known[state], f"{atlas.id}.{state}") for state in wanted)


def spoken(procedure: str) -> Say:
    """Says states and acts of that procedure in the reader's language."""
    return lambda id_, label: t(label, f"{procedure}.{id_}")


def way_said(case_map: Map) -> str:
    """The side picture for who cannot see it."""
    was, may = (_("、").join(place.label for place in places) or "—" for places in (case_map.was, case_map.may))
    return _("走过：%(was)s；您在这里：%(now)s；下一步可能：%(may)s", was=was, now=case_map.now.label, may=may)


def soon_until(today: date) -> date:
    """The third working day after today."""
    calendar, on = days.calendar(), today
    for _number in range(3):
        on = calendar.next_working(on + timedelta(days=1))
    return on
