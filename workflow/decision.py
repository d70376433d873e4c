"""What an act leaves behind: the case after it, papers, messages, cases to open, acts that follow by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from workflow.questions import Entry
from workflow.refusals import Refusal
from workflow.snapshot import Actor, CaseSnapshot
from workflow.words.acts import Act

CALENDAR, REISSUE, DEFINITION = "calendar", "reissue", "definition"
# Events that are no act of the procedure; each stands where a rung would, and in `trigger` too.
BESIDE = {
    CALENDAR: "新的放假安排公布，期限重新计算",
    REISSUE: "核对身份后补发查询码",
    DEFINITION: "程序版本变更，今后按新的版本办理",
}


def beside(rung: str) -> str:
    """What is said of such an event; empty for an act and for a rung of a ladder."""
    return BESIDE.get(rung.partition(":")[0], "")


def change_of_version(old: str, new: str) -> str:
    """Stands where a rung would: `definition:1:2`."""
    return f"{DEFINITION}:{old}:{new}"


def version_before(rung: str) -> str:
    """The version a case stood under before that event; empty for any other event."""
    word, _, versions = rung.partition(":")
    return versions.partition(":")[0] if word == DEFINITION else ""


@dataclass(frozen=True)
class Told:
    """Somebody to be told: the persons the case names for the role, else its holders at these units, nearest first.

    `clock` is the code of the term it is about, where neither an act nor a rung says so.
    """

    role: str
    what: str
    units: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    clock: str = ""


@dataclass(frozen=True)
class Paper:
    """An official document with its final wording; of the residents only for those named, where any are."""

    id: str
    label: str
    to: tuple[str, ...]
    text: str
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opening:
    """A case to be opened in a transaction of its own; without a unit, where `by` stands."""

    procedure: str
    trigger: str
    form: Mapping[str, Any]
    by: Actor
    unit: str = ""


@dataclass(frozen=True)
class Impulse:
    """An act that happens by itself on the case of that number, in a transaction of its own."""

    case: str
    trigger: str
    reason: str


@dataclass(frozen=True)
class Decision:
    """One chained event: an act, one hand of an act (`signed`), a rung of a ladder (`rung`), or one of `BESIDE`.

    `entered` are the lines for registers, `handed_out` how many codes for which poll, `given` the residents who get a
    tracking code.
    `supersedes`: a timely act entered late takes the place of the acts of the clock that came after its day.
    """

    before: CaseSnapshot
    after: CaseSnapshot
    trigger: str
    outcome: Literal["done", "signed"]
    by: Actor
    recorded_by: Actor
    on: date
    at: datetime
    form: Mapping[str, Any] = field(default_factory=dict)
    documents: tuple[Paper, ...] = ()
    told: tuple[Told, ...] = ()
    opened: tuple[Opening, ...] = ()
    impulses: tuple[Impulse, ...] = ()
    entered: tuple[Entry, ...] = ()
    handed_out: tuple[tuple[str, int], ...] = ()
    given: tuple[str, ...] = ()
    rung: str = ""
    supersedes: bool = False


@dataclass(frozen=True)
class Offer:
    """An act of the state the case stands in: open to this person, closed with reasons, or somebody else's."""

    act: Act
    open: bool
    refusals: tuple[Refusal, ...]
    from_day: date | None
    mine: bool
