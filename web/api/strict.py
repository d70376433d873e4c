"""JSON read strictly: what two readers could understand differently is refused with the place where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import Any, NoReturn

from flask import Request

from web.problems import Problem, fault

LARGEST = 1024 * 1024
DEEPEST = 20
JSON = "application/json"

# Text in quotes, closed or not, or one thing that is written outside of quotes.
TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+\\?(?:"|\Z)|[][{}]|-?Infinity|NaN', re.DOTALL)


class Twice(ValueError):
    """A name stands twice in one object."""

    def __init__(self, name: str) -> None:
        self.name = name


def read(request: Request) -> Any:
    """The body; raises 413, 415 or 400 with line and column, never repeating what was sent."""
    if request.mimetype != JSON or request.mimetype_params.get("charset", "utf-8").lower() != "utf-8":
        raise Problem(fault("unsupported-media-type", accepted=[JSON]))
    return parsed(request.get_data(cache=False))


def parsed(sent: bytes) -> Any:
    try:
        text = sent.decode("utf-8")
    except UnicodeDecodeError as error:
        malformed(sent[: error.start].decode("utf-8"))
    for place in objectionable(text):
        malformed(text[:place])
    try:
        return json.loads(text, object_pairs_hook=once, parse_float=finite)
    except JSONDecodeError as error:
        malformed(text[: error.pos])
    except Twice as error:
        malformed(text[: again(text, error.name)])
    except (ValueError, RecursionError):
        malformed("")


def malformed(before: str) -> NoReturn:
    """`before` is everything in front of the mistake; line and column begin at 1."""
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    raise Problem(fault("malformed-json", line=line, column=column)) from None


def objectionable(text: str) -> Iterator[int]:
    """Where it nests too deep or names a number that JSON does not know."""
    depth = 0
    for token in TOKEN.finditer(text):
        sign = token[0]
        depth += (sign in "[{") - (sign in "]}")
        if depth > DEEPEST or sign[-1] in "yN":
            yield token.start()


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Twice(name)
        found[name] = value
    return found


def finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError("beyond every number")
    return number


def again(text: str, name: str) -> int:
    """Where a name is written the second time, as far as it is written plainly."""
    found = re.finditer(rf"{re.escape(json.dumps(name, ensure_ascii=False))}\s*:", text)
    return next((each.start() for number, each in enumerate(found) if number), 0)
