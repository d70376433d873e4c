"""What a program may send: the envelope of an act and the filters of a list, checked by the same checks as a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from marshmallow import Schema

from web.api import components
from web.problems import N_
from workflow.calendar import today
from workflow.checks import Check, OnDay, YesNo
from workflow.field import Field
from workflow.fields import Form, number, text, unit

FORM_WRONG = N_("表单须逐栏填写。")
MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}.*", re.DOTALL)
ZONED = re.compile("[0-9-]{10}[Tt ][0-9:.,]{5,18}(?:[Zz]|[+-][0-9]{2}:?[0-9]{2})")
ZONE_MISSING = N_("时间须带时区，例如2026-01-05T09:00:00+08:00。")

LEVELS = {"city": N_("市"), "district": N_("区"), "street": N_("街道"), "community": N_("社区")}
SORTS = {"due": N_("到期日"), "-due": N_("到期日倒序"), "filed": N_("登记时间"), "-filed": N_("登记时间倒序")}
MOST, USUAL = 200, 50


class DayOrMoment(OnDay):
    """A day of Shanghai, or a moment with its zone, which counts as the day it falls on there."""

    sentences: ClassVar[dict[str, str]] = {"zone": ZONE_MISSING}

    def read(self, value: Any) -> date:
        if is_local(value):
            raise self.make_error("zone")
        return super().read(zoned(value))


class FormSent(Check):
    """The form itself, whose lines the law checks once it knows who asks."""

    sentences: ClassVar[dict[str, str]] = {"type": FORM_WRONG}

    def read(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.make_error("type")
        return {name: zoned_within(each) for name, each in value.items()}


def is_local(value: Any) -> bool:
    """A moment that does not say where."""
    return isinstance(value, str) and bool(MOMENT.fullmatch(value)) and not ZONED.fullmatch(value)


def zoned(value: Any) -> Any:
    """A moment with zone as its day in Shanghai; anything else as it is."""
    if not isinstance(value, str) or not ZONED.fullmatch(value):
        return value
    try:
        return today(datetime.fromisoformat(value)).isoformat()
    except (ValueError, OverflowError):
        return value


def zoned_within(value: Any) -> Any:
    """Also in the rows of a table."""
    if isinstance(value, list):
        return [zoned_within(each) for each in value]
    return {name: zoned(each) for name, each in value.items()} if isinstance(value, dict) else zoned(value)


def described(check: Check, english: str, **told: Any) -> Check:
    """The check, with what the document says of it."""
    check.metadata = {"title": check.label, "x-label-zh": check.label, "x-label-en": english, **told}
    return check


def asked(field: Field, english: str) -> Check:
    return described(field.check, english, **components.kind(field))


def named(name: str, checks: Mapping[str, Check]) -> type[Schema]:
    return Form.from_dict(dict(checks), name=name)


def day(label: str, english: str) -> Check:
    return described(DayOrMoment(label, required=False), english, type="string", format="date")


def form_of(forms: Iterable[str]) -> Check:
    refs = [{"$ref": f"#/components/schemas/{name}"} for name in forms]
    return described(FormSent(N_("表单"), required=False), "Form", type="object", anyOf=refs)


def acting(forms: Iterable[str]) -> type[Schema]:
    version = number(N_("版本"), at_least=0, optional=True)
    return named("ActRequest", {
        "form": form_of(forms), "version": asked(version, "Version seen; If-Match will do as well"),
        "acted_on": day(N_("办理日期"), "Day of the act, where it is entered later"),
        "on_behalf_of": asked(text(N_("为谁办理"), optional=True), "For which of several parties: `party_2`"),
    })  # fmt: skip


def opening(forms: Iterable[str]) -> type[Schema]:
    trigger = text(N_("登记方式"), optional=True)
    return named("OpenRequest", {
        "form": form_of(forms), "trigger": asked(trigger, "Opening act, where there are several"),
        "unit": asked(unit(N_("收件单位"), optional=True), "Office that takes it in, for roles without a post"),
        "acted_on": day(N_("办理日期"), "Day of the act, where it is entered later"),
    })  # fmt: skip


def period() -> type[Schema]:
    return named("Period", {
        "from": day(N_("开始日"), "First day counted"), "to": day(N_("结束日"), "Last day counted"),
    })  # fmt: skip


def filters(procedures: Mapping[str, str], states: Mapping[str, str]) -> type[Schema]:
    one_of = {"level": (N_("层级"), "Level", LEVELS), "procedure": (N_("程序"), "Procedure", procedures)}
    one_of |= {"state": (N_("状态"), "State", states), "sort": (N_("排序"), "Order; - turns it round", SORTS)}
    chosen = {
        name: asked(Field("choice", label, options=options, optional=True), english)
        for name, (label, english, options) in one_of.items()
    }
    limit = number(N_("每页条数"), at_least=1, at_most=MOST, optional=True)
    return named("CaseFilter", {
        **chosen,
        "overdue": described(YesNo(N_("逾期"), required=False), "Overdue", type="boolean"),
        "due_by": day(N_("到期不晚于"), "Due by"),
        "filed_since": day(N_("登记不早于"), "Filed since"),
        "limit": described(limit.check, "Cases a page", **components.kind(limit), default=USUAL),
        "after": asked(text(N_("上一页末尾"), optional=True), "Where the page before ended: from `next`"),
    })  # fmt: skip
