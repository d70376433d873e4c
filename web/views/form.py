"""A form as the templates draw it: lines with controls, what was typed, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Control = Literal[
    "text", "area", "number", "decimal", "money", "day", "radios", "select", "checks", "tick", "file", "phone", "id",
    "names", "case", "group", "rows",
]  # fmt: skip


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Line:
    """One question. `value` is what was typed, for several values one a line; `errors` are whole sentences.

    `parts` are the lines of a group, or the rows of a table, each of which is a group.
    """

    id: str
    label: str
    control: Control
    value: str = ""
    options: tuple[Option, ...] = ()
    hint: str = ""
    required: bool = True
    errors: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    parts: tuple[Line, ...] = ()

    @property
    def is_group(self) -> bool:
        return self.control in ("radios", "checks", "group", "rows")

    @property
    def grows(self) -> bool:
        return self.control == "rows" and len(self.parts) < (self.at_most or 0)

    def each(self) -> Iterator[Line]:
        """Itself and every line within."""
        yield self
        for part in self.parts:
            yield from part.each()


@dataclass(frozen=True)
class Saved:
    """A draft of this form; `taken_up`: it is what the form shows."""

    at: datetime
    taken_up: bool = False


@dataclass(frozen=True)
class Form:
    """`troubles` belong to no line; `version` and `key` travel hidden. Not `open`: only there to be read.

    `preview`: the documents it leads to can be looked at before.
    """

    action: str
    title: str
    lines: tuple[Line, ...]
    send: str = ""
    basis: str = ""
    troubles: tuple[str, ...] = ()
    version: int | None = None
    key: str = ""
    then: tuple[str, ...] = ()
    due: tuple[str, date] | None = None
    open: bool = True
    preview: bool = False
    saved: Saved | None = None

    @property
    def has_file(self) -> bool:
        return any(line.control == "file" for line in self.lines)

    @property
    def wrong(self) -> tuple[Line, ...]:
        return tuple(each for line in self.lines for each in line.each() if each.errors)
