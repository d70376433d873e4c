"""What a figure counts, said in words from the words of its procedure."""

from __future__ import annotations

from typing import Any

from web.languages import gettext as _
from web.languages import t
from workflow.words.measures import Counting, Mean, Measure, Median, Without
from workflow.words.naming import several
from workflow.words.procedure import Procedure
from workflow.words.when import Clock

Law = type[Procedure]


def formula(law: Law, measure: Counting) -> str:
    return whole(law, measure) + (_("；只计%(where)s的", where=said(law, measure.where)) if measure.where else "")


def whole(law: Law, measure: Counting) -> str:
    if isinstance(measure, Without):
        values = {"act": said(law, measure.act), "within": within(measure), "level": level(measure.level)}
        return _("%(within)s没有“%(act)s”的%(level)s ÷ 全部%(level)s", **values)
    if isinstance(measure, Median):
        begin, until = said(law, measure.begin), said(law, measure.until)
        return _("从“%(begin)s”到“%(until)s”的日历天数，取中位数", begin=begin, until=until)
    if isinstance(measure, Mean):
        return _("“%(of)s”的平均数，计“%(among)s”的案件", of=said(law, measure.of), among=said(law, measure.among))
    assert isinstance(measure, Measure), "a kind of figure that has no formula"
    return share(law, measure)


def share(law: Law, measure: Measure) -> str:
    among = said(law, measure.among)
    if all(isinstance(each, Clock) for each in several(measure.among)):
        return _("按期完成的 ÷ 到期的：%(among)s", among=among)
    return _("“%(of)s”的 ÷ “%(among)s”的", of=said(law, measure.of), among=among)


def said(law: Law, words: Any) -> str:
    return _("、").join(t(each.label, f"{law.id}.{each.id}") for each in several(words))


def within(measure: Without) -> str:
    span = measure.within
    return _("%(n)s个月内", n=span.count) if span.unit == "months" else _("%(n)s年内", n=span.count)


def level(name: str) -> str:
    names = {"city": _("市"), "district": _("区"), "street": _("街道"), "community": _("社区"), "branch": _("支部")}
    return names[name]


def value(measure: Counting, found: Any) -> str:
    """The figure as people say it; nothing where nothing was counted."""
    if found is None:
        return ""
    number = f"{float(found):.1f}".removesuffix(".0")
    if measure.is_share:
        return f"{float(100 * found):.1f}%"
    return _("%(n)s天", n=number) if measure.shape == "days" else number
