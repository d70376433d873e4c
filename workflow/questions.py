"""What the law may ask about the world outside a case. Who answers, a database or a story's page, it never learns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal


@dataclass(frozen=True)
class CardAsked:
    """The last entry of a register in force about somebody on that day; answered by an Entry or None."""

    register: str
    about: str
    on: date


@dataclass(frozen=True)
class RosterAsked:
    """Everybody whose card in that register carries the value in that column on that day; answered by Entries."""

    register: str
    column: str
    value: str
    on: date


@dataclass(frozen=True)
class EntriesAsked:
    """All entries of a register in force about somebody on that day, the oldest first; answered by Entries."""

    register: str
    about: str
    on: date


@dataclass(frozen=True)
class CasesAsked:
    """Other cases of a procedure: those whose link `by` names this one, or which share a value with every mark."""

    procedure: str
    no: str
    by: str = ""
    marks: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class CensusAsked:
    """How many cases of a procedure whose link `by` names this one stand in each state; answered by state: number."""

    procedure: str
    no: str
    by: str


@dataclass(frozen=True)
class TallyAsked:
    """What the anonymous forms of one poll of one case come to; answered by a Tally."""

    no: str
    poll: str


@dataclass(frozen=True)
class OnceAsked:
    """The number of a case of that procedure that has this key already, or an empty text."""

    procedure: str
    key: tuple[str, ...]
    no: str


@dataclass(frozen=True)
class PostsAsked:
    """Which posts somebody holds in that unit on that day; answered by the ids of their roles."""

    person: str
    unit: str
    on: date


Asked = CardAsked | RosterAsked | EntriesAsked | CasesAsked | CensusAsked | TallyAsked | OnceAsked | PostsAsked


# Answers


@dataclass(frozen=True)
class Entry:
    """One dated line of a register; `end` takes out of force what was entered under the same key.

    `about` is the id of a person or a unit, `amount` a whole number where the register counts something.
    """

    register: str
    about: str
    since: date
    until: date | None = None
    kind: Literal["enter", "end"] = "enter"
    key: str = ""
    amount: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Tally:
    """How many codes were handed out, and how many forms came back with each answer; who answered what is not kept."""

    asked: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def returned(self) -> int:
        return sum(self.counts.values())

    def of(self, *answers: str) -> int:
        return sum(self.counts.get(answer, 0) for answer in answers)


def in_force(entries: list[Entry], on: date) -> list[Entry]:
    """Of entries about one person or unit in one register, in the order written, those that hold on that day."""
    held: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.since > on:
            continue
        if entry.kind == "end":
            held.pop(entry.key, None)
        else:
            held.setdefault(entry.key, []).append(entry)
    return [entry for kept in held.values() for entry in kept if entry.holds(on)]


def card_of(entries: list[Entry], on: date) -> Entry | None:
    """The last word of a register about somebody: the entry in force that began last."""
    found = in_force(entries, on)
    return max(found, key=lambda entry: entry.since, default=None) if found else None
