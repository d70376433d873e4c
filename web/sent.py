"""What a page sent, as the law is asked: by name, parts under their field, amounts in fen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict

from workflow.composite import MOST_ROWS
from workflow.field import Field, Kind

LINE_END = re.compile("\r\n?|\n")
ROW = re.compile("[0-9]|[1-9][0-9]")
YUAN = re.compile("[+-]?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\\.[0-9]{1,2})?")
SHORT = 200  # signs; a longer line is typed in a box, and its line ends are read as spaces
MORE = "more"
OWN = frozenset(("csrf_token", "version", "key", "acted_on", "on_behalf_of", "preview", "edit", "draft", "drop", MORE))

Raw = dict[str, Any]
Sent = MultiDict[str, str]


def read(sent: Sent, fields: Iterable[Field]) -> Raw:
    """By name; unknown names are passed on, for the law to refuse them by name."""
    asked, raw = {each.id: each for each in fields}, Raw()
    for name in sent:
        if name not in OWN:
            put(raw, name, sent, asked)
    return raw


def put(raw: Raw, name: str, sent: Sent, asked: Mapping[str, Field]) -> None:
    first, *way = name.split(".")
    cell = cell_of(asked.get(first), way)
    if cell is None:
        raw.setdefault(name, sent[name])
    else:
        box_of(raw, first, way)[cell.id] = READERS.get(cell.kind, one)(sent, name)


def cell_of(each: Field | None, way: list[str]) -> Field | None:
    """The field behind the name of an input, nothing where no form has that name."""
    if each is None or not each.parts:
        return None if way else each
    if each.kind == "rows":
        known, way = bool(way and ROW.fullmatch(way[0]) and int(way[0]) < MOST_ROWS), way[1:]
        return next((part for part in each.parts if known and way == [part.id]), None)
    return next((part for part in each.parts if way == [part.id]), None)


def box_of(raw: Raw, first: str, way: list[str]) -> Raw:
    """Where the value belongs: in the form, in a group, in a row, which keeps its number."""
    if not way:
        return raw
    if len(way) == 1:
        return into(raw, first, dict)
    rows = into(raw, first, list)
    rows += [{} for _ in range(int(way[0]) + 1 - len(rows))]
    row: Raw = rows[int(way[0])]
    return row


def into(raw: Raw, name: str, kind: Callable[[], Any]) -> Any:
    if not isinstance(raw.get(name), dict | list):
        raw[name] = kind()
    return raw[name]


def one(sent: Sent, name: str) -> str:
    return sent[name]


def one_line(sent: Sent, name: str) -> str:
    return LINE_END.sub(" ", sent[name])


def by_lines(sent: Sent, name: str) -> list[str]:
    return [line.strip() for line in sent[name].splitlines() if line.strip()]


def every(sent: Sent, name: str) -> list[str]:
    return sent.getlist(name)


def fen(sent: Sent, name: str) -> int | str:
    """2,000.00 as 200000; what is no amount is passed on as it was typed, for the law to refuse it."""
    typed = unicodedata.normalize("NFKC", sent[name]).strip().removesuffix("元").strip()
    return int(Decimal(typed.replace(",", "")) * 100) if YUAN.fullmatch(typed) else sent[name]


def in_yuan(value: Any) -> str:
    """What stands in the control for an amount: 2000.00; anything else as it was typed."""
    return f"{Decimal(value).scaleb(-2):.2f}" if isinstance(value, int) else str(value or "")


READERS: dict[Kind, Callable[[Sent, str], Any]] = {
    "text": one_line,
    "choices": every,
    "people": every,
    "units": every,
    "names": by_lines,
    "grounds": by_lines,
    "money": fen,
}
