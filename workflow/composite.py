"""Fields made of fields: a score sheet, the totals of a ballot, a table with a record a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from keyword import iskeyword
from typing import Any, ClassVar, NoReturn

from marshmallow import Schema, ValidationError

from workflow.ballots import Ballot
from workflow.checks import Check
from workflow.schema import Form
from workflow.sentences import Sentence

MOST_ROWS = 50


class Row(Mapping[str, Any]):
    """What was filled in, by name; read as an attribute, what was not is empty of its kind."""

    __slots__ = ("_empties", "_values")

    def __init__(self, values: Mapping[str, Any], empties: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_values", dict(values))
        object.__setattr__(self, "_empties", empties)

    def __getattr__(self, name: str) -> Any:
        plain = name.removesuffix("_")
        if name.startswith("_") or plain not in self._empties:
            raise AttributeError(name)
        return self._values.get(plain, self._empties[plain])

    def __setattr__(self, name: str, _value: Any) -> NoReturn:
        raise AttributeError(f"{name} cannot be changed")

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._values})"


class Scores(Row):
    __slots__ = ()

    @property
    def total(self) -> Decimal:
        return sum(self.values(), Decimal(0))


class Group(Check):
    """Several lines under one name."""

    sentences: ClassVar[dict[str, str]] = {"type": "{label}须逐项填写。"}
    record: ClassVar[type[Row]] = Row

    @property
    def empty(self) -> Any:
        return self.filled({})

    @cached_property
    def form(self) -> Schema:
        return Form.from_dict(dict(self.parts))()

    def read(self, value: Any) -> Any:
        return self.filled(self.loaded(value))

    def loaded(self, value: Any) -> dict[str, Any]:
        if not self.is_blank(value) and not isinstance(value, Mapping):
            raise self.make_error("type")
        given: dict[str, Any] = {} if self.is_blank(value) else self.form.load(dict(value))
        if not given:
            raise self.make_error("required")
        return given

    def is_blank(self, value: Any) -> bool:
        if not isinstance(value, Mapping):
            return super().is_blank(value)
        return all(name in self.parts and self.parts[name].is_blank(each) for name, each in value.items())

    def filled(self, given: Mapping[str, Any]) -> Any:
        return self.record(given, {name: part.empty for name, part in self.parts.items()})

    def kept(self, value: Any) -> Any:
        """A mapping will do; a name that is none of its own is a KeyError."""
        return value if isinstance(value, Row) else self.filled({n: self.parts[n].kept(value[n]) for n in value})

    def to_json(self, value: Any) -> dict[str, Any]:
        return {name: self.parts[name].to_json(each) for name, each in value.items()}

    def from_json(self, value: Mapping[str, Any]) -> Any:
        return self.filled({name: part.from_json(value[name]) for name, part in self.parts.items() if name in value})


class Sheet(Group):
    record = Scores


class Totals(Group):
    """One ballot, refused where its numbers contradict each other or the way it was held."""

    def read(self, value: Any) -> Ballot:
        ballot: Ballot = super().read(self.lines(value) if isinstance(value, Ballot) else value)
        faults: dict[str, list[Sentence]] = {}
        for name, told in ballot.faults():
            faults.setdefault(name, []).append(told)
        if faults:
            raise ValidationError(faults)
        return ballot

    def filled(self, given: Mapping[str, Any]) -> Ballot:
        return Ballot(**{attribute(name): value for name, value in given.items()})

    def kept(self, value: Any) -> Any:
        return value if isinstance(value, Ballot) else super().kept(value)

    def lines(self, value: Ballot) -> dict[str, Any]:
        return {name: getattr(value, attribute(name)) for name in self.parts}

    def to_json(self, value: Ballot) -> dict[str, Any]:
        return super().to_json(self.lines(value))


def attribute(name: str) -> str:
    """`for_`, for a name that is a word of Python."""
    return f"{name}_" if iskeyword(name) else name


class Rows(Check):
    """A record a row; blank rows are none. What is wrong stands under the number of its row as sent, from 0."""

    unset, is_several = (), True
    sentences: ClassVar[dict[str, str]] = {
        "type": "{label}须逐行填写。",
        "too_few": "{label}至少{min}行，现有{actual}行。",
        "too_many": "{label}最多{max}行，现有{actual}行。",
    }

    @cached_property
    def row(self) -> Group:
        return Group(self.label, parts=self.parts)

    def read(self, value: Any) -> tuple[Row, ...]:
        if self.is_blank(value):
            raise self.make_error("required")
        if not isinstance(value, list | tuple):
            raise self.make_error("type")
        filled = [(number, each) for number, each in enumerate(value) if not self.row.is_blank(each)]
        self.counted(len(filled))
        return self.each(filled)

    def is_blank(self, value: Any) -> bool:
        return all(map(self.row.is_blank, value)) if isinstance(value, list | tuple) else super().is_blank(value)

    def counted(self, count: int) -> None:
        if count < (self.at_least or 0):
            raise self.make_error("too_few", min=self.at_least, actual=count)
        if self.at_most is not None and count > self.at_most:
            raise self.make_error("too_many", max=self.at_most, actual=count)

    def each(self, filled: list[tuple[int, Any]]) -> tuple[Row, ...]:
        rows, wrong = [], {}
        for number, given in filled:
            try:
                rows.append(self.row.read(given))
            except ValidationError as error:
                wrong[number] = error.messages
        if wrong:
            raise ValidationError(wrong)
        return tuple(rows)

    def kept(self, value: Any) -> tuple[Row, ...]:
        return tuple(self.row.kept(each) for each in value)

    def to_json(self, value: Any) -> list[dict[str, Any]]:
        return [self.row.to_json(each) for each in value]

    def from_json(self, value: list[dict[str, Any]]) -> tuple[Row, ...]:
        return tuple(self.row.from_json(each) for each in value)
