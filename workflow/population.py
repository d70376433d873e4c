"""Who lives in the world of a random life, and what the rosters that the procedure asks say of everybody there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from workflow.field import PERSONS, Field
from workflow.identity import check_sign
from workflow.questions import Entry
from workflow.snapshot import Actor, Unit
from workflow.story import opening_unit
from workflow.words.outside import Card, Entries, Register, Roster
from workflow.words.procedure import Procedure

LONG_AGO = date(2000, 1, 1)
NOWHERE = "990101"  # no place has this number, so that no living person has these identities
OTHERS = 12  # on every roster of persons, besides those who act
FIRST_CHOICE = 0.8
SELDOM, MOSTLY = 0.15, 0.7  # how often a mark stands against a person, a faculty with a unit


def cast(procedures: Iterable[type[Procedure]], known: Mapping[str, Actor]) -> dict[str, Actor]:
    """Two for every role; where a story brings its people, one for each role that none of them holds."""
    held = {actor.role for actor in known.values()}
    roles = dict.fromkeys(role for procedure in procedures for role in procedure.roles if role not in held)
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

    procedures: tuple[type[Procedure], ...]
    people: dict[str, Actor]
    random: Random
    units: Mapping[str, Unit]

    def entries(self) -> Iterator[Entry]:
        for register, of_persons in self.asked():
            for each in self.persons() if of_persons else self.units:
                values = {
                    column.id: self.value(column, "" if of_persons else each) for column in register.columns.values()
                }
                yield Entry(register.name, each, LONG_AGO, values=values)

    def asked(self) -> Iterator[tuple[Register, bool]]:
        """Each register that any of the procedures asks, once, and whether it is of persons."""
        found: dict[str, tuple[Register, bool]] = {}
        words = [word for procedure in self.procedures for word in procedure.outside.values()]
        for word in sorted(words, key=lambda each: isinstance(each, Roster)):
            if isinstance(word, Card | Entries | Roster) and "." not in word.register.name:
                about = getattr(word, "of", None) or getattr(word, "about", None)
                found.setdefault(word.register.name, (word.register, about is None or about.kind in PERSONS))
        return iter(found.values())

    def persons(self) -> Iterator[str]:
        outside = {role.id for procedure in self.procedures for role in procedure.roles.values() if role.outside}
        yield from (name for name, actor in self.people.items() if actor.role not in outside)
        yield from (f"other_{number}" for number in range(1, OTHERS + 1))

    def value(self, column: Field, unit: str) -> Any:
        """Of an entry about that unit, or about a person where there is none."""
        makers: dict[str, Callable[[], Any]] = {
            "unit": lambda: self.unit_of(column, unit),
            "choice": lambda: self.one_of(list(column.options)),
            "yes_no": lambda: self.random.random() < (MOSTLY if unit else SELDOM),
        }
        return makers[column.kind]() if column.kind in makers else column.empty

    def unit_of(self, column: Field, unit: str) -> str:
        """A column named like a level holds the unit of that level above; any other, one where cases open."""
        while unit in self.units and self.units[unit].level != column.id:
            unit = self.units[unit].parent
        if unit:
            return unit
        opening = self.units[opening_unit(self.procedures[0], self.units)]
        alike = [each.id for each in self.units.values() if each.level == opening.level]
        return opening.id if self.random.random() < FIRST_CHOICE else self.random.choice(alike)

    def one_of(self, options: list[str]) -> str:
        return options[0] if self.random.random() < FIRST_CHOICE else self.random.choice(options)


def written(entry: Entry, registers: dict[str, Register]) -> dict[str, Any]:
    """The entry as a story tells it."""
    values = {name: value for name, value in registers[entry.register].dump(entry.values).items() if value is not None}
    return {"register": entry.register, "about": entry.about, "since": entry.since, **values}
