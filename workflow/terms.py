"""Lengths of time as the law writes them: so many days of a kind, from a day, until a day, the later of two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Unit = Literal["hours", "days", "working_days", "months", "years"]

UNIT_WORDS: dict[Unit, str] = {
    "hours": "小时",
    "days": "日",
    "working_days": "个工作日",
    "months": "个月",
    "years": "年",
}


@dataclass(frozen=True)
class Span:
    """A length; its count is a number, or a field or setting that holds one."""

    count: Any
    unit: Unit
    local: tuple[Any, tuple[tuple[str, Span], ...]] | None = None

    @property
    def settings(self) -> tuple[Any, ...]:
        """The lines or settings it takes its count from, or its length."""
        return (*(() if isinstance(self.count, int) else (self.count,)), *((self.local[0],) if self.local else ()))

    def unless(self, setting: Any, **others: Span) -> Span:
        """Another length where the setting says so: `months(1).unless(limit_mode, days30=days(30))`."""
        return Span(self.count, self.unit, (setting, tuple(others.items())))

    def since(self, anchor: Any) -> Since:
        """Counted from a day on file or from the day an act was last done, not from when the clock began to run."""
        return Since(self, anchor)

    def __str__(self) -> str:
        return f"{getattr(self.count, 'label', self.count)}{UNIT_WORDS[self.unit]}"


@dataclass(frozen=True)
class Since:
    span: Span
    anchor: Any


@dataclass(frozen=True)
class Until:
    """The day somebody set."""

    field: Any


@dataclass(frozen=True)
class LaterOf:
    terms: tuple[Term, ...]


Term = Span | Since | Until | LaterOf


def hours(count: Any) -> Span:
    return Span(count, "hours")


def days(count: Any) -> Span:
    return Span(count, "days")


def working_days(count: Any) -> Span:
    return Span(count, "working_days")


def months(count: Any) -> Span:
    return Span(count, "months")


def years(count: Any) -> Span:
    return Span(count, "years")


def until(field: Any) -> Until:
    return Until(field)


def later_of(*terms: Term) -> LaterOf:
    return LaterOf(terms)
