"""What a day reads as before anybody has filled it in."""

from __future__ import annotations

from typing import Any, NoReturn


class NoDay:
    """False, equal only to itself, neither early nor late against any day; to count with it is a TypeError."""

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return other is self

    def __hash__(self) -> int:
        return hash(NoDay)

    def __lt__(self, other: Any) -> bool:
        return False

    # A date asked against NO_DAY hands the question over to it, so these four answer for both sides.
    __le__ = __gt__ = __ge__ = __lt__

    def __add__(self, other: Any) -> NoReturn:
        raise TypeError("日期尚未填写，不能计算。")

    __radd__ = __sub__ = __rsub__ = __add__

    def __repr__(self) -> str:
        return "NO_DAY"

    def __str__(self) -> str:
        return ""

    def __format__(self, spec: str) -> str:
        return ""

    def __reduce__(self) -> str:
        return "NO_DAY"


NO_DAY = NoDay()
