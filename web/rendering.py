"""Filters that turn days, moments and running terms into words, and blocks rendered for htmx."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from flask import Flask, current_app, render_template, request

from web import days
from web.languages import gettext as _
from web.languages import is_english, ngettext
from web.views.due import Due
from workflow.calendar import SHANGHAI

WEEKDAYS = "一二三四五六日"


def bind(app: Flask) -> None:
    for word in (day, day_long, day_near, day_plain, day_short, weekday, moment, clock_time, left, span_said, phone):
        app.jinja_env.filters[word.__name__] = word
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def page(template: str, /, block: str = "", **values: Any) -> str:
    """The page, or for htmx only the named block of the same template, which must import its own macros."""
    if not block or not request.headers.get("HX-Request"):
        return render_template(template, **values)
    source = current_app.jinja_env.get_template(template)
    current_app.update_template_context(values)
    return "".join(source.blocks[block](source.new_context(values)))


def weekday(on: date) -> str:
    return format_date(on, "EEEE", locale="en") if is_english() else f"星期{WEEKDAYS[on.weekday()]}"


def day(on: date | None) -> str:
    """4月20日（星期一）, with 补班 where a rest day is worked."""
    return f"{day_plain(on)}{_bracketed(on, 'EEE')}" if on else ""


def day_near(on: date) -> str:
    """4月20日 星期一, for lists; of another year the day alone, which is far enough away."""
    if on.year != days.today().year:
        return day_plain(on)
    made_up = days.calendar().day(on).kind == "make_up"
    if is_english():
        return f"{format_date(on, 'EEE d MMM', locale='en')}{' (work)' if made_up else ''}"
    return f"{day_plain(on)} {weekday(on)}{'·补班' if made_up else ''}"


def day_long(on: date | None) -> str:
    """2026年2月14日（星期六·补班）."""
    if not on:
        return ""
    told = format_date(on, "d MMMM y", locale="en") if is_english() else f"{on.year}年{on.month}月{on.day}日"
    return f"{told}{_bracketed(on)}"


def day_plain(on: date | None) -> str:
    """4月20日; the year stands before it where it is not this one."""
    if not on:
        return ""
    other_year = on.year != days.today().year
    if is_english():
        return format_date(on, "d MMM y" if other_year else "d MMM", locale="en")
    return f"{on.year}年{on.month}月{on.day}日" if other_year else f"{on.month}月{on.day}日"


def day_short(on: date) -> str:
    return f"{on.month}/{on.day}"


def _bracketed(on: date, pattern: str = "EEEE") -> str:
    made_up = days.calendar().day(on).kind == "make_up"
    if is_english():
        name = format_date(on, pattern, locale="en")
        return f" ({name}, make-up working day)" if made_up else f" ({name})"
    return f"（{weekday(on)}·补班）" if made_up else f"（{weekday(on)}）"


def moment(at: datetime | None) -> str:
    return f"{day_plain(at.astimezone(SHANGHAI).date())} {clock_time(at)}" if at else ""


def clock_time(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime("%H:%M")


def left(due: Due) -> str:
    """剩3个工作日, 今天到期, 逾期5个工作日; of an ended term how it ended."""
    if not due.is_live:
        return _ended(due)
    if due.standing == "overdue":
        return _over(max(-due.left, 1), due.unit)
    if due.left <= 0 and due.standing == "running":
        return _("今天到期")
    return _remaining(due.left, due.unit)


def _ended(due: Due) -> str:
    if due.standing == "kept":
        return _("按期，%(day)s", day=day_plain(due.ended_on))
    return _("逾期办结，%(day)s", day=day_plain(due.ended_on)) if due.standing == "missed" else _("不再计算")


def _over(count: int, unit: str) -> str:
    said: dict[str, Callable[[], str]] = {
        "hours": lambda: ngettext("逾期%(num)s小时", "逾期%(num)s小时", count),
        "working_days": lambda: ngettext("逾期%(num)s个工作日", "逾期%(num)s个工作日", count),
    }
    return said.get(unit, lambda: ngettext("逾期%(num)s天", "逾期%(num)s天", count))()


def _remaining(count: int, unit: str) -> str:
    said: dict[str, Callable[[], str]] = {
        "hours": lambda: ngettext("剩%(num)s小时", "剩%(num)s小时", count),
        "working_days": lambda: ngettext("剩%(num)s个工作日", "剩%(num)s个工作日", count),
    }
    return said.get(unit, lambda: ngettext("剩%(num)s天", "剩%(num)s天", count))()


def span_said(count: int, unit: str = "days") -> str:
    """60日, 10个工作日."""
    if unit == "working_days":
        return ngettext("%(num)s个工作日", "%(num)s个工作日", count)
    return ngettext("%(num)s日", "%(num)s日", count)


def phone(number: str) -> str:
    """Digits only, for a `tel:` link."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")
