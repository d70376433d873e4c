"""Values inside an English sentence: days, lengths of time and lists, which the law writes in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from babel.dates import format_date

from workflow.account import DayAndYear, DayInWords, Stretch
from workflow.sentences import Listed
from workflow.terms import UNIT_WORDS, Span

Say = Callable[[str], str]
UNITS = {"小时": "hour", "日": "day", "个工作日": "working day", "个月": "month", "年": "year"}
LENGTH = re.compile(f"([0-9]+)({'|'.join(UNIT_WORDS.values())})")
DAY = re.compile("(?:([0-9]+)年)?([0-9]+)月([0-9]+)日")
LEAP = 2000  # a year in which every day of a month exists


def told(value: Any, say: Say) -> Any:
    """`say` finds the English of a word; what it does not know and what is no day or length stays as it is."""
    if isinstance(value, Stretch):
        return stretch(value)
    if isinstance(value, DayInWords):
        return day(value)
    if isinstance(value, Listed):
        return ", ".join(str(told(each, say)) for each in value)
    if isinstance(value, Span):
        return length(str(value))
    return text(value, say) if isinstance(value, str) else value


def text(value: str, say: Say) -> str:
    found = say(value)
    if found != value:
        return found
    if written := DAY.fullmatch(value):
        year, month, number = (int(part or 0) for part in written.groups())
        return day((DayAndYear if year else DayInWords)(year or LEAP, month, number))
    words = [(each, say(each)) for each in value.split("、")]
    known = len(words) > 1 and all(word != said for word, said in words)
    return ", ".join(said for _, said in words) if known else length(value)


def length(value: str) -> str:
    """10 working days, from 10个工作日; anything else as it is."""
    found = LENGTH.fullmatch(value)
    if not found:
        return value
    count, unit = int(found[1]), UNITS[found[2]]
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def day(on: date) -> str:
    """20 April; with the year where the Chinese tells it."""
    return format_date(on, "d MMMM y" if isinstance(on, DayAndYear) else "d MMMM", locale="en")


def stretch(days: Stretch) -> str:
    """10 to 16 March; one day alone as that day."""
    first, last = days
    if first == last:
        return day(first)
    same = (first.year, first.month) == (last.year, last.month)
    return f"{first.day} to {day(last)}" if same else f"{day(first)} to {day(last)}"
