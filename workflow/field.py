"""One line of a case or of an act's form: its label, its privacy, its limits and its check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from dataclasses import field as default
from datetime import date
from functools import cached_property
from typing import Any, Literal, Self, overload

from workflow import checks, identity, several
from workflow.unset import NO_DAY

Kind = Literal[
    "text",
    "long_text",
    "number",
    "day",
    "yes_no",
    "choice",
    "choices",
    "person",
    "people",
    "unit",
    "names",
    "file",
    "phone",
    "contact",
    "id_number",
    "case",
]
Privacy = Literal["public", "internal", "personal", "sensitive", "secret"]

CHECKS: dict[Kind, type[checks.Check]] = {
    "text": checks.Check,
    "long_text": checks.Lines,
    "number": checks.Number,
    "day": checks.OnDay,
    "yes_no": checks.YesNo,
    "choice": checks.Choice,
    "choices": several.Choices,
    "person": checks.Named,
    "people": several.People,
    "unit": checks.Named,
    "names": several.Names,
    "file": checks.Upload,
    "phone": identity.Phone,
    "contact": identity.Contact,
    "id_number": identity.IdNumber,
    "case": checks.Named,
}
EMPTY: dict[Kind, Any] = {"number": 0, "day": NO_DAY, "yes_no": False, "choices": (), "people": (), "names": ()}
LONGEST: dict[Kind, int] = {"person": 64, "unit": 64, "case": 64, "file": 200}


@dataclass(eq=False, repr=False)
class Field:
    """Read and written through the case it stands on, which must offer `read(field)` and `write(field, value)`.

    `of` is the role, procedure or whatever else the value has to belong to; `empty` what it reads as until filled in.
    """

    kind: Kind
    label: str
    _: KW_ONLY
    id: str = ""
    options: Mapping[str, str] = default(default_factory=dict)
    optional: bool = False
    of_act: bool = False
    of: Any = None
    at_least: int | None = None
    at_most: int | None = None
    privacy: Privacy = "internal"
    hint: str = ""

    def __post_init__(self) -> None:
        self.options = {value.removesuffix("_"): words for value, words in self.options.items()}
        self.at_most = LONGEST.get(self.kind, self.at_most)
        self.empty = EMPTY.get(self.kind, "")

    def __set_name__(self, owner: type, name: str) -> None:
        self.id = self.id or name.removesuffix("_")

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: Any, owner: type) -> Any: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        return self if instance is None else instance.read(self)

    def __set__(self, instance: Any, value: Any) -> None:
        instance.write(self, value)

    def __repr__(self) -> str:
        return f"<Field {self.id or '?'} {self.kind} {self.label}>"

    @property
    def is_several(self) -> bool:
        return self.kind in {"choices", "people", "names"}

    @property
    def required(self) -> bool:
        """Whether a form without it is refused: a day of the act has a default, a list may be allowed to be empty."""
        return not (self.optional or self.of_act or (self.is_several and not self.at_least))

    @cached_property
    def check(self) -> checks.Check:
        return CHECKS[self.kind](
            self.label, required=self.required, at_least=self.at_least, at_most=self.at_most, options=self.options
        )

    def to_json(self, value: Any) -> Any:
        """Days in ISO form, lists as lists, an unset day as null."""
        if self.kind == "day":
            return value.isoformat() if value else None
        return list(value) if self.is_several else value

    def from_json(self, value: Any) -> Any:
        if value is None:
            return self.empty
        if self.kind == "day":
            return date.fromisoformat(value)
        return tuple(value) if self.is_several else value
