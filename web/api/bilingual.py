"""Words and sentences in both languages at once: a program has no language of its own."""

from __future__ import annotations

from flask_babel import force_locale

from web.languages import sentence, t
from web.problems import both, in_english
from workflow.refusals import Refusal

__all__ = ["both", "english", "in_english", "reason", "words"]


def english(label: str, context: str = "") -> str:
    with force_locale("en"):
        return t(label, context)


def words(label: str, context: str = "") -> dict[str, str]:
    """A name as `{"zh": …, "en": …}`."""
    return {"zh": label, "en": english(label, context)}


def reason(refusal: Refusal, procedure: str) -> dict[str, str]:
    with force_locale("en"):
        said = sentence(refusal, procedure)
    return {"code": refusal.code, "message": refusal.message, "message_en": said}
