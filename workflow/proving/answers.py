"""What bodies read of the words of the case: days of clocks, times of acts, columns of registers, answers of polls."""

from __future__ import annotations

import ast
import builtins
import dis
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

from workflow.proving.bodies import Body, calls, of_case, strings
from workflow.proving.contradiction import Contradiction, Found, perhaps
from workflow.snapshot import Actor
from workflow.words.acts import Act
from workflow.words.case import Doing, Running
from workflow.words.outside import Card, Counted, Entries, Poll, Register, Roster
from workflow.words.procedure import Procedure
from workflow.words.when import Clock
from workflow.words.where import Here, State
from workflow.words.who import Turn

OF_A_LINE = {"about", "since", "amount", "total", "entry"}
OF_AN_ENTRY = {"since", "until", "key", "amount", "about", "register"}

Said = Iterator[tuple[ast.AST, str]]


def public(kind: type) -> set[str]:
    return {name for name in (*dir(kind), *getattr(kind, "__dataclass_fields__", ())) if not name.startswith("_")}


# How each kind of word reads from a case, and what is said of one that has no such answer.
READS: tuple[tuple[type, type], ...] = ((Clock, Running), (Act, Doing), (State, Here), (Poll, Counted))


def answers_are_there(procedure: type[Procedure], body: Body) -> Said:
    """What is read of a card is a column of its register; of a clock, of an act, of whoever acts, what each knows."""
    for node in body.walk():
        if isinstance(node, ast.Attribute) and (name := of_case(node.value)):
            known = answers_of(vars(procedure).get(name), name)
            if known and node.attr not in known:
                yield node, f"case.{name} knows no {node.attr}{perhaps(node.attr, known)}"
            yield from column_read(vars(procedure).get(name), node)


def answers_of(word: Any, name: str) -> set[str]:
    if name in ("actor", "recorder") and word is None:
        return public(Actor)
    return next((public(read) for kind, read in READS if isinstance(word, kind)), set())


def column_read(word: Any, node: ast.Attribute) -> Said:
    if isinstance(word, Card) and not has_column(word.register, node.attr):
        yield node, f"{word.label} has no column {node.attr}{perhaps(node.attr, word.register.columns)}"
    if isinstance(word, Entries | Roster) and node.attr not in OF_A_LINE:
        yield node, f"{word.label} is several lines and has no {node.attr}"


def has_column(register: Register, name: str) -> bool:
    return bool({name, name + "_", name.rstrip("_")} & register.columns.keys()) or name in OF_A_LINE


def polls_have_the_answers(procedure: type[Procedure], body: Body) -> Said:
    for node in body.walk():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "of":
            poll = vars(procedure).get(of_case(node.func.value))
            for text in (each for argument in node.args for each in strings(argument)):
                if isinstance(poll, Poll) and text not in poll.options:
                    yield node, f"“{text}” is no answer of {poll.label}{perhaps(text, poll.options)}"


def entries_fill_columns(procedure: type[Procedure], body: Body) -> Said:
    for word in ("enter", "end"):
        for call in calls(body, word):
            register = register_of(procedure, call)
            if not isinstance(register, Register):
                yield call, f"case.{word} names no register"
                continue
            for column in (keyword.arg for keyword in call.keywords if keyword.arg):
                if column not in {*register.columns, *OF_AN_ENTRY}:
                    yield call, f"{register.label} has no column {column}{perhaps(column, register.columns)}"


def register_of(procedure: type[Procedure], call: ast.Call) -> Any:
    given = [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "register")]
    name = next((of_case(node) or getattr(node, "id", "") for node in given), "")
    return vars(procedure).get(name, globals_of(procedure).get(name))


# Names that stand alone


def globals_of(procedure: type[Procedure]) -> dict[str, Any]:
    return vars(sys.modules[procedure.__module__])


def bare_names_are_known(procedure: type[Procedure]) -> Found:
    """A function of a class body does not see the names beside it: they are read from the case."""
    known = {*globals_of(procedure), *vars(builtins)}
    codes = [code for function in functions_of(procedure) for code in codes_in(function.__code__)]
    for code in codes:
        for name, line in globals_read(code):
            if name not in known and code.co_filename == procedure.file:
                beside = name in vars(procedure)
                hint = f"; write case.{name}" if beside else perhaps(name, {*known, *code.co_varnames})
                yield Contradiction(procedure.file, line, f"{name} is not known in a body{hint}")


def functions_of(procedure: type[Procedure]) -> Iterator[FunctionType]:
    """Every function that is asked about a case."""
    found: list[Any] = [*vars(procedure).values(), *(act.body for act in procedure.all_acts())]
    found += [clock.when for clock in procedure.all_clocks()]
    found += [rung.opening[1] for clock in procedure.all_clocks() for rung in clock.rungs if rung.opening]
    found += [procedure.seal.when] if procedure.seal else []
    for word in found:
        function = word.fget if isinstance(word, property) else word.persons if isinstance(word, Turn) else word
        if isinstance(function, FunctionType):
            yield function


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """The function and those within it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from codes_in(each)


def globals_read(code: CodeType) -> Iterator[tuple[str, int]]:
    for step in dis.get_instructions(code):
        if step.opname == "LOAD_GLOBAL":
            yield step.argval, (step.positions.lineno if step.positions else 0) or code.co_firstlineno
