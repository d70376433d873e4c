"""The case page: one sheet with the next step first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from web.views.due import Due, Receipt


@dataclass(frozen=True)
class Act:
    """An act and what comes of it. `mine`: the reader's own; `open`: nothing speaks against it, else `missing` does."""

    trigger: str
    label: str
    basis: str = ""
    who: str = ""
    then: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    mine: bool = True
    open: bool = True
    from_day: date | None = None


@dataclass(frozen=True)
class Shut:
    """An act that cannot happen now: every reason, the first permitted day, or whose act it is."""

    trigger: str
    label: str
    reasons: tuple[str, ...] = ()
    from_day: date | None = None
    by: str = ""


@dataclass(frozen=True)
class Clock:
    code: str
    label: str
    basis: str
    started_on: date
    length: str
    due: Due
    paused: int = 0
    paused_unit: str = "days"
    receipt: Receipt | None = None


@dataclass(frozen=True)
class Table:
    """What is made of several lines. `named`: the first cell of a row says what the others are."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str | date, ...], ...]
    named: bool = False


@dataclass(frozen=True)
class Fact:
    """One filled line. `kind` decides how it is shown: text, phone, day, case, file; `value` sums a table up."""

    label: str
    value: str
    kind: str = "text"
    on: date | None = None
    link: str = ""
    basis: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Paper:
    id: str
    label: str
    issued_at: datetime
    to: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. A mile is an act of a person or of the clock, or a new calendar; not a reminder."""

    at: datetime
    what: str
    text: str = ""
    who: str = ""
    mile: bool = False
    acted_on: date | None = None


@dataclass(frozen=True)
class Person:
    role: str
    name: str
    unit: str = ""


@dataclass(frozen=True)
class Place:
    """A state on the side map: been there, standing there, or one step ahead by the named act."""

    state: str
    label: str
    by: str = ""


@dataclass(frozen=True)
class Map:
    was: tuple[Place, ...]
    now: Place
    may: tuple[Place, ...]


@dataclass(frozen=True)
class OpenedCases:
    """Cases that this one has asked to open; `states` are labels with numbers, in the order of the procedure."""

    asked: int
    done: int
    dead: int
    going_on: bool
    states: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Case:
    number: str
    title: str
    procedure: str
    procedure_label: str
    state: str
    state_label: str
    version: int
    moved_at: datetime
    owner: str = ""
    unit: str = ""
    due: Due | None = None
    final: bool = False
    sealed: bool = False
    step: Act | None = None
    acts: tuple[Act, ...] = ()
    shut: tuple[Shut, ...] = ()
    others: tuple[Shut, ...] = ()
    clocks: tuple[Clock, ...] = ()
    facts: tuple[Fact, ...] = ()
    papers: tuple[Paper, ...] = ()
    line: tuple[Entry, ...] = ()
    people: tuple[Person, ...] = ()
    map: Map | None = None
    may_reissue: bool = False
    opened: OpenedCases | None = None

    @property
    def miles(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.line if entry.mile)
