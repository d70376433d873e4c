"""Marks of several raters made one total, exact until it is rounded once; and who gets what there is not enough of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile
from typing import Any, TypeVar

T = TypeVar("T")


def rounded(exact: Fraction, places: int = 2) -> Decimal:
    """Half up, in whole numbers, so that 89.995 is 90.00 and nothing below it is."""
    scale = 10**places
    whole = (2 * exact.numerator * scale + exact.denominator) // (2 * exact.denominator)
    return Decimal(whole).scaleb(-places)


def weighted(marks: Mapping[str, Fraction | Decimal], weights: Mapping[str, Decimal]) -> Fraction:
    """Exact: a third of a mark stays a third. Every weight has its mark."""
    return sum((Fraction(weight) * Fraction(marks[who]) for who, weight in weights.items()), Fraction(0))


def average(counts: Mapping[str, int], worth: Mapping[str, int]) -> Fraction | None:
    """Of the answers that are worth something; nothing where nobody gave one."""
    counted = sum(counts.get(answer, 0) for answer in worth)
    return Fraction(sum(counts.get(answer, 0) * worth[answer] for answer in worth), counted) if counted else None


def share(part: int, whole: int) -> Fraction | None:
    """In hundredths, exact; nothing of nothing."""
    return Fraction(100 * part, whole) if whole else None


def lowest(order: Sequence[str], *values: str) -> str:
    """The one that stands first in the order."""
    return min(values, key=order.index)


def places(percent: int, of: int) -> int:
    """The whole part of so many in a hundred, at least one."""
    return max(of * percent // 100, 1)


def allot(free: int, candidates: Sequence[T], rank: Callable[[T], Any]) -> tuple[list[T], list[T]]:
    """Who has a place for certain, the highest first; and who are level at the last of them, where that leaves more
    of them than places."""
    ranked = sorted(candidates, key=rank, reverse=True)
    if len(ranked) <= free:
        return ranked, []
    if rank(ranked[free - 1]) != rank(ranked[free]):
        return ranked[:free], []
    level = rank(ranked[free])
    sure = list(takewhile(lambda each: rank(each) != level, ranked))
    return sure, [each for each in ranked if rank(each) == level]
