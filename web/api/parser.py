"""Reads what was sent through a schema; what is wrong becomes a problem that names every line of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

from flask import Request
from flask_smorest import Blueprint
from marshmallow import ValidationError
from webargs.flaskparser import FlaskParser

from web.api import strict
from web.api.taking import SORTS, ZONE_MISSING
from web.problems import Problem, Wrong, fault
from web.refused import CODES, LIMITS, detail, escaped
from workflow.sentences import Sentence

OWN: dict[str, str] = {ZONE_MISSING: "timezone-required"}


class Parser(FlaskParser):
    """Strict JSON, and no name that the schema does not know, in the body or in the address."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {}  # noqa: RUF012 - as the parent has it

    def _raw_load_json(self, req: Request) -> Any:
        return strict.read(req)

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> NoReturn:
        wrongs = tuple(each for lines in error.messages_dict.values() for each in told(lines))
        found = slug(wrongs)
        raise Problem(fault(found, detail(found, wrongs), errors=wrongs, **members(wrongs))) from None


class Routes(Blueprint):
    """A blueprint whose arguments are read that way."""

    ARGUMENTS_PARSER = Parser()


def told(lines: dict[str, Any]) -> Iterator[Wrong]:
    for name, messages in lines.items():
        pointer = "" if name == "_schema" else f"/{escaped(str(name))}"
        yield from (wrong(pointer, each) for each in flat(messages))


def flat(messages: Any) -> Iterator[Any]:
    """A schema within a schema tells what is wrong by the place it stands at."""
    for each in messages.values() if isinstance(messages, dict) else messages:
        yield from flat(each) if isinstance(each, dict | list) else [each]


def wrong(pointer: str, message: Any) -> Wrong:
    """What a schema says in English by itself is told as not understood."""
    if not isinstance(message, Sentence):
        return Wrong(pointer, "invalid-value", fault("invalid-data").detail)
    code = OWN.get(message.template) or CODES.get(message.template, "invalid-value")
    limits = {LIMITS[name]: value for name, value in message.values.items() if name in LIMITS}
    if pointer == "/sort":
        return Wrong(pointer, "unknown-sort", fault("unknown-sort").detail, {"allowed": list(SORTS)})
    if pointer == "/limit":
        return Wrong(pointer, "out-of-range", fault("out-of-range").detail, {"min": 1, "max": 200})
    return Wrong(pointer, code, message, limits | EXPECTED.get(code, {}))


EXPECTED: dict[str, dict[str, Any]] = {"invalid-date": {"expected": "YYYY-MM-DD"}}


def slug(wrongs: tuple[Wrong, ...]) -> str:
    codes = {each.code for each in wrongs}
    if "unknown-field" in codes:
        return "unknown-field"
    return codes.pop() if len(codes) == 1 else "invalid-data"


def members(wrongs: tuple[Wrong, ...]) -> dict[str, Any]:
    return dict(wrongs[0].more) if len(wrongs) == 1 else {}
