"""Every way of saying no: a code, a sentence in Chinese that is also the key of its translation, and its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any

from workflow.sentences import Sentence


@dataclass(frozen=True)
class Kind:
    """A class of refusals, the slug of its problem type and the status it is answered with over HTTP."""

    name: str
    slug: str
    status: int


NOT_FOUND = Kind("NotFound", "not-found", 404)
NOT_ALLOWED = Kind("NotAllowed", "action-not-permitted", 403)
INVALID = Kind("InvalidData", "invalid-data", 422)
IMPLAUSIBLE = Kind("InvalidData", "date-not-plausible", 422)
CANNOT_EXTEND = Kind("CannotExtend", "extension-limit", 422)
GUARDS_FAILED = Kind("GuardsFailed", "guard-failed", 422)

KINDS: dict[str, Kind] = {
    "NotFound": NOT_FOUND,
    "WrongState": Kind("WrongState", "illegal-transition", 409),
    "StaleCase": Kind("StaleCase", "version-conflict", 409),
    "NotAllowed": NOT_ALLOWED,
    "OwnCase": Kind("NotAllowed", "own-case", 403),
    "Apart": NOT_ALLOWED,
    "InvalidData": INVALID,
    "E_FUTURE_DATE": IMPLAUSIBLE,
    "E_DATE_ORDER": IMPLAUSIBLE,
    "E_BACKDATED": IMPLAUSIBLE,
    "E_NO_REASON": INVALID,
    "E_EXT_NO_CLOCK": CANNOT_EXTEND,
    "E_EXT_TOO_LATE": CANNOT_EXTEND,
    "E_EXT_ONCE": CANNOT_EXTEND,
    "E_EXT_MAX": CANNOT_EXTEND,
    "E_EXT_MAX30": CANNOT_EXTEND,
    "TooEarly": Kind("TooEarly", "too-early", 422),
    "TooLate": Kind("TooLate", "too-late", 422),
    "E_OBJECTION_LATE": Kind("TooLate", "too-late", 422),
    "AlreadyOpen": Kind("AlreadyOpen", "already-open", 409),
    "KeyReused": Kind("KeyReused", "idempotency-key-reused", 422),
}


@dataclass(frozen=True)
class Refusal:
    """`sentence` is a template over `values`; `field` names the line of the form it is about, if any.

    `path` leads on to the very cell of a line made of several: the number of the row from 0, the name of the part.
    """

    code: str
    sentence: str
    values: Mapping[str, Any] = default(default_factory=dict)
    field: str = ""
    path: tuple[int | str, ...] = ()

    @property
    def message(self) -> str:
        return self.sentence.format(**self.values)

    @property
    def kind(self) -> Kind:
        return KINDS.get(self.code, GUARDS_FAILED)


def refusal(
    code: str, sentence: str, values: Mapping[str, Any], field: str = "", path: tuple[int | str, ...] = ()
) -> Refusal:  # fmt: skip
    """From a template, or a sentence that brings its own values; one about a row says first which."""
    if path and isinstance(path[0], int):
        told = sentence if isinstance(sentence, Sentence) else Sentence(sentence, **values)
        return Refusal(code, "第{row}行：{told}", {"row": path[0] + 1, "told": told}, field, path)
    if isinstance(sentence, Sentence):
        return Refusal(code, sentence.template, sentence.values, field, path)
    return Refusal(code, sentence, values, field, path)


class Refused(Exception):
    """The act may not happen; says every reason that may be told."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("；".join(refusal.message for refusal in refusals))
        self.refusals = refusals
