"""What the source of a procedure says by itself: every `case.<word>` is known, every choice compared is an option."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workflow.fields import Field
from workflow.words.acts import Act
from workflow.words.case import Case
from workflow.words.naming import id_of
from workflow.words.procedure import Procedure

OF_EVERY_CASE = {"actor", "today", "now", "unit", "data", "snapshot", "facts", *vars(Case)}
PRIVATE = {"refusals", "openings", "tellings", "entered", "handed_out", "issued", "given"}


@dataclass(frozen=True)
class Contradiction:
    """Where a procedure contradicts itself, and how."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


def at(procedure: type[Procedure], word: Any, sentence: str) -> Contradiction:
    name = id_of(word)
    line = procedure.lines.get(name, procedure.lines.get(f"{name}_", 1))
    line = word.body.__code__.co_firstlineno if isinstance(word, Act) else line
    return Contradiction(procedure.file, line, sentence)


def words_of(procedure: type[Procedure]) -> set[str]:
    return {*vars(procedure), *OF_EVERY_CASE} - PRIVATE


def misspelt(procedure: type[Procedure]) -> Iterator[Contradiction]:
    """Every name read from or written to the case, and every choice compared with a string."""
    lines, first = inspect.getsourcelines(procedure)
    known = words_of(procedure)
    for function in functions(ast.parse(textwrap.dedent("".join(lines)))):
        names = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)} - {"case"}
        for node in ast.walk(function):
            for sentence in (*unknown(procedure, node, known), *wrongly_compared(procedure, node, names)):
                line = first + getattr(node, "lineno", 1) - 1
                yield Contradiction(procedure.file, line, sentence)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.Lambda]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) or (isinstance(node, ast.Lambda) and node.args.args):
            yield node


def unknown(procedure: type[Procedure], node: ast.AST, known: set[str]) -> Iterator[str]:
    if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "case"):
        return
    if node.attr not in known:
        yield f"case.{node.attr} is not a word of this procedure"
    elif isinstance(node.ctx, ast.Store) and node.attr != "unit" and not is_field(procedure, node.attr):
        yield f"case.{node.attr} is not a line of the file and cannot be written"


def is_field(procedure: type[Procedure], name: str) -> bool:
    return isinstance(vars(procedure).get(name), Field)


def wrongly_compared(procedure: type[Procedure], node: ast.AST, names: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
        yield "isinstance on a line of the form does not wait for the form"
    if not isinstance(node, ast.Compare):
        return
    field = field_of(procedure, node.left, names)
    if field and any(isinstance(operator, ast.Is | ast.IsNot) for operator in node.ops):
        yield f"`is` on {field.id} does not wait for the form"
    if field and field.options:
        for text in strings(node.comparators):
            if text and text not in field.options:
                yield f"“{text}” is no option of {field.id}"


def field_of(procedure: type[Procedure], node: ast.AST, names: set[str]) -> Field | None:
    name = node.id if isinstance(node, ast.Name) and node.id in names else ""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "case":
        name = node.attr
    found = vars(procedure).get(name, vars(procedure).get(name + "_")) if name else None
    return found if isinstance(found, Field) else None


def strings(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        for each in ast.walk(node):
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield each.value
