"""What people and cases are called in the story and in the record, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workflow.field import PERSONS, Field
from workflow.registry import definition
from workflow.rehearsal import opened_name
from workflow.snapshot import CaseSnapshot
from workflow.words.procedure import Procedure

NAMING = {*PERSONS, "case"}


@dataclass
class Names:
    """Case numbers and people's ids by their names in the story."""

    people: dict[str, str]
    numbers: dict[str, str] = field(default_factory=dict)

    def of_case(self, no: str, parent: str, series_at: str) -> str:
        """A case that opened by itself is named after the one that opened it, or the series and its unit."""
        for name, number in self.numbers.items():
            if number == no:
                return name
        openers = (name for name, number in self.numbers.items() if number == parent)
        name = opened_name(next(openers, series_at), self.numbers)
        self.numbers[name] = no
        return name

    def restored(self, case: CaseSnapshot) -> CaseSnapshot:
        """The case with people and other cases under the names they have in the story."""
        names = {no: name for name, no in self.numbers.items()} | {id_: name for name, id_ in self.people.items()}
        fields = definition(case.procedure, case.definition).fields
        written = {key: renamed(fields[key], fields[key].to_json(value), names) for key, value in case.data.items()}
        return replace(case, data={key: fields[key].from_json(value) for key, value in written.items()})

    def given(self, procedure: type[Procedure], form: Mapping[str, Any]) -> dict[str, Any]:
        """The form with case names and people's names as the system knows them."""
        fields, names = procedure.fields, {**self.people, **self.numbers}
        return {name: renamed(fields.get(name.rstrip("_")), value, names) for name, value in form.items()}

    def in_words(self, message: str) -> str:
        for name, no in self.numbers.items():
            message = message.replace(no, name)
        return message


def renamed(field: Field | None, written: Any, names: Mapping[str, str]) -> Any:
    """A value in JSON with the people and cases it names under other names, those in rows too."""
    if isinstance(written, list):
        return [renamed(field, each, names) for each in written]
    if field and isinstance(written, dict):
        parts = {part.id: part for part in field.parts}
        return {name: renamed(parts.get(str(name).rstrip("_")), each, names) for name, each in written.items()}
    return names.get(written, written) if field and field.kind in NAMING and isinstance(written, str) else written
