"""Who lives in the world of a random life, and what the rosters that the procedure asks say of everybody there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from workflow.field import PERSONS, Field
from workflow.identity import check_sign
from workflow.questions import Entry
from workflow.snapshot import Actor
from workflow.story import TREE, opening_unit
from workflow.words.outside import Card, Entries, Register, Roster
from workflow.words.procedure import Procedure

LONG_AGO = date(2000, 1, 1)
NOWHERE = "990101"  # no place has this number, so that no living person has these identities
OTHERS = 12  # on every roster of persons, besides those who act
FIRST_CHOICE = 0.8
SELDOM, MOSTLY = 0.15, 0.7  # how often a mark stands against a person, a faculty with a unit


def cast(procedure: type[Procedure], known: Mapping[str, Actor]) -> dict[str, Actor]:
    """Two for every role; where a story brings its people, one for each role that none of them holds."""
    wanting = procedure.roles.keys() - {actor.role for actor in known.values()}
    roles = [role for role in procedure.roles if role in wanting]
    return {**known, **{name: Actor(name, role) for role in roles for name in numbered(role, 1 if known else 2)}}


def numbered(role: str, count: int) -> list[str]:
    return [f"{role}_{number}" for number in range(1, count + 1)]


def identity(random: Random) -> str:
    digits = f"{NOWHERE}{random.randint(1970, 2012)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    digits += f"{random.randint(0, 999):03}"
    return digits + check_sign(digits)


@dataclass(frozen=True)
class Rosters:
    """Cards in the registers that belong to no procedure; whoever stands outside the office is on none."""

    procedure: type[Procedure]
    people: dict[str, Actor]
    random: Random

    def entries(self) -> Iterator[Entry]:
        for register, about in self.asked():
            for each in self.persons() if about.kind in PERSONS else TREE:
                values = {column.id: self.value(column, about) for column in register.columns.values()}
                yield Entry(register.name, each, LONG_AGO, values=values)

    def asked(self) -> Iterator[tuple[Register, Field]]:
        """Each register once, with a line that names those it is about; a roster is of persons."""
        found: dict[str, tuple[Register, Field]] = {}
        for word in self.procedure.outside.values():
            about = getattr(word, "of", None) or getattr(word, "about", None)
            if isinstance(word, Card | Entries | Roster) and "." not in word.register.name and about:
                found.setdefault(word.register.name, (word.register, about))
        return iter(found.values())

    def persons(self) -> Iterator[str]:
        yield from (name for name, actor in self.people.items() if not self.procedure.roles[actor.role].outside)
        yield from (f"other_{number}" for number in range(1, OTHERS + 1))

    def value(self, column: Field, about: Field) -> Any:
        makers: dict[str, Callable[[], Any]] = {
            "unit": lambda: opening_unit(self.procedure, TREE),
            "choice": lambda: self.one_of(list(column.options)),
            "yes_no": lambda: self.random.random() < (SELDOM if about.kind in PERSONS else MOSTLY),
        }
        return makers[column.kind]() if column.kind in makers else column.empty

    def one_of(self, options: list[str]) -> str:
        return options[0] if self.random.random() < FIRST_CHOICE else self.random.choice(options)


def written(entry: Entry, registers: dict[str, Register]) -> dict[str, Any]:
    """The entry as a story tells it."""
    values = {name: value for name, value in registers[entry.register].dump(entry.values).items() if value is not None}
    return {"register": entry.register, "about": entry.about, "since": entry.since, **values}
