"""Where a procedure contradicts itself, and how: always with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workflow.words.acts import Act
from workflow.words.naming import id_of
from workflow.words.procedure import Procedure


@dataclass(frozen=True)
class Contradiction:
    """Said to those who write procedures."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


Found = Iterator[Contradiction]


def at(procedure: type[Procedure], word: Any, sentence: str) -> Contradiction:
    """At the line on which the word stands; an act at its decorator."""
    if isinstance(word, Act):
        return Contradiction(procedure.file, word.body.__code__.co_firstlineno, sentence)
    return on_line(procedure, id_of(word), sentence)


def on_line(procedure: type[Procedure], name: str, sentence: str) -> Contradiction:
    """At the line of the class body that gives that name; at the first line of the class where none does."""
    lines = procedure.lines
    return Contradiction(
        procedure.file, lines.get(name, lines.get(f"{name}_", min(lines.values(), default=1))), sentence
    )
