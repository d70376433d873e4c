"""What is on file, in words: only what is filled in, and no more of it than this reader may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for

from web.languages import gettext as _
from web.languages import ngettext, t
from web.views.case import Fact, Table
from workflow.field import Field, Kind
from workflow.numbers import Fen
from workflow.snapshot import CaseSnapshot
from workflow.wording import read_by_wording
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure

KEPT = {"id_number": (6, 4), "phone": (3, 4), "contact": (3, 4)}


@dataclass(frozen=True)
class Reader:
    """`near`: works on the case or where it lies, so that telephone and address are shown whole.

    `inside`: works on the case itself, so that its secrets are shown. `role` is the one he reads in: some lines are
    shown to some roles alone, but to whoever does what reveals them `this_once`. Names stand by person and by unit.
    """

    near: bool = True
    people: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    inside: bool = True
    role: str = ""
    this_once: bool = False

    def may_read(self, each: Field) -> bool:
        """A secret from inside alone; what is sensitive of somebody stands in the cells, and is kept from afar."""
        return self.this_once or ((self.inside or each.privacy != "secret") and each.is_shown_to(self.role))

    def may_read_paper(self, law: type[Procedure], document: str) -> bool:
        """Whoever it is for, and whoever may read every line it tells; from inside, where the version has none such."""
        if document not in law.documents:
            return self.inside
        told = (law.fields[name] for name in read_by_wording(law, document) if name in law.fields)
        to = {id_of(role) for role in law.documents[document].readers}
        return self.role in to or all(map(self.may_read, told))

    def may_read_cell(self, part: Field) -> bool:
        return self.may_read(part) and (self.near or part.privacy != "sensitive")


def on_file(law: type[Procedure], snapshot: CaseSnapshot, reader: Reader) -> tuple[Fact, ...]:
    """In the order of the procedure's own file; secrets only for those who work on the case."""
    shown = []
    for name, each in law.fields.items():
        value = snapshot.data.get(name)
        if is_filled(each, value):
            shown.append(fact(law, each, value, reader))
    return tuple(one for one in shown if one)


def is_filled(each: Field, value: Any) -> bool:
    """Nought is an answer where the line allows it; a line that counts from one and says nought was left out."""
    return bool(value) or (value == 0 and each.kind == "number" and (each.at_least or 0) < 1)


def fact(law: type[Procedure], each: Field, value: Any, reader: Reader) -> Fact | None:
    label, context = t(each.label, f"{law.id}.{each.id}"), f"{law.id}.{each.id}"
    if not reader.may_read(each):
        return None
    if each.kind == "day":
        return Fact(label, "", "day", on=value)
    if each.kind == "file":
        return Fact(label, _("文件"), link=url_for("documents.file", id=value))
    if each.kind == "case":
        return Fact(label, value, link=url_for("cases.show", number=value))
    if each.parts:
        return Fact(label, SUMMED[each.kind](value), each.kind, table=TABLES[each.kind](each, value, reader, context))
    text = shown(each, value, reader, context)
    kind = "phone" if each.kind == "contact" and "@" not in text else each.kind
    return Fact(label, text, kind if reader.near and each.kind != "id_number" else "text")


def shown(each: Field, value: Any, reader: Reader, context: str) -> str:
    """In words, and no more of them than this reader may see."""
    text = WORDED.get(each.kind, plain)(each, value, reader, context)
    return text if reader.near and each.kind != "id_number" else masked(each.kind, text)


def plain(_each: Field, value: Any, _reader: Reader, _context: str) -> str:
    return str(value)


def yes_or_no(_each: Field, value: Any, _reader: Reader, _context: str) -> str:
    return _("是") if value else _("否")


def amount(_each: Field, value: Any, _reader: Reader, _context: str) -> str:
    return _("%(amount)s元", amount=f"{Fen(value)}")


def options(each: Field, value: Any, _reader: Reader, context: str) -> str:
    return _("、").join(t(each.options.get(one, one), context) for one in several(value))


def persons(_each: Field, value: Any, reader: Reader, _context: str) -> str:
    return _("、").join(reader.people.get(one, one) for one in several(value))


def units(_each: Field, value: Any, reader: Reader, _context: str) -> str:
    return _("、").join(reader.units.get(one, one) for one in several(value))


def listed(_each: Field, value: Any, _reader: Reader, _context: str) -> str:
    return _("、").join(value)


def cell(part: Field, value: Any, reader: Reader, context: str) -> str | date:
    """Empty where nothing is filled in; a number that is there may be 0."""
    if value is None or value is False or value in ("", (), []):
        return ""
    return value if isinstance(value, date) else shown(part, value, reader, f"{context}.{part.id}")


def open_to(each: Field, reader: Reader) -> list[Field]:
    return [part for part in each.parts if reader.may_read_cell(part)]


def sheet(each: Field, value: Any, _reader: Reader, context: str) -> Table:
    marks = [
        (t(part.label, f"{context}.{part.id}"), str(value.get(part.id, "")), str(part.at_most)) for part in each.parts
    ]
    whole = (_("合计"), str(value.total), str(sum(part.at_most or 0 for part in each.parts)))
    return Table((_("项目"), _("得分"), _("满分")), (*marks, whole), named=True)


def totals(each: Field, value: Any, reader: Reader, context: str) -> Table:
    """What has to be counted, and of the rest what there was."""
    told, none = each.to_json(value), each.to_json(each.empty)
    counted = [part for part in each.parts if part.required or told[part.id] != none[part.id]]
    lines = ((t(part.label, f"{context}.{part.id}"), cell(part, told[part.id], reader, context)) for part in counted)
    return Table((), tuple(lines), named=True)


def rows(each: Field, value: Any, reader: Reader, context: str) -> Table:
    """Without the columns in which nothing is filled in."""
    columns = [
        part for part in open_to(each, reader) if any(row.get(part.id, part.empty) != part.empty for row in value)
    ]
    heads = tuple(t(part.label, f"{context}.{part.id}") for part in columns)
    cells = (tuple(cell(part, row.get(part.id), reader, context) for part in columns) for row in value)
    return Table(heads, tuple(cells))


WORDED: dict[Kind, Callable[[Field, Any, Reader, str], str]] = {
    "yes_no": yes_or_no, "money": amount, "choice": options, "choices": options, "person": persons,
    "people": persons, "unit": units, "units": units, "names": listed, "grounds": listed,
}  # fmt: skip
TABLES: dict[Kind, Callable[[Field, Any, Reader, str], Table]] = {"scores": sheet, "ballot": totals, "rows": rows}
SUMMED: dict[Kind, Callable[[Any], str]] = {
    "scores": lambda value: _("共%(total)s分", total=value.total),
    "ballot": lambda vote: _("赞成%(favour)s，反对%(against)s", favour=vote.for_, against=vote.against),
    "rows": lambda value: ngettext("%(num)s行", "%(num)s行", len(value)),
}


def masked(kind: str, text: str) -> str:
    """110105********0123, 138****5678; other kinds as they are."""
    first, last = KEPT.get(kind, (0, 0))
    if not first or len(text) <= first + last:
        return text
    return text[:first] + "*" * (len(text) - first - last) + text[-last:]
