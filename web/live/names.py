"""What people and cases are called in the story and in the record, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workflow.registry import PROCEDURES
from workflow.snapshot import CaseSnapshot
from workflow.words.procedure import Procedure

NAMING = {"person", "people", "case"}


@dataclass
class Names:
    """Case numbers and people's ids by their names in the story."""

    people: dict[str, str]
    numbers: dict[str, str] = field(default_factory=dict)

    def of_case(self, no: str, parent: str) -> str:
        """A case that opened by itself is named after the one that opened it."""
        for name, number in self.numbers.items():
            if number == no:
                return name
        opener = next(name for name, number in self.numbers.items() if number == parent)
        name = f"{opener}.{1 + sum(each.startswith(f'{opener}.') for each in self.numbers)}"
        self.numbers[name] = no
        return name

    def restored(self, case: CaseSnapshot) -> CaseSnapshot:
        """The case with people and other cases under the names they have in the story."""
        names = {no: name for name, no in self.numbers.items()} | {id_: name for name, id_ in self.people.items()}
        kinds = {each.id: each.kind for each in PROCEDURES[case.procedure].fields.values()}
        data = {key: renamed(value, names) if kinds[key] in NAMING else value for key, value in case.data.items()}
        return replace(case, data=data)

    def given(self, procedure: type[Procedure], form: Mapping[str, Any]) -> dict[str, Any]:
        """The form with case names and people's names as the system knows them."""
        kinds = {each.id: each.kind for each in procedure.fields.values()}
        return {name: self.known(kinds.get(name.rstrip("_"), ""), value) for name, value in form.items()}

    def known(self, kind: str, value: Any) -> Any:
        if kind == "case":
            return self.numbers.get(value, value)
        if kind == "people" and isinstance(value, list):
            return [self.people.get(each, each) for each in value]
        return self.people.get(value, value) if kind == "person" else value

    def in_words(self, message: str) -> str:
        for name, no in self.numbers.items():
            message = message.replace(no, name)
        return message


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    return tuple(names.get(each, each) for each in value) if isinstance(value, tuple) else names.get(value, value)
