"""The fields of an act as the lines of a form on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from web.languages import gettext as _
from web.languages import sentence, t
from web.sent import SHORT, in_yuan
from web.views.form import Control, Line, Option
from workflow.field import Field, Kind
from workflow.refusals import Refusal

FEW = 5

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Pools:
    """Who and which units may be chosen from; by field, since each names the role it wants."""

    people: Callable[[Field], Choices] = lambda _: ()
    units: Callable[[Field], Choices] = lambda _: ()


@dataclass(frozen=True)
class Asked:
    """The fields of one form, what is already typed, and what was refused; `more` is the table that wants a row."""

    procedure: str
    fields: tuple[Field, ...]
    raw: Mapping[str, Any] = field(default_factory=dict)
    refusals: Sequence[Refusal] = ()
    pools: Pools = Pools()
    more: str = ""

    def lines(self) -> tuple[Line, ...]:
        return self._cells(self.fields, self.raw, "", self.procedure)

    def troubles(self) -> tuple[str, ...]:
        """Refusals that are about no line of this form."""
        own = {each.id for line in self.lines() for each in line.each()}
        return tuple(dict.fromkeys(sentence(r, self.procedure) for r in self.refusals if name_of(r) not in own))

    def _cells(self, fields: Iterable[Field], raw: Any, above: str, context: str) -> tuple[Line, ...]:
        """`above` is the beginning of their names: `vote.`, `terms.0.`."""
        given = raw if isinstance(raw, Mapping) else {}
        return tuple(
            self._line(each, given.get(each.id), f"{above}{each.id}", f"{context}.{each.id}") for each in fields
        )

    def _line(self, each: Field, value: Any, name: str, context: str) -> Line:
        choices = self._choices(each, context)
        chosen = set(_values(value)) if choices else set()
        return Line(
            name,
            t(each.label, context),
            control_of(each, choices),
            value="" if each.parts else SHOWN.get(each.kind, typed)(value),
            options=tuple(Option(option, label, option in chosen) for option, label in choices),
            hint=t(each.hint, context) or HINTS.get(each.kind, _nothing)(each),
            required=each.required,
            errors=self._errors(name),
            at_least=each.at_least,
            at_most=each.at_most,
            parts=self._rows(each, value, name, context)
            if each.kind == "rows"
            else self._cells(each.parts, value, f"{name}.", context),
        )

    def _rows(self, each: Field, value: Any, name: str, context: str) -> tuple[Line, ...]:
        """What is filled in and a blank row, or as many as there must be; another one where it was asked for."""
        rows = list(value) if isinstance(value, list) else []
        while rows and self.more != each.id and each.check.is_blank(rows[-1:]):
            rows.pop()
        most, least = each.at_most or 0, max(each.at_least or 0, len(rows) + 1)
        rows += [{} for _ in range(min(most, least) - len(rows))]
        return tuple(self._row(each, row, number, f"{name}.{number}", context) for number, row in enumerate(rows))

    def _row(self, each: Field, row: Any, number: int, name: str, context: str) -> Line:
        cells = self._cells(each.parts, row, f"{name}.", context)
        return Line(name, _("第%(n)s行", n=number + 1), "group", errors=self._errors(name), parts=cells)

    def _errors(self, name: str) -> tuple[str, ...]:
        return tuple(sentence(r, self.procedure) for r in self.refusals if name_of(r) == name)

    def _choices(self, each: Field, context: str) -> Choices:
        if each.kind == "yes_no" and each.required:
            return (("true", _("是")), ("false", _("否")))
        if each.kind in ("person", "people"):
            return self.pools.people(each)
        if each.kind in ("unit", "units"):
            return self.pools.units(each)
        return [(value, t(label, context)) for value, label in each.options.items()]


def name_of(refusal: Refusal) -> str:
    """The input it is about: `terms.1.due_on`."""
    return ".".join(map(str, (refusal.field, *refusal.path)))


def control_of(each: Field, choices: Choices) -> Control:
    """Few choices stand side by side, many in a list."""
    if each.kind in ("choice", "person", "unit"):
        return "radios" if len(choices) <= FEW else "select"
    if each.kind == "yes_no":
        return "radios" if each.required else "tick"
    if each.kind == "text" and (each.at_most or 0) > SHORT:
        return "area"
    return CONTROLS.get(each.kind, "text")


def _nothing(_each: Field) -> str:
    return ""


def _span(each: Field) -> str:
    if each.at_least is None or each.at_most is None:
        return ""
    return _("%(least)s到%(most)s", least=each.at_least, most=each.at_most)


def typed(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "true"
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _day(value: Any) -> str:
    """A control for days shows a day or nothing; what was no day is named by the refusal beside it."""
    try:
        return date.fromisoformat(str(value)).isoformat() if value else ""
    except ValueError:
        return ""


def _values(value: Any) -> Iterable[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return map(str, value) if isinstance(value, list | tuple) else [str(value)] if value else []


CONTROLS: dict[Kind, Control] = {
    "long_text": "area",
    "number": "number",
    "decimal": "decimal",
    "money": "money",
    "score": "decimal",
    "day": "day",
    "choices": "checks",
    "people": "checks",
    "units": "checks",
    "names": "names",
    "grounds": "names",
    "file": "file",
    "phone": "phone",
    "id_number": "id",
    "case": "case",
    "scores": "group",
    "ballot": "group",
    "rows": "rows",
}
SHOWN: dict[Kind, Callable[[Any], str]] = {"day": _day, "money": in_yuan}
HINTS: dict[Kind, Callable[[Field], str]] = {
    "names": lambda _each: _("一行一个"),
    "file": lambda _each: _("PDF、图片、Word 或视频，20 MB 以内，一次一个"),
    "number": _span,
    "decimal": _span,
    "money": lambda _each: _("以元为单位，例如2000或2000.00"),
    "score": lambda each: _("满分%(most)s", most=each.at_most),
    "case": lambda _each: _("案件编号"),
}
