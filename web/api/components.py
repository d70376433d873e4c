"""Lines of a form as JSON Schema, and one named component for every hand of every act of every procedure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from web.api.bilingual import english
from workflow.checks import LARGEST
from workflow.field import Field
from workflow.forms import lines
from workflow.machine import UNOPENED, sources
from workflow.registry import PROCEDURES
from workflow.words.acts import Act
from workflow.words.procedure import Procedure

Schema = dict[str, Any]


def of_field(field: Field, context: str = "") -> Schema:
    """What may be sent; the check behind it, which also takes other ways of writing the same, decides."""
    told = {"x-label-zh": field.label, "x-label-en": english(field.label, context), "x-privacy": field.privacy}
    hint = {"description": field.hint, "x-hint-en": english(field.hint, context)} if field.hint else {}
    return {**kind(field), "title": field.label, **hint, **told, **labelled_options(field, context)}


def kind(field: Field) -> Schema:
    if field.is_several:
        return {"type": "array", "items": item(field), "uniqueItems": True, **span(field, "minItems", "maxItems")}
    plain: dict[str, Schema] = {
        "number": {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST, **span(field, "minimum", "maximum")},
        "day": {"type": "string", "format": "date"},
        "yes_no": {"type": "boolean"},
        "choice": {"type": "string", "enum": list(field.options)},
        "phone": {"type": "string", "format": "phone"},
        "contact": {"type": "string"},
        "id_number": {"type": "string", "pattern": "^[0-9]{17}[0-9X]$"},
    }
    return plain.get(field.kind) or {"type": "string", **span(field, "minLength", "maxLength")}


def item(field: Field) -> Schema:
    return {"type": "string", "enum": list(field.options)} if field.options else {"type": "string", "maxLength": 100}


def span(field: Field, least: str, most: str) -> Schema:
    limits = {least: field.at_least, most: field.at_most}
    return {name: value for name, value in limits.items() if value is not None}


def labelled_options(field: Field, context: str) -> Schema:
    if not field.options:
        return {}
    labels = {value: {"zh": words, "en": english(words, context)} for value, words in field.options.items()}
    return {"x-options": labels}


# Acts


def name_of(act: Act, hand: int = 0) -> str:
    """`petition.withdraw`; what the second hand is asked is `petition.withdraw.2`."""
    return f"{act.procedure}.{act.id}" + (f".{hand + 1}" if hand else "")


def forms() -> Iterator[tuple[str, Schema]]:
    for law in PROCEDURES.values():
        for act in acts(law):
            yield from ((name_of(act, hand), form(law, act, hand)) for hand in range(len(act.hands)))


def acts(law: type[Procedure]) -> list[Act]:
    """The acts of persons, each as its last text has it."""
    return [texts[-1] for texts in law.acts.values() if texts[-1].by]


def form(law: type[Procedure], act: Act, hand: int) -> Schema:
    fields = [line.field for line in lines(act, hand)]
    required = [field.id for field in fields if field.required]
    return {
        "type": "object",
        "title": act.label,
        "description": act.law,
        "properties": {field.id: of_field(field, f"{law.id}.{field.id}") for field in fields},
        "additionalProperties": False,
        "x-label-zh": act.label,
        "x-label-en": english(act.label, f"{law.id}.{act.id}"),
        **({"required": required} if required else {}),
    }


def opens(law: type[Procedure], act: Act) -> bool:
    return UNOPENED in sources(law, act)
