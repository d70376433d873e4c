"""All that the law is told: the case, the person, the world around them. Plain values, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from workflow.calendar import Calendar
from workflow.terms import Unit as TimeUnit

T = TypeVar("T")
Level = Literal["city", "district", "street", "community", "branch"]
Status = Literal["running", "paused", "overdue", "ended"]


@dataclass(frozen=True)
class Unit:
    """An office in the organisation tree; `parent` is empty at the root."""

    id: str
    name: str
    level: Level
    parent: str = ""


@dataclass(frozen=True)
class Actor:
    """A person in one of his posts. A resident has an outside role and no unit."""

    person: str
    role: str
    unit: str = ""
    name: str = ""


CLOCK = Actor("clock", "clock")
AT_ONCE = "at_once"  # the kind of a rung that is due when its clock begins, and the word its key begins with


def altered(value: T, **fields: Any) -> T:
    """What `dataclasses.replace` gives, ten times as fast, for what every rung does; the names are not looked at."""
    made = object.__new__(type(value))
    vars(made).update(vars(value), **fields)
    return made


@dataclass(frozen=True)
class Done:
    """The last time an act was done on the case, and everybody who ever did it there."""

    seq: int
    on: date
    at: datetime
    persons: frozenset[str] = frozenset()
    times: int = 1


@dataclass(frozen=True)
class Move:
    """What moved a clock: the event that caused it, its day, and the due day that followed.

    `away` and `back` move nothing: they tell when the case stood where a recurring duty is waived.
    `count` and `unit` are the length an extension added.
    """

    kind: Literal["pause", "resume", "extend", "redate", "calendar", "away", "back", "convert"]
    seq: int
    on: date
    due_on: date
    note: str = ""
    count: int = 0
    unit: TimeUnit = "days"


@dataclass(frozen=True)
class RunningClock:
    """One clock of one case as it stands; keeps its start and its term as they were when it began.

    `dating` counts the due dates it has had, `unit` and `count` are its length (no count: a day that somebody set),
    `rolls` moves it off a rest day, `whole_days` leaves out both the first and the last day of a pause.
    `id` is the name in the procedure, `code` the one shown (`D6`; `RC-EXAM-3` for the third period). `definition` is
    empty but where the clock was put away: then it is the version it ran under.
    `first_due_on` is the day before any pause or extension. `next_at` is when the next rung is due, if any.
    `freed_at` is the moment, and `freed_on` the day, of the act that made possible what its ladder had to wait for.
    `ended`: what was owed was done, and once the case stands elsewhere is past; or the case left it, undone; or it was
    missed, or waived.
    """

    id: str
    code: str
    started_on: date
    started_at: datetime
    due_on: date
    due_at: datetime
    first_due_on: date
    term: str
    generation: int = 1
    number: int = 0
    text: int = 0
    status: Status = "running"
    provisional: bool = False
    paused_on: date | None = None
    moves: tuple[Move, ...] = ()
    climbed: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    dated_at: datetime | None = None
    next_at: datetime | None = None
    ended: Literal["", "done", "past", "left", "missed", "waived"] = ""
    ended_on: date | None = None
    dating: int = 1
    unit: TimeUnit = "days"
    count: int = 0
    rolls: bool = False
    whole_days: bool = False
    definition: str = ""
    freed_at: datetime | None = None
    freed_on: date | None = None

    @property
    def is_live(self) -> bool:
        return self.status != "ended"

    @property
    def climbed_for_good(self) -> frozenset[str]:
        """What belongs to its beginning happens once, however often its end is moved."""
        return frozenset(key for key in self.climbed if key.startswith(f"{AT_ONCE}:"))

    @property
    def key(self) -> tuple[str, int, int]:
        """Unique in the case: name, period of a recurring duty, generation."""
        return (self.id, self.number, self.generation)


@dataclass(frozen=True)
class Signing:
    """An act that several hands do, before the last of them: who signed, and the form so far."""

    hands: tuple[Actor, ...]
    on: date
    form: Mapping[str, Any]


@dataclass(frozen=True)
class CaseSnapshot:
    """A case before an act; an empty `state` is a case that has not been opened yet.

    `left` is the state a detour was entered from. `done` and `hands` remember acts and the persons of each role.
    `earlier` is the case before the acts of the clock that came after the last person's act, the first of which was
    due at `earlier_at`. `put_away` are clocks that ended under an earlier version and that this one does not know.
    """

    id: str
    procedure: str
    state: str = ""
    unit: str = ""
    definition: str = ""
    left: str = ""
    filed_at: datetime | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    clocks: tuple[RunningClock, ...] = ()
    put_away: tuple[RunningClock, ...] = ()
    done: Mapping[str, Done] = field(default_factory=dict)
    hands: Mapping[str, frozenset[str]] = field(default_factory=dict)
    signing: Mapping[str, Signing] = field(default_factory=dict)
    seq: int = 0
    moved_at: datetime | None = None
    moved_by: str = ""
    sealed_to: tuple[str, ...] = ()
    hidden_from: str = ""
    earlier: CaseSnapshot | None = None
    earlier_at: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """What the law may know beyond the case: the organisation, the calendar, local settings, linked cases.

    `settings` are those of the case's unit, the nearest unit upward winning; `linked` holds the cases that its
    link fields name, by id. `outside` answers the questions of `workflow.questions`, each when it is asked.
    """

    units: Mapping[str, Unit]
    calendar: Calendar
    settings: Mapping[str, Any] = field(default_factory=dict)
    linked: Mapping[str, CaseSnapshot] = field(default_factory=dict)
    outside: Mapping[Any, Any] = field(default_factory=dict)
