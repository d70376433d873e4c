"""What pictures are made of: boxes with their words in them, and wires between."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Say = Callable[[str, str], str]  # the id of a state or an act and its label, to the label in the reader's language
HAN, LATIN = 12.0, 6.7  # widths of one sign at 12 px, a little more than most fonts need
MARGIN = 10
PARTS = re.compile("[!-~]+ ?|.")


@dataclass(frozen=True)
class Box:
    id: str
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    look: str
    note: str = ""

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def level(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Wire:
    """`path` is an SVG path; `title` names the acts on it."""

    path: str
    look: str
    title: str = ""


@dataclass(frozen=True)
class Picture:
    width: float
    height: float
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]


def fitted(label: str, width: float) -> tuple[str, ...]:
    """The label on one line or two that stay inside a box of that width; what is longer still ends in …."""
    lines = [""]
    for part in PARTS.findall(label):
        if lines[-1] and span(lines[-1] + part.strip()) > width - MARGIN:
            lines.append("")
        lines[-1] += part
    kept = [line.strip() for line in lines]
    shown = kept if len(kept) < 3 else [kept[0], kept[1] + "…"]
    return tuple(cut(line, width - MARGIN) for line in shown)


def cut(line: str, width: float) -> str:
    if span(line) <= width:
        return line
    while span(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip(' …')}…"


def span(text: str) -> float:
    return sum(LATIN if sign < "\u2000" else HAN for sign in text)
