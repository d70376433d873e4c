"""The words a plot is told in: one line an act, days counted from today, negative ones have passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ahead:
    """The day so many days from today."""

    days: int


@dataclass(frozen=True)
class Of:
    """The number of another case of these, by the name of its plot."""

    plot: str


@dataclass(frozen=True)
class Held:
    """Whoever holds that role where the case is, or above it."""

    role: str


@dataclass(frozen=True)
class Named:
    """One of the town's residents, by name."""

    name: str


@dataclass(frozen=True)
class Party:
    """One of several parties of the case, by his id in it."""

    id: str


@dataclass(frozen=True)
class Turn:
    """One act of a plot: on which day, by whom, with what. `via`: entered by somebody of that role.

    `by` is a role or, written `Named("…")`, a person, or `Party("…")`, one of several parties. `act` may also name a
    poll: so many forms with each answer.
    """

    day: int
    by: str | Named | Party
    act: str
    form: Mapping[str, Any]
    via: str = ""


@dataclass(frozen=True)
class Plot:
    """`unit` is where the case opens; `opened_by` names the plot whose case opens it, if none of these turns does."""

    name: str
    unit: str
    turns: tuple[Turn, ...]
    procedure: str = "petition"
    opened_by: str = ""


def turn(day: int, by: str | Named | Party, act: str, via: str = "", **form: Any) -> Turn:
    return Turn(day, by, act, form, via)
