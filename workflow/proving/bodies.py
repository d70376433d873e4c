"""What the bodies of a procedure say, read from their source once: names they read and write, sentences they tell."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

from workflow.words.acts import Act
from workflow.words.procedure import Procedure

CHINESE = range(0x4E00, 0x9FFF)


@dataclass(frozen=True)
class Body:
    """One function of a class body with the line its file has it on, less one; `names` are its own parameters."""

    function: ast.FunctionDef | ast.Lambda
    offset: int
    names: frozenset[str]

    def line(self, node: ast.AST) -> int:
        return self.offset + getattr(node, "lineno", 1)

    def walk(self) -> Iterator[ast.AST]:
        return ast.walk(self.function)


@cache
def source(procedure: type[Procedure]) -> tuple[ast.Module, int]:
    """The class as it is written, and the line its file has it on, less one."""
    lines, first = inspect.getsourcelines(procedure)
    return ast.parse(textwrap.dedent("".join(lines))), first - 1


@cache
def bodies(procedure: type[Procedure]) -> tuple[Body, ...]:
    tree, offset = source(procedure)
    return tuple(Body(each, offset, parameters(each)) for each in functions(tree))


@cache
def statements(procedure: type[Procedure]) -> dict[int, list[tuple[int, ast.AST]]]:
    """What each statement of the class body says, by the line it begins on: line by line, without what functions do."""
    tree, offset = source(procedure)
    functions_ = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    said = [decorator for function in functions_ for decorator in function.decorator_list]
    said += [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]  # type: ignore[misc]
    return {node.lineno + offset: said_by(node, offset) for node in said}


def said_by(statement: ast.AST, offset: int) -> list[tuple[int, ast.AST]]:
    nodes = ((node.lineno + offset, node) for node in ast.walk(statement) if isinstance(node, ast.expr | ast.keyword))
    return sorted(nodes, key=lambda each: each[0])


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.Lambda]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) or (isinstance(node, ast.Lambda) and node.args.args):
            yield node


@cache
def by_line(procedure: type[Procedure]) -> dict[tuple[str, int], Body]:
    """Functions by their name and their first line, that of their first decorator."""
    named = (body for body in bodies(procedure) if isinstance(body.function, ast.FunctionDef))
    return {(body.function.name, first_line(body)): body for body in named}  # type: ignore[union-attr]


def first_line(body: Body) -> int:
    decorators = getattr(body.function, "decorator_list", ())
    return min(map(body.line, decorators), default=body.line(body.function))


def body_of(procedure: type[Procedure], function: Any) -> Body | None:
    """The source of a function of the class body; nothing of one that stands elsewhere."""
    code = function.__code__
    return by_line(procedure).get((code.co_name, code.co_firstlineno))


def bodies_of(procedure: type[Procedure], act: Act) -> list[Body]:
    """The body of the act and all that it calls, or reads, of the class body."""
    own, helpers = body_of(procedure, act.body), helpers_of(procedure)
    found = [own] if own else []
    for body in found:
        called = (helpers.get(of_case(node)) for node in body.walk())
        found += [each for each in dict.fromkeys(called) if each and each not in found]
    return found


@cache
def helpers_of(procedure: type[Procedure]) -> dict[str, Body]:
    """Functions that an act may call; to read another act is not to do it."""
    return {name: body for (name, _), body in by_line(procedure).items() if name.rstrip("_") not in procedure.acts}


def parameters(function: ast.FunctionDef | ast.Lambda) -> frozenset[str]:
    given = (*function.args.args, *function.args.kwonlyargs)
    return frozenset(argument.arg for argument in given) - {"case"}


def of_case(node: ast.AST) -> str:
    """The name read from the case itself, `case.<name>`; empty for anything else."""
    plain = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "case"
    return node.attr if plain else ""  # type: ignore[attr-defined]


@cache
def written(procedure: type[Procedure]) -> frozenset[str]:
    """Names that some body assigns, without the underscore."""
    stores = (node for body in bodies(procedure) for node in body.walk() if isinstance(node, ast.Attribute))
    return frozenset(of_case(node).rstrip("_") for node in stores if isinstance(node.ctx, ast.Store)) - {""}


@cache
def read(procedure: type[Procedure]) -> frozenset[str]:
    """Names that some body reads from the case, or quotes."""
    found = {of_case(node) for body in bodies(procedure) for node in body.walk()}
    return frozenset(name.rstrip("_") for name in found | quoted(procedure)) - {""}


@cache
def quoted(procedure: type[Procedure]) -> frozenset[str]:
    """Every text in the class body, but for those that give a word its id: what stands further down is named so."""
    tree, _ = source(procedure)
    given = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "id"}
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in given)
    return frozenset(text for text in texts if isinstance(text, str) and text.isidentifier())


def filled(procedure: type[Procedure]) -> frozenset[str]:
    """Ids of the lines of the file that a form asks or a body writes."""
    asked = {line.field.id for act in procedure.all_acts() for line in act.form}
    return frozenset(asked) | written(procedure)


def calls(body: Body, word: str) -> Iterator[ast.Call]:
    """Where the body calls `case.<word>(…)`."""
    return (node for node in body.walk() if isinstance(node, ast.Call) and of_case(node.func) == word)


def holes(template: str) -> set[str]:
    return {name.partition(".")[0] for _, name, _, _ in Formatter().parse(template) if name}


def is_chinese(text: str) -> bool:
    return any(ord(sign) in CHINESE for sign in text)


def strings(node: ast.AST) -> Iterator[str]:
    return (each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))
