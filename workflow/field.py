"""One line of a case or of an act's form: its label, its privacy, its limits and its check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from dataclasses import field as default
from functools import cached_property
from typing import Any, Literal, Self, overload

from workflow import checks, composite, identity, numbers
from workflow import several as lists
from workflow.words.naming import several

Kind = Literal[
    "text",
    "long_text",
    "number",
    "decimal",
    "money",
    "day",
    "yes_no",
    "choice",
    "choices",
    "person",
    "people",
    "unit",
    "units",
    "names",
    "grounds",
    "file",
    "phone",
    "contact",
    "id_number",
    "case",
    "score",
    "scores",
    "ballot",
    "rows",
]
Privacy = Literal["public", "internal", "personal", "sensitive", "secret"]

CHECKS: dict[Kind, type[checks.Check]] = {
    "text": checks.Check,
    "long_text": checks.Lines,
    "number": numbers.Number,
    "decimal": numbers.Exact,
    "money": numbers.Money,
    "day": checks.OnDay,
    "yes_no": checks.YesNo,
    "choice": checks.Choice,
    "choices": lists.Choices,
    "person": checks.Named,
    "people": lists.People,
    "unit": checks.Named,
    "units": lists.Units,
    "names": lists.Names,
    "grounds": lists.Grounds,
    "file": checks.Upload,
    "phone": identity.Phone,
    "contact": identity.Contact,
    "id_number": identity.IdNumber,
    "case": checks.Named,
    "score": numbers.Score,
    "scores": composite.Sheet,
    "ballot": composite.Totals,
    "rows": composite.Rows,
}
PERSONS = frozenset(("person", "people"))
LONGEST: dict[Kind, int] = {"person": 64, "unit": 64, "case": 64, "file": 200}


@dataclass(eq=False, repr=False)
class Field:
    """Read and written through the case it stands on, which must offer `read(field)` and `write(field, value)`.

    `of` is the role, procedure or whatever else the value has to belong to; `empty` what it reads as until filled in.
    `parts` are the fields it is made of: indicators of a sheet, columns of a table. `seen_by` are the only roles to
    whom it is shown, where it names any. Where nobody is chosen, a person is added who is
    `else_called` as that line says. A line asked `afresh` is empty in every form that asks it, whatever is on file.
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
    places: int = 0
    parts: tuple[Field, ...] = ()
    privacy: Privacy = "internal"
    hint: str = ""
    seen_by: Any = ()
    else_called: Any = None
    afresh: bool = False

    def __post_init__(self) -> None:
        self.options = {value.removesuffix("_"): words for value, words in self.options.items()}
        self.at_most = LONGEST.get(self.kind, self.at_most)

    def __set_name__(self, owner: type, name: str) -> None:
        self.id = self.id or name.removesuffix("_")

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: Any, owner: type) -> Any: ...
    def __get__(self, instance: Any, owner: type) -> Any:
        return self if instance is None else instance.read(self)

    def __set__(self, instance: Any, value: Any) -> None:
        instance.write(self, None if value is None else self.check.kept(value))

    def __repr__(self) -> str:
        return f"<Field {self.id or '?'} {self.kind} {self.label}>"

    def is_shown_to(self, role: str) -> bool:
        """Whether somebody acting in that role, given by its id, may see what is filled in."""
        return not self.seen_by or role in {each.id for each in several(self.seen_by)}

    @property
    def required(self) -> bool:
        """Whether a form without it is refused: a day of the act has a default, a list may be allowed to be empty."""
        return not (self.optional or self.of_act or (CHECKS[self.kind].is_several and not self.at_least))

    @cached_property
    def check(self) -> checks.Check:
        return CHECKS[self.kind](
            self.label, required=self.required, at_least=self.at_least, at_most=self.at_most, options=self.options,
            places=self.places, parts={part.id: part.check for part in self.parts},
        )  # fmt: skip

    @cached_property
    def empty(self) -> Any:
        return self.check.empty

    def to_json(self, value: Any) -> Any:
        """Days in ISO form, exact numbers as text, lists and rows as lists; an unset day as null."""
        return self.check.to_json(value)

    def from_json(self, value: Any) -> Any:
        return self.empty if value is None else self.check.from_json(value)

    def persons(self, value: Any) -> frozenset[str]:
        """Ids of all whom it names, also in the rows of a table."""
        named = [(field.kind, each) for _, field, each in self.leaves(value) if each and field.kind in PERSONS]
        return frozenset(person for kind, each in named for person in ((each,) if kind == "person" else each))

    def leaves(self, value: Any) -> Iterator[tuple[tuple[int | str, ...], Field, Any]]:
        """What is filled in: of a table cell by cell, each with the way there; anything else is one leaf."""
        if self.kind != "rows":
            yield (), self, value
            return
        for number, row in enumerate(value):
            for part in self.parts:
                if part.id in row:
                    yield (number, part.id), part, row[part.id]
