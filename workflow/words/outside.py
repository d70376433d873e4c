"""What lies outside the case: other cases, the rosters, registers that outlive it, anonymous forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflow.fields import Field
from workflow.questions import (
    CardAsked,
    CasesAsked,
    CensusAsked,
    EntriesAsked,
    Entry,
    PostsAsked,
    RosterAsked,
    Tally,
    TallyAsked,
)
from workflow.words.acts import Act
from workflow.words.naming import Word, id_of, several
from workflow.words.where import State

REGISTERS: dict[str, Register] = {}


class Register(Word):
    """Dated, append-only entries about a person or unit that outlive the case; written only by acts.

    `columns` are the lines of an entry. With a `floor`, entries carry amounts whose sum may not fall below it. One that
    belongs to no procedure is given its `id`; any procedure may ask it.
    """

    def __init__(self, label: str, *, id: str = "", floor: int | None = None, **columns: Field) -> None:
        self.label, self.floor, self.columns = label, floor, columns
        self.name = id
        for name, column in columns.items():
            column.__set_name__(type(self), name)
        if id:
            self.id = id
            REGISTERS[id] = self

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)

    def dump(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of an entry as plain JSON."""
        return {each.id: each.to_json(values[each.id]) for each in self.columns.values() if each.id in values}

    def load(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {each.id: each.from_json(values[each.id]) for each in self.columns.values() if each.id in values}

    def belong_to(self, procedure: str) -> None:
        """Named after its procedure where it has no name of its own."""
        self.name = self.name or f"{procedure}.{self.id}"
        REGISTERS[self.name] = self


class Line:
    """An entry of a register as a body reads it: columns by name, false and empty where there is none."""

    def __init__(self, register: Register, entry: Entry | None) -> None:
        self.register, self.entry = register, entry

    def __bool__(self) -> bool:
        return self.entry is not None

    def __getattr__(self, name: str) -> Any:
        column = self.register.columns.get(name) or self.register.columns.get(name + "_")
        if column is None:
            raise AttributeError(f"{self.register.label} has no column {name}")
        return self.entry.values.get(column.id, column.empty) if self.entry else column.empty

    @property
    def key(self) -> str:
        return self.entry.key if self.entry else ""

    @property
    def about(self) -> str:
        return self.entry.about if self.entry else ""

    @property
    def since(self) -> date | None:
        return self.entry.since if self.entry else None

    @property
    def amount(self) -> int:
        return self.entry.amount if self.entry else 0


class Lines(tuple[Line, ...]):
    """Several entries; `total` is the sum of what they count."""

    @property
    def total(self) -> int:
        return sum(line.amount for line in self)


def lines(register: Register, entries: tuple[Entry, ...]) -> Lines:
    return Lines(Line(register, entry) for entry in entries)


class Outside(Word):
    """A question to the world around the case; read from a case it is the answer."""

    def __get__(self, case: Any, owner: type) -> Any:
        return self if case is None else self.read(case)

    read: Callable[[Any], Any]  # what a case reads there; each kind of question says it


def when(case: Any, on: Field | None) -> date:
    """The day a register is asked for: the one on file, else that of the act."""
    found = case.read(on) if on is not None else None
    return found if isinstance(found, date) else case.today


def each_named(case: Any, word: Field, ask: Callable[[str], Any]) -> Any:
    """The answer about the one the field names, or one after the other where it names several; a blank stays blank."""
    named = case.read(word)
    if case.is_blank(named):
        return named
    return tuple(map(ask, named)) if isinstance(named, tuple) else ask(named)


@dataclass(eq=False, repr=False)
class Card(Outside):
    """What a register says about the one named in field `of`: its last entry in force on the day `on`."""

    label: str
    register: Register
    of: Field
    on: Field | None = None

    def read(self, case: Any) -> Any:
        def ask(about: str) -> Line:
            asked = CardAsked(self.register.name, about, when(case, self.on))
            return Line(self.register, case.answer_to(asked) if about else None)

        return each_named(case, self.of, ask)


@dataclass(eq=False, repr=False)
class Roster(Outside):
    """Everybody whose card in the register carries in `column` what the field `same` says, on the day `on`."""

    label: str
    register: Register
    column: str
    same: Field
    on: Field | None = None

    def read(self, case: Any) -> Any:
        value = case.read(self.same)
        if case.is_blank(value):
            return value
        found = (
            case.answer_to(RosterAsked(self.register.name, self.column, value, when(case, self.on))) if value else ()
        )
        return lines(self.register, found)


@dataclass(eq=False, repr=False)
class Entries(Outside):
    """All entries in force about the one named in field `about`."""

    label: str
    register: Register
    about: Field
    on: Field | None = None

    def read(self, case: Any) -> Any:
        def ask(about: str) -> Lines:
            asked = EntriesAsked(self.register.name, about, when(case, self.on))
            return lines(self.register, case.answer_to(asked) if about else ())

        return each_named(case, self.about, ask)


@dataclass(eq=False, repr=False)
class Posts(Outside):
    """The ids of the roles whose posts the one named in field `of` holds in the unit where the case is."""

    label: str
    of: Field

    def read(self, case: Any) -> Any:
        def ask(person: str) -> Collection[str]:
            return case.answer_to(PostsAsked(person, case.unit, case.today)) if person else frozenset()

        return each_named(case, self.of, ask)


@dataclass(eq=False, repr=False)
class Cases(Outside):
    """Other cases of a procedure: those that name this one in their link `by`, or agree with it in all of `same`.

    Fields of `same` bear the same id there; where one holds several values, one in common is enough. What follows here
    by itself is asked after each act on a case that names this one, or only `after` these.
    """

    procedure: str
    by: str = ""
    same: tuple[Field, ...] = ()
    after: tuple[Act | str, ...] = ()

    def heeds(self, procedure: str, acts: Collection[str]) -> bool:
        """Whether acts there may be what this case waits for."""
        waited = not self.after or any(id_of(act) in acts for act in self.after)
        return bool(self.by) and self.procedure == procedure and waited

    def read(self, case: Any) -> Any:
        marks = [(field_.id, several(case.read(field_))) for field_ in self.same]
        blank = [value for _, values in marks for value in values if case.is_blank(value)]
        if blank:
            return blank[0]
        told = tuple((name, tuple(map(str, values))) for name, values in marks)
        if self.same and not all(any(values) for _, values in told):
            return ()
        found = case.answer_to(CasesAsked(self.procedure, case.no, self.by, told))
        return tuple(case.case_of(each) for each in found)


@dataclass(eq=False, repr=False)
class Census(Outside):
    """How many of the cases of a procedure that name this one stand where; none of them is read."""

    procedure: str
    by: str

    def read(self, case: Any) -> Standings:
        return Standings(case.answer_to(CensusAsked(self.procedure, case.no, self.by)) if case.no else {})


class Standings(Counter[str]):
    """By state: how many."""

    def of(self, *states: State | str) -> int:
        return sum(self[id_of(state)] for state in states)


@dataclass(eq=False, repr=False)
class Poll(Outside):
    """Anonymous forms filled in by many: one answer a code, a code once. Filling one in is no act of the case.

    `by` says who is given codes; who it was that used one, nobody can say.
    """

    label: str
    options: Mapping[str, str]
    by: Any = ()
    open_in: Any = ()
    id: str = field(default="", init=False)

    def read(self, case: Any) -> Counted:
        return Counted(self, case, case.answer_to(TallyAsked(case.no, self.id)) if case.no else Tally())


class Counted:
    """A poll read from a case: the counts, and the way to hand out codes."""

    def __init__(self, poll: Poll, case: Any, tally: Tally) -> None:
        self.poll, self.case, self.tally = poll, case, tally

    def __bool__(self) -> bool:
        return bool(self.tally.asked)

    @property
    def asked(self) -> int:
        return self.tally.asked

    @property
    def returned(self) -> int:
        return self.tally.returned

    def of(self, *answers: str) -> int:
        return self.tally.of(*answers)

    def hand_out(self, count: int) -> None:
        """So many single-use codes, made when the act is written and shown that once."""
        self.case.handed_out.append((self.poll.id, count))


@dataclass(frozen=True)
class Once:
    """At most one case for these fields together; `while_open`: a new one may follow the end of the last.

    `hidden`: whoever is refused is not told which case it is.
    """

    fields: tuple[Field, ...]
    while_open: bool = False
    code: str = "AlreadyOpen"
    hidden: bool = False

    def key(self, read: Callable[[Field], Any]) -> tuple[str, ...]:
        """The values together, or nothing where one of them is open still."""
        values = tuple(str(read(each) or "") for each in self.fields)
        return values if all(values) else ()


def one_per(*fields: Field) -> Once:
    return Once(fields)


def one_open_per(*fields: Field, code: str = "AlreadyOpen", hidden: bool = False) -> Once:
    return Once(fields, while_open=True, code=code, hidden=hidden)
