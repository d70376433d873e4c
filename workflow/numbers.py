"""Fields that count: whole numbers, exact ones, money and scores; never a fraction that is not exact."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, ClassVar

from workflow.checks import Check

LARGEST = 2**53 - 1  # beyond it a browser no longer counts exactly
WHOLE = re.compile("[+-]?[0-9]{1,30}")
EXACT = re.compile("[+-]?[0-9]{1,30}(?:\\.[0-9]{1,30})?")


class Fen(int):
    """An amount in fen; in a sentence it stands in yuan: 2,000.00."""

    def __format__(self, _spec: str) -> str:
        return f"{Decimal(int(self)).scaleb(-2):,.2f}"


class Number(Check):
    unset: ClassVar[Any] = 0
    sentences: ClassVar[dict[str, str]] = {
        "type": "{label}须为整数。",
        "too_small": "{label}不得小于{min}。",
        "too_large": "{label}不得大于{max}。",
    }
    shown: ClassVar[type[int]] = int
    unlike: ClassVar[tuple[type, ...]] = (float, Decimal)

    def kept(self, value: Any) -> Any:
        """Whoever writes a fraction where none can stand has to say first how it is rounded."""
        if isinstance(value, self.unlike):
            raise TypeError(f"{self.label} cannot be {value!r}")
        return value

    def read(self, value: Any) -> Any:
        return self.within(self.whole(value))

    def within(self, number: Any) -> Any:
        least = -LARGEST if self.at_least is None else self.at_least
        most = LARGEST if self.at_most is None else self.at_most
        if number < least:
            raise self.make_error("too_small", min=self.shown(least))
        if number > most:
            raise self.make_error("too_large", max=self.shown(most))
        return number

    def whole(self, value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return int(value)
        digits = self.folded(value)
        if not WHOLE.fullmatch(digits):
            raise self.make_error("type")
        return int(digits)


class Exact(Number):
    """With at most so many decimals. JSON keeps it as text, since its own numbers are not exact."""

    unset, unlike = Decimal(0), (float,)
    sentences: ClassVar[dict[str, str]] = {
        "type": "{label}须为数字。",
        "inexact": "{label}有小数的，须写成带引号的文字。",
        "places": "{label}最多{places}位小数。",
    }

    def read(self, value: Any) -> Decimal:
        number = self.within(self.exact(value))
        if -int(number.as_tuple().exponent) > self.places:
            raise self.make_error("places", places=self.places)
        return number or Decimal(0)  # there is no zero below zero

    def exact(self, value: Any) -> Decimal:
        if isinstance(value, float):
            raise self.make_error("inexact")
        if isinstance(value, int) and not isinstance(value, bool):
            return Decimal(value)
        if isinstance(value, Decimal) and value.is_finite():
            return value
        digits = self.folded(value)
        if not EXACT.fullmatch(digits):
            raise self.make_error("type")
        return Decimal(digits)

    def to_json(self, value: Decimal) -> str:
        return f"{value:f}"  # never 1E+1

    def from_json(self, value: str) -> Decimal:
        return Decimal(value)


class Score(Exact):
    """One indicator of a score sheet."""

    sentences: ClassVar[dict[str, str]] = {"too_large": "{label}超过该项满分{max}。"}


class Money(Number):
    """Whole fen; only a page reads and shows yuan."""

    sentences: ClassVar[dict[str, str]] = {
        "type": "{label}须为金额，最多两位小数。",
        "too_small": "{label}不得小于{min}元。",
        "too_large": "{label}不得大于{max}元。",
    }
    shown = Fen

    def whole(self, value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return int(value)
        self.line(value)
        raise self.make_error("type")
