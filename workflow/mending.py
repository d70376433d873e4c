"""Forms that random lives hand in: drawn at random, then mended line by line while the law speaks against them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from workflow.fields import Field
from workflow.identity import born_on
from workflow.refusals import Refusal
from workflow.snapshot import CaseSnapshot

Form = Mapping[str, Any]

DIGITS = 18  # of an identity number
TRIES = 40  # how often a form that is refused is mended before it is handed in as it is
AT_HAND = 0.5  # how often a value is one that the case or the refusal knows already
LEFT_OUT = 0.3  # how often what may be left out is


@dataclass
class Mending:
    """One form of one hand. `values` draws a value for a line, `refusals` asks the law about the whole."""

    random: Random
    fields: Sequence[Field]
    case: CaseSnapshot | None
    persons: Sequence[str]
    units: Sequence[str]
    values: Callable[[Field], Any]
    refusals: Callable[[Form], list[Refusal]]

    def mended(self, form: Form) -> Form:
        """Of each two the one that is refused for fewer reasons, until none is left or patience ends."""
        against = self.refusals(form)
        for _ in range(TRIES if self.fields else 0):
            if not against:
                break
            other = self.changed(form, against)
            left = self.refusals(other)
            if len(left) <= len(against):
                form, against = other, left
        return form

    def changed(self, form: Form, against: list[Refusal]) -> Form:
        """The lines that the refusals name, or else a few of any, filled in anew or left out."""
        changed = dict(form)
        for each in self.doubtful(against):
            changed.pop(each.id, None)
            if not each.optional or self.random.random() > LEFT_OUT:
                changed[each.id] = self.value(each, changed, against)
        return changed

    def doubtful(self, against: list[Refusal]) -> list[Field]:
        named = {each.field for each in against}
        few = min(len(self.fields), self.random.randint(1, 3))
        return [each for each in self.fields if each.id in named] or self.random.sample(self.fields, few)

    def value(self, asked: Field, form: Form, against: list[Refusal]) -> Any:
        known = [*form.values(), *(self.case.data.values() if self.case else ())]
        known += [value for refusal in against for value in refusal.values.values()]
        near = list(self.near(asked.kind, known)) if self.random.random() < AT_HAND else []
        return self.random.choice(near) if near else self.values(asked)

    def near(self, kind: str, known: list[Any]) -> Iterator[Any]:
        """Values of that kind that are known, or that follow from what is."""
        texts = [each for each in known if isinstance(each, str)]
        if kind == "day":
            yield from (each.isoformat() for each in self.days(known, texts))
        elif kind == "number":
            yield from (*range(4), *(len(each) for each in known if isinstance(each, tuple | list)))
            yield from (each for each in known if type(each) is int)
        elif kind == "person":
            yield from (each for each in texts if each in self.persons)
        elif kind == "unit":
            yield from (each for each in (*texts, self.case.unit if self.case else "") if each in self.units)
        elif kind == "names":
            yield from filter(None, (column for each in known for column in columns_of(each)))

    def days(self, known: list[Any], texts: list[str]) -> Iterator[date]:
        """On file, due, shortly before or after those, and the birthdays in identity numbers."""
        days = [each for each in known if isinstance(each, date)]
        days += [row.due_on for row in (self.case.clocks if self.case else ())]
        yield from (day + timedelta(days=ahead) for day in days for ahead in (-1, 0, 1, 20))
        yield from (born_on(text) for text in texts if len(text) == DIGITS and born(text))


def columns_of(table: Any) -> Iterator[list[str]]:
    """What stands beneath each other in a table on file, where it is words: of all parties the names, say."""
    rows = [each for each in table if isinstance(each, Mapping)] if isinstance(table, tuple | list) else []
    for name in dict.fromkeys(name for row in rows for name in row):
        yield [row[name] for row in rows if isinstance(row.get(name), str)]


def born(text: str) -> bool:
    return text[:17].isdecimal() and bool(born_on(text))
