"""Where a procedure contradicts itself, and how: always with file and line."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from workflow.proving.bodies import bodies, statements
from workflow.words.acts import Act
from workflow.words.naming import id_of
from workflow.words.procedure import Procedure
from workflow.words.when import Clock


@dataclass(frozen=True)
class Contradiction:
    """Said to those who write procedures."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


Found = Iterator[Contradiction]
SPOKEN = ("id", "attr", "arg")  # where a node of source has a name


def at(procedure: type[Procedure], word: Any, sentence: str, said: str = "") -> Contradiction:
    """At the line on which the word stands, an act at its decorator; or where its own text says `said`."""
    if isinstance(word, Act):
        line = word.body.__code__.co_firstlineno
    else:
        line = getattr(word, "line", 0) or line_named(procedure, attribute_of(procedure, word) or id_of(word))
    return Contradiction(procedure.file, line_saying(procedure, line, said) if said else line, sentence)


def on_line(procedure: type[Procedure], name: str, sentence: str) -> Contradiction:
    """At the line that gives that name; at the first line of the class where none does."""
    return Contradiction(procedure.file, line_named(procedure, name), sentence)


def line_named(procedure: type[Procedure], name: str) -> int:
    """Of the class body, or of the form that declares it."""
    for known in (procedure.lines, lines_of_forms(procedure)):
        if found := known.get(name) or known.get(f"{name}_"):
            return found
    return min(procedure.lines.values(), default=1)


@cache
def lines_of_forms(procedure: type[Procedure]) -> dict[str, int]:
    lines: dict[str, int] = {}
    for body in bodies(procedure):
        for argument in (*body.function.args.args, *body.function.args.kwonlyargs):
            lines.setdefault(argument.arg, body.line(argument))
    return lines


def line_saying(procedure: type[Procedure], line: int, said: str) -> int:
    """The first line of the statement on `line` that says this: as a name, as a text, or as a keyword."""
    return next((where for where, node in statements(procedure).get(line, ()) if said in spoken_by(node)), line)


def spoken_by(node: ast.AST) -> set[Any]:
    return {node.value} if isinstance(node, ast.Constant) else {getattr(node, name, None) for name in SPOKEN}


def attribute_of(procedure: type[Procedure], word: Any) -> str:
    """The name it has in the class body; empty where it stands elsewhere."""
    return next((name for name, each in vars(procedure).items() if each is word), "")


def coded(clock: Clock) -> str:
    """The code that its readers know it by, and the id that the file gives it."""
    return f"{clock.code} ({clock.id})"


def perhaps(name: str, known: Iterable[str]) -> str:
    """What was probably meant."""
    near = get_close_matches(name, list(known), 1)
    return f"; did you mean {near[0]}?" if near else ""
