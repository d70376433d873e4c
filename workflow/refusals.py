"""Every way of saying no: a code, a sentence in Chinese that is also the key of its translation, and its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any


@dataclass(frozen=True)
class Kind:
    """How a refusal is answered over HTTP: the slug of its problem type and the status."""

    slug: str
    status: int


KINDS: dict[str, Kind] = {
    "NotFound": Kind("not-found", 404),
    "WrongState": Kind("illegal-transition", 409),
    "StaleCase": Kind("version-conflict", 409),
    "NotAllowed": Kind("action-not-permitted", 403),
    "OwnCase": Kind("own-case", 403),
    "Apart": Kind("action-not-permitted", 403),
    "InvalidData": Kind("invalid-data", 422),
    "E_FUTURE_DATE": Kind("date-not-plausible", 422),
    "E_DATE_ORDER": Kind("date-not-plausible", 422),
    "E_EXT_NO_CLOCK": Kind("extension-limit", 422),
    "E_EXT_TOO_LATE": Kind("extension-limit", 422),
    "E_EXT_ONCE": Kind("extension-limit", 422),
    "E_EXT_MAX": Kind("extension-limit", 422),
    "E_EXT_MAX30": Kind("extension-limit", 422),
    "TooEarly": Kind("too-early", 422),
    "TooLate": Kind("too-late", 422),
    "KeyReused": Kind("idempotency-key-reused", 422),
}

GUARD = Kind("guard-failed", 422)


@dataclass(frozen=True)
class Refusal:
    """`sentence` is a template over `values`; `field` names the line of the form it is about, if any."""

    code: str
    sentence: str
    values: Mapping[str, Any] = default(default_factory=dict)
    field: str = ""

    @property
    def message(self) -> str:
        return self.sentence.format(**self.values)

    @property
    def kind(self) -> Kind:
        return KINDS.get(self.code, GUARD)


class Refused(Exception):
    """The act may not happen; says every reason that may be told."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("；".join(refusal.message for refusal in refusals))
        self.refusals = refusals
