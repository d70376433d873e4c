"""The figures of a procedure, counted from the record for whoever watches, at his unit and beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from flask import abort, url_for

from models.db import db
from models.organisation import Organisation, organisation
from models.reading import measures as reading
from models.reading.visible import visible_beneath
from web import days, formulas
from web.languages import gettext as _
from web.languages import t
from web.views.board import Bar
from web.views.stats import Choice, Column, Measured, Stats
from workflow.calendar import months_later
from workflow.fields import Field
from workflow.measuring import Asked
from workflow.registry import PROCEDURES
from workflow.snapshot import Actor
from workflow.words.measures import Counting, Figure, Point, Without
from workflow.words.naming import several
from workflow.words.procedure import Procedure

MONTHS = 12
Law = type[Procedure]
Named = tuple[str, list[Point]]


@dataclass(frozen=True)
class Wanted:
    """Which procedure, from which day through which; `problem` where the days that were asked for are none."""

    law: Law
    first: date
    last: date
    problem: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str], laws: list[Law], today: date) -> Wanted:
        law = next((each for each in laws if each.id == asked.get("procedure")), laws[0])
        first, last = date(today.year, 1, 1), today
        if not (asked.get("from") or asked.get("to")):
            return cls(law, first, last)
        try:
            first = date.fromisoformat(asked.get("from") or first.isoformat())
            last = date.fromisoformat(asked.get("to") or last.isoformat())
        except ValueError:
            return cls(law, date(today.year, 1, 1), today, _("日期应写成2026-04-20的样子。"))
        wrong = _("开始日不能晚于结束日。") if first > last else ""
        return cls(law, min(first, last), max(first, last), wrong)


def laws_of(actor: Actor) -> list[Law]:
    """Procedures with figures in which the post has a part."""
    return [law for law in PROCEDURES.values() if law.measures and actor.role in law.roles]


def stats(actor: Actor, asked: Mapping[str, str]) -> Stats:
    """The page; not found where the post has a part in no procedure that is measured."""
    laws = laws_of(actor)
    wanted = Wanted.of(asked, laws or abort(404), days.today())
    law, known = wanted.law, organisation(db.session())
    found = Counted.of(actor, wanted, known)
    scope = known.units[actor.unit].name if actor.unit in known.units else ""
    others = (Choice(t(each.label, each.id), address(wanted, law=each), each is law) for each in laws)
    measured = tuple(map(found.measured, law.measures.values()))
    return Stats(
        law.id, t(law.label, law.id), scope, wanted.first, wanted.last, measured, tuple(others),
        tuple(periods(wanted)), address(wanted, page="stats.sheet"), wanted.problem,
    )  # fmt: skip


def address(wanted: Wanted, page: str = "stats.show", **other: Any) -> str:
    found = replace(wanted, **other)
    days_: dict[str, Any] = {"from": found.first.isoformat(), "to": found.last.isoformat()}
    return url_for(page, procedure=found.law.id, **days_)


def periods(wanted: Wanted) -> Iterator[Choice]:
    on = days.today()
    spans = (
        (_("本月"), on.replace(day=1), on),
        (_("今年"), date(on.year, 1, 1), on),
        (_("近十二个月"), months_later(on, -12) + timedelta(days=1), on),
        (_("去年"), date(on.year - 1, 1, 1), date(on.year - 1, 12, 31)),
    )
    for label, first, last in spans:
        chosen = (first, last) == (wanted.first, wanted.last)
        yield Choice(label, address(wanted, first=first, last=last), chosen)


def looks_back(wanted: Wanted, known: Organisation) -> date:
    """The first day of which anything is shown: of the period, the twelve months, or what is looked back at."""
    spans = [each.within for each in wanted.law.measures.values() if isinstance(each, Without)]
    backwards = (known.calendar.back(wanted.last, span) for span in spans)
    return min(wanted.first, months_later(wanted.last.replace(day=1), 1 - MONTHS), *backwards)


@dataclass(frozen=True)
class Counted:
    """All points of a procedure that the reader may see, and the days and units they are counted over."""

    law: Law
    known: Organisation
    asked: Asked
    points: list[Point]

    @classmethod
    def of(cls, actor: Actor, wanted: Wanted, known: Organisation) -> Counted:
        session, now = db.session(), days.now()
        mine, since = visible_beneath(session, actor), looks_back(wanted, known)
        points = list(reading.points(session, wanted.law.id, mine, now=now, since=since))
        units = tuple(unit for unit in known.units.values() if actor.unit in known.upward(unit.id))
        return cls(wanted.law, known, Asked(wanted.first, wanted.last, units, known.calendar), points)

    def measured(self, measure: Counting) -> Measured:
        mine = [point for point in self.points if point.measure == measure.id]
        found = self.asked.figure(measure, mine)
        share = height(measure, found, Fraction(1)) if measure.is_share else None
        label, formula = t(measure.label, f"{self.law.id}.{measure.id}"), formulas.formula(self.law, measure)
        value, parts = formulas.value(measure, found.value), tuple(self.parts(measure, mine))
        months = self.months(measure, mine)
        return Measured(measure.id, label, formula, value, counted(measure, found), share, months, parts)

    def months(self, measure: Counting, mine: list[Point]) -> tuple[Column, ...]:
        """The twelve months up to the last day asked for."""
        last = self.asked.last.replace(day=1)
        firsts = [months_later(last, -back) for back in range(MONTHS - 1, -1, -1)]
        found = [(first, self.month(first).figure(measure, mine)) for first in firsts]
        most = greatest(figure for _first, figure in found)
        return tuple(
            Column(first, height(measure, figure, most), formulas.value(measure, figure.value))
            for first, figure in found
        )

    def month(self, first: date) -> Asked:
        return replace(self.asked, first=first, last=months_later(first, 1) - timedelta(days=1))

    def parts(self, measure: Counting, mine: list[Point]) -> Iterator[tuple[str, tuple[Bar, ...]]]:
        """By unit in the order of the tree, never by how they do; by act or term; by the lines that are named.

        What is all of one kind is not told apart.
        """
        if isinstance(measure, Without):
            yield _("是这些单位"), tuple(Bar(name, 0, "") for name in self.missing(measure, mine))
            return
        for heading, named in self.told_apart(measure, mine):
            bars = self.bars(measure, named)
            yield from [(heading, bars)] if len(bars) > 1 else []

    def told_apart(self, measure: Counting, mine: list[Point]) -> Iterator[tuple[str, Iterator[Named]]]:
        units = ((unit.name, [each for each in mine if each.unit == unit.id]) for unit in self.asked.units)
        yield _("按单位"), units
        words = several(getattr(measure, "among", ()))
        whats = ((formulas.said(self.law, word), [each for each in mine if each.what == word.id]) for word in words)
        yield _("按环节"), whats
        for number, line in enumerate(several(measure.by)):
            yield t(line.label, f"{self.law.id}.{line.id}"), self.groups(line, number, mine)

    def missing(self, measure: Without, mine: list[Point]) -> list[str]:
        at_level = [unit for unit in self.asked.units if unit.level == measure.level]
        return [unit.name for unit, none in zip(at_level, self.asked.values(measure, mine), strict=True) if none]

    def groups(self, line: Field, number: int, mine: list[Point]) -> Iterator[Named]:
        for group in sorted({point.groups[number] for point in mine}):
            words = t(line.options[group], f"{self.law.id}.{line.id}") if group in line.options else group
            yield words or _("未填"), [point for point in mine if point.groups[number] == group]

    def bars(self, measure: Counting, named: Iterable[Named]) -> tuple[Bar, ...]:
        found = [(name, self.asked.figure(measure, points)) for name, points in named]
        some = [(name, figure) for name, figure in found if figure.value is not None]
        most = greatest(figure for _name, figure in some)
        return tuple(Bar(name, height(measure, figure, most) or 0, told(measure, figure)) for name, figure in some)


def told(measure: Counting, figure: Figure) -> str:
    return f"{counted(measure, figure)}　{formulas.value(measure, figure.value)}"


def counted(measure: Counting, figure: Figure) -> str:
    """What a figure was worked out from."""
    return f"{figure.of} ÷ {figure.among}" if measure.is_share else _("%(n)s件", n=figure.among)


def greatest(figures: Iterable[Figure]) -> Fraction:
    return max((figure.value for figure in figures if figure.value), default=Fraction(1))


def height(measure: Counting, figure: Figure, most: Fraction) -> float | None:
    """In percent: of a share the share itself, of a number its part of the greatest."""
    if figure.value is None:
        return None
    return float(100 * figure.value / (1 if measure.is_share else most))
