"""Who: roles and where their posts must be held, persons kept apart, seals, several hands."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, ClassVar, overload

from workflow.snapshot import Level
from workflow.terms import Span, days
from workflow.words.naming import Word, several

NO_TIME = days(0)
WATCHES = "supervisor"  # hears of every post that is vacant when somebody in it should be told


@dataclass(frozen=True)
class Office:
    """Where the post must be held: at the unit that holds the case, or at it and every unit above."""

    kind: str


here, upward = Office("here"), Office("upward")
nowhere = ()


@dataclass(frozen=True)
class Above:
    """The unit one level up: of a unit on file, or of another `above`."""

    unit: Any


def above(unit: Any) -> Above:
    return Above(unit)


@dataclass(frozen=True)
class Among:
    """The rows of a table in which these columns say who somebody is and where he is called."""

    table: Any
    name: str
    phone: str


def each_of(table: Any, name: str = "name", phone: str = "phone") -> Among:
    return Among(table, name, phone)


@dataclass(frozen=True)
class OfLevel:
    """The unit of that level in the line upward from where the case is."""

    level: Level


def the(level: Level) -> OfLevel:
    """`of=the("street")`: the street's own, however far below it the case is."""
    return OfLevel(level)


@dataclass(eq=False, repr=False)
class Role(Word):
    """An office, or (`outside`) a resident. Read from a case it is the set of persons who have acted in it there.

    The id is also the name of the post that is held. Where two procedures call different offices by one name, one of
    them says its own id. `named`: the line of the file whose persons are told first; `of=nowhere` with it: it is no
    post, and held by whoever stands in that line. `among`: several residents, each speaking for himself alone.
    """

    label: str
    of: Any = here
    outside: bool = False
    id: str = ""
    named: Any = ""
    among: Among | None = None

    @property
    def is_no_post(self) -> bool:
        """Whether it is held by being named in the file alone."""
        return bool(self.named) and not several(self.of)

    @overload
    def __get__(self, case: None, owner: type) -> Role: ...
    @overload
    def __get__(self, case: Any, owner: type) -> frozenset[str]: ...
    def __get__(self, case: Any, owner: type) -> Role | frozenset[str]:
        return self if case is None else case.persons_in(self)


@dataclass(eq=False, repr=False)
class Turn(Word):
    """Persons the case works out: `@Turn("轮值")` over a function that gives the set of them."""

    label: str
    persons: Callable[[Any], Collection[str]] = field(init=False)
    id: str = field(default="", init=False)
    outside: ClassVar[bool] = False

    def __call__(self, persons: Callable[[Any], Collection[str]]) -> Turn:
        self.persons = persons
        return self


class Apart(Word):
    """Nobody acts in two of these roles on one case."""

    def __init__(self, label: str, *roles: Role) -> None:
        self.label, self.roles = label, roles


@dataclass(frozen=True)
class Seal:
    """Where `when` holds, only these roles see the case, and nobody who stands in the unit `hidden_from` names."""

    when: Any
    open_to: Any
    hidden_from: Any = None


@dataclass(frozen=True)
class Backdating:
    """How far the day of an act may lie before its entry; `beyond` names whose signature carries it further.

    `reason` is a line that every form then has, to be filled in whenever an act is entered on a later day.
    """

    at_most: Span = NO_TIME
    beyond: Any = None
    reason: Any = None


@dataclass(frozen=True)
class InTurn:
    """Several hands do one act in this order; nothing moves before the last."""

    roles: tuple[Any, ...]


def in_turn(*roles: Any) -> InTurn:
    return InTurn(roles)
