"""What is on file, in words: only what is filled in, and no more of it than this reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from web.languages import gettext as _
from web.languages import t
from web.views.case import Fact
from workflow.field import Field
from workflow.snapshot import CaseSnapshot
from workflow.words.procedure import Procedure

KEPT = {"id_number": (6, 4), "phone": (3, 4), "contact": (3, 4)}


@dataclass(frozen=True)
class Reader:
    """`near`: works on the case, so that telephone and address are shown whole. Names stand by person and by unit."""

    near: bool = True
    people: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


def on_file(law: type[Procedure], snapshot: CaseSnapshot, reader: Reader) -> tuple[Fact, ...]:
    """In the order of the procedure's own file; secrets only for those who work on the case."""
    shown = []
    for name, each in law.fields.items():
        value = snapshot.data.get(name)
        if value or (value == 0 and each.kind == "number"):
            shown.append(fact(law, each, value, reader))
    return tuple(one for one in shown if one)


def fact(law: type[Procedure], each: Field, value: Any, reader: Reader) -> Fact | None:
    label, context = t(each.label, f"{law.id}.{each.id}"), f"{law.id}.{each.id}"
    if each.privacy == "secret" and not reader.near:
        return None
    if each.kind == "day":
        return Fact(label, "", "day", on=value)
    if each.kind == "file":
        return Fact(label, _("文件"), link=url_for("documents.file", id=value))
    if each.kind == "case":
        return Fact(label, value, link=url_for("cases.show", number=value))
    whole = reader.near and each.kind != "id_number"
    text = worded(each, value, reader, context)
    kind = "phone" if each.kind == "contact" and "@" not in text else each.kind
    return Fact(label, text if whole else masked(each.kind, text), kind if whole else "text")


def worded(each: Field, value: Any, reader: Reader, context: str = "") -> str:
    if each.kind == "yes_no":
        return _("是") if value else _("否")
    if each.kind in ("choice", "choices"):
        chosen = value if isinstance(value, tuple) else (value,)
        return _("、").join(t(each.options.get(one, one), context) for one in chosen)
    if each.kind in ("person", "people"):
        return _("、").join(reader.people.get(one, one) for one in (value if isinstance(value, tuple) else (value,)))
    if each.kind == "unit":
        return reader.units.get(value, value)
    return _("、").join(value) if isinstance(value, tuple) else str(value)


def masked(kind: str, text: str) -> str:
    """110105********0123, 138****5678; other kinds as they are."""
    first, last = KEPT.get(kind, (0, 0))
    if not first or len(text) <= first + last:
        return text
    return text[:first] + "*" * (len(text) - first - last) + text[-last:]
