"""The law's refusals as problems: which slug, where in the form, and which limits they name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from web.problems import N_, Fault, Wrong, fault
from workflow.field import CHECKS
from workflow.refusals import INVALID, Refusal, Refused
from workflow.sentences import Listed, Sentence

UNKNOWN = "没有“{name}”一栏。"
RENAMED = {
    "null": "required",
    "character": "invalid-character",
    "no_such_day": "invalid-date",
    "implausible": "date-not-plausible",
    "checksum": "id-card-checksum",
    "old": "id-card-old",
    "choice": "unknown-option",
    "too_small": "out-of-range",
    "too_large": "out-of-range",
    "item_too_long": "too-long",
    "type": "invalid-value",
    "invalid": "invalid-value",
    "inexact": "invalid-value",
    "places": "too-many-decimals",
    "validator_failed": "invalid-value",
}
LIMITS = {"min": "min", "max": "max", "actual": "actual", "n": "offset", "places": "max", "first": "min", "last": "max"}

# What a check says tells what kind of mistake it is.
CODES: dict[str, str] = {
    said: RENAMED.get(key, key.replace("_", "-"))
    for check in CHECKS.values()
    for key, said in check.sentences.items()
} | {UNKNOWN: "unknown-field"}  # fmt: skip

ABOUT_THE_DAY = {"E_FUTURE_DATE", "E_BACKDATED"}


def fault_of(error: Refused, form: str = "", procedure: str = "") -> Fault:
    """`form` is the pointer to the form within what was sent."""
    first = error.refusals[0]
    if first.code == "NotFound":
        return fault("not-found")
    wrongs = tuple(wrong(each, form) for each in error.refusals)
    slug = slug_of(error.refusals, wrongs)
    own = fault(
        slug, detail(slug, wrongs), errors=wrongs if first.kind.status == 422 else (), **own_members(slug, wrongs)
    )
    return Fault(**{**vars(own), "status": first.kind.status, "context": procedure})


def detail(slug: str, wrongs: tuple[Wrong, ...]) -> str:
    """What is told first: every line that is none by name, else the mistake the problem is called by."""
    if slug == "unknown-field":
        names = Listed(name for each in wrongs if each.code == slug for name in named(each.message))
        return N_("没有这些栏目，或者不能直接修改：{names}。", names=names)
    return next((each for each in wrongs if each.code == slug), wrongs[0]).message


def named(message: str) -> list[str]:
    return [str(core(message).values.get("name", ""))] if isinstance(message, Sentence) else []


def core(told: Sentence) -> Sentence:
    """What is wrong, without the row it is told of."""
    within = told.values.get("told")
    return within if isinstance(within, Sentence) else told


def wrong(refusal: Refusal, form: str) -> Wrong:
    told = Sentence(refusal.sentence, **refusal.values)
    more = limits(core(told)) if refusal.kind is INVALID else {}
    return Wrong(pointer(refusal, form), code(refusal, core(told)), told, more)


def code(refusal: Refusal, told: Sentence) -> str:
    """The specification's own code of a condition; of a line of the form, the kind of mistake."""
    return CODES.get(told.template, "invalid-value") if refusal.code == "InvalidData" else refusal.code


def pointer(refusal: Refusal, form: str) -> str:
    if refusal.field:
        return "/".join((form, *(escaped(str(step)) for step in (refusal.field, *refusal.path))))
    about_day = refusal.code in ABOUT_THE_DAY or (refusal.code == "E_DATE_ORDER" and "last" in refusal.values)
    return "/acted_on" if about_day else ""


def escaped(name: str) -> str:
    """A name as one step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def limits(told: Sentence) -> dict[str, Any]:
    return {LIMITS[name]: value for name, value in told.values.items() if name in LIMITS}


def slug_of(refusals: Iterable[Refusal], wrongs: tuple[Wrong, ...]) -> str:
    """What is no line of the form at all comes first, then mistakes in its lines, then conditions."""
    kinds = [each.kind for each in refusals]
    codes = {each.code for each in wrongs}
    if "unknown-field" in codes:
        return "unknown-field"
    if INVALID not in kinds:
        return kinds[0].slug
    return codes.pop() if len(codes) == 1 else INVALID.slug


def own_members(slug: str, wrongs: tuple[Wrong, ...]) -> dict[str, Any]:
    """A single mistake's limits stand beside its name."""
    return dict(wrongs[0].more) if len(wrongs) == 1 and wrongs[0].code == slug else {}
