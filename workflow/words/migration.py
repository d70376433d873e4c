"""Change under running cases: where a case that began under one version of a procedure stands under another."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from workflow.snapshot import RunningClock
from workflow.words.procedure import Procedure

Kind = Literal["kept", "anew", "converted", "given_up"]
Names = Mapping[str, str]

left_out = ""  # a line or an act that the new version does not know; what stood there stays in the event


@dataclass(frozen=True)
class Fate:
    """What becomes of a clock, and as which it goes on."""

    kind: Kind
    clock: str = ""
    why: str = ""


def keeps_running(clock: str) -> Fate:
    """Start, due day, pauses, extensions and the rungs climbed stay as they are."""
    return Fate("kept", clock)


def starts_anew(clock: str) -> Fate:
    """The full new term, from the day of the migration."""
    return Fate("anew", clock)


def converted(clock: str) -> Fate:
    """The new term from the old start: what has run counts, pauses and extensions too."""
    return Fate("converted", clock)


def given_up(why: str) -> Fate:
    """Nothing of it goes on; never said of a term that people were promised."""
    return Fate("given_up", why=why)


@dataclass(frozen=True)
class Migration:
    """From version `old` to version `new`. Whatever is not named keeps its name: states, clocks, lines, roles, acts.

    `joins`: roles of the new version that nobody held before, or not all who hold them now, each with the rule by which
    they see the cases that run. `file` and `first_line` are where it is written.
    """

    procedure: str
    old: str
    new: str
    states: Names = field(default_factory=dict)
    clocks: Mapping[str, Fate] = field(default_factory=dict)
    lines: Names = field(default_factory=dict)
    roles: Names = field(default_factory=dict)
    acts: Names = field(default_factory=dict)
    joins: Names = field(default_factory=dict)
    file: str = field(default="", repr=False, compare=False)
    first_line: int = field(default=0, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.file:
            written = sys._getframe(2)  # behind the constructor
            object.__setattr__(self, "file", written.f_code.co_filename)
            object.__setattr__(self, "first_line", written.f_lineno)

    def state(self, name: str) -> str:
        return self.states.get(name, name)

    def fate(self, clock: str) -> Fate:
        return self.clocks.get(clock) or keeps_running(clock)

    def line(self, name: str) -> str:
        """Empty where it is left out."""
        return self.lines.get(name, name)

    def role(self, name: str) -> str:
        return self.roles.get(name, name)

    def act(self, name: str) -> str:
        """Empty where it is left out."""
        return self.acts.get(name, name)


@dataclass(frozen=True)
class Way:
    """A migration with the two definitions it leads between."""

    migration: Migration
    old: type[Procedure]
    new: type[Procedure]

    def name_of(self, row: RunningClock) -> str:
        """What the clock is called in the new version; empty where it is given up."""
        return self.migration.fate(row.id).clock
