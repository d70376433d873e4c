"""Between the fields of an act and the form on the page: what to draw, and what was sent back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from web.languages import gettext as _
from web.languages import sentence, t
from web.views.form import Control, Line, Option
from workflow.fields import Field
from workflow.refusals import Refusal

FEW = 5
LINE_END = re.compile("\r\n?|\n")
SHORT = 200  # signs; a longer line is typed in a box, and its line ends are read as spaces
OWN = frozenset(("csrf_token", "version", "key", "acted_on", "on_behalf_of"))

Raw = dict[str, Any]
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Pools:
    """Who and which units may be chosen from; by field, since each names the role it wants."""

    people: Callable[[Field], Choices] = lambda _: ()
    units: Callable[[Field], Choices] = lambda _: ()


@dataclass(frozen=True)
class Asked:
    """The fields of one form, what is already typed, and what was refused."""

    procedure: str
    fields: tuple[Field, ...]
    raw: Mapping[str, Any] = field(default_factory=dict)
    refusals: Sequence[Refusal] = ()
    pools: Pools = Pools()

    def lines(self) -> tuple[Line, ...]:
        return tuple(self._line(each) for each in self.fields)

    def troubles(self) -> tuple[str, ...]:
        """Refusals that are about no line of this form."""
        own = {each.id for each in self.fields}
        return tuple(dict.fromkeys(sentence(r, self.procedure) for r in self.refusals if r.field not in own))

    def _line(self, each: Field) -> Line:
        return Line(
            each.id,
            t(each.label, f"{self.procedure}.{each.id}"),
            control_of(each, self._choices(each)),
            value=_day(self.raw.get(each.id)) if each.kind == "day" else _typed(self.raw.get(each.id)),
            options=self._options(each),
            hint=t(each.hint, f"{self.procedure}.{each.id}") or _hint(each),
            required=each.required,
            errors=tuple(sentence(r, self.procedure) for r in self.refusals if r.field == each.id),
            at_least=each.at_least,
            at_most=each.at_most,
        )

    def _options(self, each: Field) -> tuple[Option, ...]:
        chosen = set(_values(self.raw.get(each.id)))
        return tuple(Option(value, label, value in chosen) for value, label in self._choices(each))

    def _choices(self, each: Field) -> Choices:
        if each.kind == "yes_no" and each.required:
            return (("true", _("是")), ("false", _("否")))
        if each.kind in ("person", "people"):
            return self.pools.people(each)
        if each.kind == "unit":
            return self.pools.units(each)
        return [(value, t(label, f"{self.procedure}.{each.id}")) for value, label in each.options.items()]


def control_of(each: Field, choices: Choices) -> Control:
    """Few choices stand side by side, many in a list."""
    if each.kind in ("choice", "person", "unit"):
        return "radios" if len(choices) <= FEW else "select"
    if each.kind == "yes_no":
        return "radios" if each.required else "tick"
    if each.kind == "text" and (each.at_most or 0) > SHORT:
        return "area"
    controls: dict[str, Control] = {
        "long_text": "area",
        "number": "number",
        "day": "day",
        "choices": "checks",
        "people": "checks",
        "names": "names",
        "file": "file",
        "phone": "phone",
        "contact": "text",
        "id_number": "id",
        "case": "case",
    }
    return controls.get(each.kind, "text")


def _hint(each: Field) -> str:
    if each.kind == "names":
        return _("一行一个")
    if each.kind == "file":
        return _("PDF、图片、Word 或视频，20 MB 以内，一次一个")
    if each.kind == "number" and each.at_least is not None and each.at_most is not None:
        return _("%(least)s到%(most)s", least=each.at_least, most=each.at_most)
    return _("案件编号") if each.kind == "case" else ""


def _typed(value: Any) -> str:
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


def read(sent: MultiDict[str, str], fields: Iterable[Field]) -> Raw:
    """What was sent, by name; unknown names are passed on, for the law to refuse them by name."""
    kinds = {each.id: each.kind for each in fields}
    return {name: _read_one(sent, name, kinds.get(name, "")) for name in sent if name not in OWN}


def _read_one(sent: MultiDict[str, str], name: str, kind: str) -> Any:
    if kind in ("choices", "people"):
        return sent.getlist(name)
    if kind == "names":
        return [line.strip() for line in sent[name].splitlines() if line.strip()]
    return LINE_END.sub(" ", sent[name]) if kind == "text" else sent[name]
