"""Sentences shown to people: Chinese templates that remember their values, so that they can be translated."""

from __future__ import annotations

import re
from typing import Any

UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Sentence(str):
    """Reads as the finished sentence; `template` is the key of its translation."""

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, **values: Any) -> Sentence:
        sentence = super().__new__(cls, template.format(**values))
        sentence.template, sentence.values = template, values
        return sentence

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.template, self.values)


class Listed(tuple[str, ...]):
    """Several words that stand in a sentence with the Chinese list comma between them."""

    def __format__(self, spec: str) -> str:
        return "、".join(self)


def quoted(given: Any, at_most: int = 20) -> str:
    """What somebody typed, short and readable enough to be repeated to him."""
    text = UNREADABLE.sub("\ufffd", str(given)[: at_most + 1])
    return text if len(text) <= at_most else f"{text[:at_most]}…"


def _again(template: str, values: dict[str, Any]) -> Sentence:
    return Sentence(template, **values)
