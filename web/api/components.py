"""Lines of a form as JSON Schema, and one named component for every hand of every act of every procedure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from web.api.bilingual import english
from workflow.field import Field, Kind
from workflow.forms import lines
from workflow.machine import UNOPENED, sources
from workflow.numbers import LARGEST
from workflow.registry import EARLIER, definitions
from workflow.words.acts import Act
from workflow.words.procedure import Procedure

Schema = dict[str, Any]


def of_field(field: Field, context: str = "") -> Schema:
    """What may be sent; the check behind it, which also takes other ways of writing the same, decides."""
    told = {"x-label-zh": field.label, "x-label-en": english(field.label, context), "x-privacy": field.privacy}
    hint = {"description": field.hint, "x-hint-en": english(field.hint, context)} if field.hint else {}
    return {**kind(field, context), "title": field.label, **hint, **told, **labelled_options(field, context)}


def kind(field: Field, context: str = "") -> Schema:
    return SHAPES.get(field.kind, line)(field, context)


def line(field: Field, _context: str) -> Schema:
    return {"type": "string", **span(field, "minLength", "maxLength")}


def whole(field: Field, _context: str) -> Schema:
    return {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST, **span(field, "minimum", "maximum")}


def amount(field: Field, context: str) -> Schema:
    return {**whole(field, context), "x-unit": "fen"}


def exact(field: Field, _context: str) -> Schema:
    """As text, since a number of JSON is not exact; bounds of a text have no words of their own in JSON Schema."""
    pattern = f"^[+-]?[0-9]+(\\.[0-9]{{1,{field.places}}})?$"
    return {"type": "string", "format": "decimal", "pattern": pattern, **span(field, "x-minimum", "x-maximum")}


def several(field: Field, _context: str) -> Schema:
    items = {"type": "string", "enum": list(field.options)} if field.options else {"type": "string", "maxLength": 100}
    distinct = {} if field.kind == "grounds" else {"uniqueItems": True}
    return {"type": "array", "items": items, **distinct, **span(field, "minItems", "maxItems")}


def record(field: Field, context: str) -> Schema:
    return properties(field.parts, context)


def table(field: Field, context: str) -> Schema:
    return {"type": "array", "items": record(field, context), **span(field, "minItems", "maxItems")}


def properties(fields: Sequence[Field], context: str) -> Schema:
    required = [field.id for field in fields if field.required]
    return {
        "type": "object",
        "properties": {field.id: of_field(field, f"{context}.{field.id}") for field in fields},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


SHAPES: dict[Kind, Callable[[Field, str], Schema]] = {
    "number": whole,
    "money": amount,
    "decimal": exact,
    "score": exact,
    "day": lambda *_: {"type": "string", "format": "date"},
    "yes_no": lambda *_: {"type": "boolean"},
    "choice": lambda field, _: {"type": "string", "enum": list(field.options)},
    "choices": several,
    "people": several,
    "units": several,
    "names": several,
    "grounds": several,
    "phone": lambda *_: {"type": "string", "format": "phone"},
    "contact": lambda *_: {"type": "string"},
    "id_number": lambda *_: {"type": "string", "pattern": "^[0-9]{17}[0-9X]$"},
    "scores": record,
    "ballot": record,
    "rows": table,
}


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
    """`petition.withdraw`; the second hand's is `petition.withdraw.2`, an earlier version's `petition_1.withdraw`."""
    earlier = f"_{act.version}" if (act.procedure, act.version) in EARLIER else ""
    return f"{act.procedure}{earlier}.{act.id}" + (f".{hand + 1}" if hand else "")


def forms() -> Iterator[tuple[str, Schema]]:
    for law in definitions().values():
        for act in acts(law):
            yield from ((name_of(act, hand), form(law, act, hand)) for hand in range(len(act.hands)))


def acts(law: type[Procedure]) -> list[Act]:
    """The acts of persons, each as its last text has it."""
    return [texts[-1] for texts in law.acts.values() if texts[-1].by]


def form(law: type[Procedure], act: Act, hand: int) -> Schema:
    asked = properties([line.field for line in lines(act, hand)], law.id)
    told = {"x-label-zh": act.label, "x-label-en": english(act.label, f"{law.id}.{act.id}")}
    return {**asked, "title": act.label, "description": act.law, **told}


def opens(law: type[Procedure], act: Act) -> bool:
    return UNOPENED in sources(law, act)
