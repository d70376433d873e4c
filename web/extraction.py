"""All the Chinese that the law says to people, each with the name under which a page asks for its English.

A word is named `procedure.id`, a procedure, its sentences and its articles `procedure`, what every procedure may say
`law`, and the names of days `calendar`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from models.almanac import FIRST_YEAR, FORESEEN, LAST_YEAR, NOTICE, almanac
from workflow.fields import BALLOT, Field
from workflow.registry import definitions
from workflow.words.acts import Act
from workflow.words.measures import Counting
from workflow.words.naming import Word
from workflow.words.procedure import Procedure
from workflow.words.what import Derived, Document, Setting
from workflow.words.when import Clock
from workflow.words.where import State
from workflow.words.who import Apart, Role, Turn

HOUSE = Path(__file__).parent.parent
TO_DEVELOPERS = {
    "expectations", "exploring", "lives", "population", "rehearsal", "standing", "story", "terms", "unset", "wording",
}  # fmt: skip
KINDS: tuple[type[Word], ...] = (State, Role, Turn, Document, Setting, Counting, Derived, Apart)
SAYING = {"must": 1, "Refusal": 1, "refusal": 1, "Sentence": 0}  # which argument is told
YEARS_AHEAD = 14  # far enough for every name the statute has for a day
CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, order=True)
class Message:
    """`context` and `text` are the key of the translation, `kind` a word for the translator."""

    context: str
    text: str
    kind: str = field(default="", compare=False)


def messages() -> list[Message]:
    """Each key once, sorted."""
    every = (*(each for law in definitions().values() for each in of_procedure(law)), *of_house())
    return sorted(dict.fromkeys(every))


def of_procedure(law: type[Procedure]) -> Iterator[Message]:
    yield Message(law.id, law.label, "procedure")
    yield from labels(law)
    for each in fields(law):
        yield from (Message(f"{law.id}.{each.id}", text, "field") for text in told_by(each))
        for part in each.parts if each.parts is not BALLOT else ():
            yield from (Message(f"{law.id}.{each.id}.{part.id}", text, "field") for text in told_by(part))
    yield from (Message(law.id, source, "source") for source in sources(law))
    yield from (Message(law.id, text, "sentence") for text in said(parsed(Path(law.file))))


def of_house() -> Iterator[Message]:
    """What the words themselves, the record and the calendar say in every procedure."""
    yield from (Message("law", text, "sentence") for path in kernel() for text in literals(parsed(path)))
    record = sorted((HOUSE / "models").rglob("*.py"))
    yield from (Message("law", text, "sentence") for path in record for text in said(parsed(path)))
    names = {day.name for day in almanac(FIRST_YEAR, LAST_YEAR + YEARS_AHEAD).values() if day.name}
    yield from (Message("calendar", name, "day") for name in (*names, FORESEEN, NOTICE))


def labels(law: type[Procedure]) -> Iterator[Message]:
    words: list[Word] = [word for kind in KINDS for word in law.words(kind).values()]
    for word in (*words, *law.all_acts(), *law.all_clocks()):
        kind = next((kind for kind in KINDS if isinstance(word, kind)), None)
        name = kind.__name__ if kind else "Act" if word.id in law.acts else "Clock"
        yield Message(f"{law.id}.{word.id}", word.label, name.lower())


def fields(law: type[Procedure]) -> Iterable[Field]:
    """Also those that one form alone asks, and second ones of a name with other options."""
    return (*law.fields.values(), *(each for act in law.all_acts() for each in act.asks))


def told_by(each: Field) -> Iterator[str]:
    yield each.label
    yield from filter(CHINESE.search, (*each.options.values(), each.hint))


def sources(law: type[Procedure]) -> list[str]:
    chapters: list[Act | Clock] = [*law.all_acts(), *law.all_clocks()]
    return [str(each.source) for each in chapters if each.source]


# From the text of a module


def kernel() -> list[Path]:
    """The modules that speak to people; the others print for those who write procedures."""
    found = (*(HOUSE / "workflow").glob("*.py"), *(HOUSE / "workflow" / "words").glob("*.py"))
    return sorted(path for path in found if path.stem not in TO_DEVELOPERS)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def said(tree: ast.AST) -> Iterator[str]:
    """What is written out where something is refused or told."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (place := SAYING.get(called(node))) is not None:
            for argument in node.args[place : place + 1]:
                yield from literals(argument)


def called(call: ast.Call) -> str:
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def literals(node: ast.AST) -> Iterator[str]:
    """Every Chinese string but docstrings and pieces of one put together."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value):
        yield node.value
    elif not isinstance(node, ast.JoinedStr) and not is_docstring(node):
        for child in ast.iter_child_nodes(node):
            yield from literals(child)


def is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
