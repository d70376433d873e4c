"""One case as an act would leave it: the words of a procedure, read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workflow.fields import NO_DAY, Field
from workflow.questions import Asked, Entry
from workflow.refusals import Refusal, refusal
from workflow.snapshot import Actor, CaseSnapshot, Done, Facts, RunningClock
from workflow.terms import Span
from workflow.words.acts import Act
from workflow.words.naming import id_of
from workflow.words.outside import Register
from workflow.words.what import Link
from workflow.words.when import Clock
from workflow.words.where import State
from workflow.words.who import Role


class Unfilled(Exception):
    """The form has not been filled in yet, so the rest of the act cannot be asked yet."""


class Blank:
    """Stands for a line that is not filled in: whoever looks at it is told so."""

    def looked_at(self, *_: object) -> Any:
        raise Unfilled

    __bool__ = __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __add__ = __radd__ = __sub__ = __rsub__ = looked_at
    __len__ = __iter__ = __contains__ = __getattr__ = __getitem__ = __hash__ = __int__ = __mul__ = looked_at
    __rmul__ = __truediv__ = __rtruediv__ = __floordiv__ = __mod__ = __neg__ = __abs__ = __round__ = looked_at


BLANK = Blank()


@dataclass(frozen=True)
class Doing:
    """An act read from a case: true where it was ever done there; `on` is the day of the last time."""

    last: Done | None

    def __bool__(self) -> bool:
        return self.last is not None

    @property
    def on(self) -> Any:
        return self.last.on if self.last else NO_DAY

    @property
    def persons(self) -> frozenset[str]:
        return self.last.persons if self.last else frozenset()

    @property
    def times(self) -> int:
        return self.last.times if self.last else 0


@dataclass(frozen=True)
class Running:
    """A clock read from a case: true while it runs or is paused; its due day is unset where it never ran."""

    clock: RunningClock | None
    today: date
    rows: tuple[RunningClock, ...] = ()

    def __bool__(self) -> bool:
        return self.clock is not None and self.clock.is_live

    @property
    def due_on(self) -> Any:
        return self.clock.due_on if self.clock else NO_DAY

    @property
    def started_on(self) -> Any:
        return self.clock.started_on if self.clock else NO_DAY

    @property
    def is_over(self) -> bool:
        """Whether it still runs and its last day has passed."""
        return self.clock is not None and self.clock.is_live and self.today > self.clock.due_on

    @property
    def met(self) -> int:
        """How often a recurring duty has been met."""
        return sum(row.ended == "done" for row in self.rows)

    @property
    def unmet(self) -> tuple[int, ...]:
        """Numbers of the periods whose last day has come and that are neither met nor waived."""
        open_ = (row for row in self.rows if row.ended == "missed" or (row.is_live and self.today >= row.due_on))
        return tuple(row.number for row in open_ if row.generation == self.rows[-1].generation)

    @property
    def owed(self) -> tuple[int, ...]:
        """Numbers of the periods of a recurring duty that fell due and were neither met nor waived."""
        late = (row for row in self.rows if row.ended == "missed" or (row.is_live and self.today > row.due_on))
        return tuple(row.number for row in late if row.generation == self.rows[-1].generation)


@dataclass(frozen=True)
class Opened:
    """Another case that the body of an act asks to open."""

    procedure: str
    trigger: str
    form: Mapping[str, Any]
    unit: str = ""


class Nothing:
    """A linked case that is not there: false, and so is all that is read from it."""

    no = ""

    def __bool__(self) -> bool:
        return False

    def __getattr__(self, name: str) -> Nothing:
        return self

    def state_is(self, *_: str) -> bool:
        return False


class Case:
    """What every case knows of itself; alive for one question, on a copy of the file that may be thrown away."""

    def __init__(self, snapshot: CaseSnapshot, facts: Facts, actor: Actor, today: date, now: datetime) -> None:
        self.snapshot, self.facts, self.actor, self.today, self.now = snapshot, facts, actor, today, now
        self.recorder = actor  # whoever enters it, where that is somebody else
        self.data = dict(snapshot.data)
        self.unit = snapshot.unit or actor.unit
        self.refusals: list[Refusal] = []
        self.openings: list[Opened] = []
        self.tellings: list[Role] = []
        self.entries_made: list[Entry] = []
        self.handed_out: list[tuple[str, int]] = []
        self.papers_issued: list[Any] = []
        self.codes_given: list[str] = []

    @property
    def no(self) -> str:
        """The number under which the case is known."""
        return self.snapshot.id

    def must(self, holds: object, sentence: str, code: str = "GuardsFailed", **values: Any) -> None:
        """A condition, and the sentence told where it does not hold; all of them are asked."""
        if not isinstance(holds, Blank) and not holds:
            self.refusals.append(refusal(code, sentence, values))

    def open(self, act: Act | str, *, at: str = "", **form: Any) -> None:
        """Opens another case once this act is done; `act` is one that opens cases, or `procedure.trigger`.

        It opens `at` that unit, else where whoever does this act stands.
        """
        procedure, trigger = act.split(".") if isinstance(act, str) else (act.procedure, act.id)
        self.openings.append(Opened(procedure, trigger, form, at))

    def tell(self, *roles: str) -> None:
        """Tells these roles (by id) of the act, because of what its form says."""
        self.tellings += [getattr(type(self), role) for role in roles]

    def issue(self, *documents: str) -> None:
        """Issues these papers (by id) with the act, because of what its form says."""
        self.papers_issued += [getattr(type(self), document) for document in documents]

    def give_code(self, role: str, number: int) -> None:
        """A tracking code for whoever has the role in the row of that number; it is shown with the act, once."""
        self.codes_given.append(f"{role}_{number}")

    @property
    def row_of_actor(self) -> int:
        """The number of the row for which the actor speaks; 0 for staff."""
        role = getattr(type(self), "roles", {}).get(self.actor.role)
        number = self.actor.person.rpartition("_")[2]
        return int(number) if role is not None and role.among and number.isdecimal() else 0

    def enter(self, register: Register, about: str, *, since: date | None = None, until: date | None = None,
            key: str = "", amount: int = 0, **columns: Any) -> None:  # fmt: skip
        """A line into the register once this act is done, in force from its day unless `since` says otherwise."""
        given = {register.columns[name].id: value for name, value in columns.items()}
        self.entries_made.append(Entry(register.name, about, since or self.today, until, "enter", key, amount, given))

    def end(self, register: Register, about: str, *, key: str = "", since: date | None = None) -> None:
        """What stands in the register under this key is no longer in force from that day on."""
        self.entries_made.append(Entry(register.name, about, since or self.today, None, "end", key))

    def answer_to(self, question: Asked) -> Any:
        """The answer of the world outside; who gives it stands in the facts."""
        return self.facts.outside[question]

    def is_blank(self, value: object) -> bool:
        return isinstance(value, Blank)

    def case_of(self, snapshot: CaseSnapshot) -> Any:
        """Another case, of whatever procedure and under the version it stands under, as a body reads it."""
        kind = type(self).by_version[snapshot.procedure, snapshot.definition]  # type: ignore[attr-defined]
        return kind(snapshot, self.facts, self.actor, self.today, self.now)

    @property
    def is_closed(self) -> bool:
        """Whether the case stands in a final state."""
        states: Mapping[str, State] = type(self).states  # type: ignore[attr-defined]
        return self.snapshot.state in states and states[self.snapshot.state].final

    def state_is(self, *states: State | str) -> bool:
        return self.snapshot.state in {id_of(state) for state in states}

    def level_of(self, unit: str) -> str:
        return self.facts.units[unit].level if unit in self.facts.units else ""

    def name_of(self, unit: str) -> str:
        return self.facts.units[unit].name if unit in self.facts.units else unit

    def above(self, unit: str) -> str:
        return self.facts.units[unit].parent if unit in self.facts.units else ""

    def after(self, on: date, span: Span) -> date:
        """The day so long after another, as a clock would count it."""
        return self.facts.calendar.add(on, span).on

    def read(self, field: Field) -> Any:
        return self.data.get(field.id, field.empty)

    def write(self, field: Field, value: Any) -> None:
        self.data[field.id] = field.empty if value is None else value

    def stands_in(self, state: State) -> bool:
        return state.id in (self.snapshot.state, self.snapshot.left)

    def persons_in(self, role: Role) -> frozenset[str]:
        return self.snapshot.hands.get(role.id, frozenset())

    def doing_of(self, act: Act) -> Doing:
        return Doing(self.snapshot.done.get(act.id))

    def clock_of(self, clock: Clock) -> Running:
        rows = [row for row in self.snapshot.clocks if row.id == clock.id]
        live = next((row for row in rows if row.is_live), rows[-1] if rows else None)
        return Running(live, self.today, tuple(rows))

    def linked_by(self, link: Link) -> Any:
        named = self.read(link)
        if isinstance(named, Blank):
            return named
        found = self.facts.linked.get(named)
        return self.case_of(found) if found and found.procedure == link.of else Nothing()
