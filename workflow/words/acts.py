"""Acts: who leads a case from where to where, what the form asks, what must hold, what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from inspect import Parameter, signature
from typing import Any

from workflow.fields import Field
from workflow.words.law import Source, source_here
from workflow.words.naming import Word, several
from workflow.words.where import Arrow
from workflow.words.who import InTurn

Body = Callable[..., Any]


@dataclass(frozen=True)
class Line:
    """One line of an act's form: the parameter, the field behind it, and which hand fills it in.

    A line without a parameter is asked by every form of the procedure, and no body looks at it.
    """

    parameter: str
    field: Field
    hand: int
    of_form: bool


@dataclass(eq=False, repr=False)
class Act(Word):
    """Decorates a function: its parameters after `case` are the form, its `case.must` lines the conditions.

    A bare parameter is a line of the file; one with a default declares a line that this form alone asks; one after
    `*` belongs to the second hand. Assignments are the effect. Without `by`, a clock does it, or it happens by itself.
    `seconded_by`: proposed by the one, made effective by the other. `reveals`: lines of the file kept from others,
    which whoever does it is shown this once. `clock_may`: a ladder or a series does what a person does too, or what
    ends where a decision ends, or writes about a person; without the word it may not.
    """

    label: str
    arrow: Arrow
    by: Any = ()
    via: Any = ()
    not_by: Any = ()
    seconded_by: Any = ()
    tells: Any = ()
    issues: Any = ()
    decides: bool = False
    clock_may: bool = False
    reveals: Any = ()
    source: Source | None = field(default_factory=source_here)
    id: str = field(default="", init=False)
    body: Body = field(init=False)
    form: tuple[Line, ...] = field(default=(), init=False)
    procedure: str = field(default="", init=False)
    version: str = field(default="", init=False)

    def __call__(self, body: Body) -> Act:
        self.body = body
        return self

    @property
    def hands(self) -> tuple[tuple[Any, ...], ...]:
        """Who does it, hand by hand; each hand is one or more roles or person fields."""
        first = self.by.roles if isinstance(self.by, InTurn) else (self.by,) if self.by else ()
        return tuple(several(role) for role in (*first, *((self.seconded_by,) if self.seconded_by else ())))

    @property
    def is_outsiders(self) -> bool:
        """Whether somebody from outside the office may do it."""
        return any(getattr(who, "outside", False) for hand in self.hands for who in hand)

    @property
    def asks(self) -> tuple[Field, ...]:
        return tuple(line.field for line in self.form if line.parameter)

    @property
    def law(self) -> str:
        return str(self.source or "")

    @property
    def is_of_the_office(self) -> bool:
        """Whether somebody who is no resident does it, or does it first."""
        return bool(self.hands) and not any(getattr(who, "outside", False) for who in self.hands[0])

    def parameters(self) -> list[Parameter]:
        return list(signature(self.body).parameters.values())[1:]

    def is_in_force(self, on: date) -> bool:
        return self.source is None or self.source.is_in_force(on)

    def __get__(self, case: Any, owner: type) -> Any:
        return self if case is None else case.doing_of(self)
