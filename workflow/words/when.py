"""When: the kinds of clock, what pauses and extends them, and the ladder beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from workflow.terms import LaterOf, Since, Span, Term, Until, days, working_days
from workflow.words.law import Source, source_here
from workflow.words.naming import Word, id_of, several
from workflow.words.what import Setting

NO_TIME = days(0)


@dataclass(frozen=True)
class Rung:
    """One step of a ladder: when, and what happens then."""

    moment: Moment
    tell: tuple[Any, ...] = ()
    act: Any = None
    document: Any = None
    opening: tuple[str, Any] | None = None


@dataclass(frozen=True)
class Moment:
    """`warn` moments lie before the end; `overdue` and `after` when it is too late."""

    kind: str
    spans: tuple[Span, ...] = (NO_TIME,)

    def tell(self, *roles: Any) -> tuple[Rung, ...]:
        return tuple(Rung(Moment(self.kind, (span,)), tell=roles) for span in self.spans)

    def do(self, act: Any) -> tuple[Rung, ...]:
        return (Rung(self, act=act),)

    def issue(self, document: Any) -> tuple[Rung, ...]:
        return (Rung(self, document=document),)

    def open(self, opener: str, form: Any) -> tuple[Rung, ...]:
        """Opens a case by that `procedure.trigger`; `form` works out its form from this case."""
        return (Rung(self, opening=(opener, form)),)

    @property
    def warns(self) -> bool:
        return self.kind in ("before", "since", "at_once", "on_the_day")


def before(*spans: Span) -> Moment:
    """So long before the due day."""
    return Moment("before", spans)


def on_day(*numbers: int) -> Moment:
    """On that day of the term, counted like the term: day 1 is the day after the start."""
    return Moment("since", tuple(days(number) for number in numbers))


def on_working_day(*numbers: int) -> Moment:
    return Moment("since", tuple(working_days(number) for number in numbers))


def after(*spans: Span) -> Moment:
    """So long after the due day, at 09:00 of a working day."""
    return Moment("after", spans)


at_once, on_the_day, overdue = Moment("at_once"), Moment("on_the_day"), Moment("overdue")


def flat(ladder: Any) -> tuple[Rung, ...]:
    return tuple(rung for step in ladder for rung in ((step,) if isinstance(step, Rung) else flat(step)))


@dataclass(frozen=True)
class Pause:
    """While the case stands in these states, between two acts, or while a property of it holds.

    `whole_days`: the closing day is paused too.
    """

    states: tuple[Any, ...] = ()
    between: tuple[Any, Any] | None = None
    whole_days: bool = False
    only_if: Setting | None = None
    holds: property | None = None


def paused_in(*states: Any, whole_days: bool = False, only_if: Setting | None = None) -> Pause:
    return Pause(states[0] if len(states) == 1 and isinstance(states[0], tuple) else states, None, whole_days, only_if)


def paused_between(begin: Any, end: Any, whole_days: bool = False) -> Pause:
    return Pause((), (begin, end), whole_days)


def paused_while(holds: property, whole_days: bool = False) -> Pause:
    """Where neither states nor two acts can say it: as long as that property of the case holds."""
    return Pause((), None, whole_days, holds=holds)


@dataclass(frozen=True)
class Extension:
    """The act moves the due day by the term; the clock refuses what comes too late, too often or goes too far.

    `times` is a number, or a setting that says whether only once; `asked_by` is an act refused for the same reasons.
    """

    act: Any
    term: Term
    at_most: Span | None = None
    times: int | Setting = 1
    asked_by: Any = None
    at_most_code: str = "E_EXT_MAX"


@dataclass(eq=False, repr=False)
class Clock(Word):
    """Runs where the file says, worked out after every act; never started or stopped by hand.

    `each`: one clock a row of that table, numbered from 1, until the day in the column that the term names. What is
    numbered is met one by one, by the act `met_by`, which carries the `number`.
    """

    code: str
    label: str
    term: Term
    runs_in: Any = ()
    starts: Any = ()
    ends: Any = ()
    when: Any = None
    instead: Until | None = None
    pause: Pause | None = None
    extension: Extension | None = None
    rolls: bool = False
    each: Any = None
    met_by: Any = None
    number: Any = None
    ladder: Any = ()
    source: Source | None = field(default_factory=source_here)
    id: str = field(default="", init=False)
    overdue_after: ClassVar[bool] = False
    binds_office: ClassVar[bool] = True

    def __post_init__(self) -> None:
        self.rungs = flat((self.ladder,) if isinstance(self.ladder, Rung) else self.ladder)
        self.states, self.starting, self.ending = several(self.runs_in), several(self.starts), several(self.ends)

    def __get__(self, case: Any, owner: type) -> Any:
        return self if case is None else case.clock_of(self)

    @cached_property
    def places(self) -> frozenset[str]:
        """Ids of the states it runs or is paused in; none where it names no state and runs everywhere."""
        return frozenset(id_of(state) for state in (*self.states, *(self.pause.states if self.pause else ())))

    @cached_property
    def running(self) -> frozenset[str]:
        """Ids of the states it runs in."""
        return frozenset(id_of(state) for state in self.states)

    @property
    def anchor(self) -> Any:
        return self.term.anchor if isinstance(self.term, Since) else None

    @property
    def span(self) -> Span | None:
        """The length where the term is one length, else nothing."""
        return self.term.span if isinstance(self.term, Since) else self.term if isinstance(self.term, Span) else None

    @property
    def counts_working_days(self) -> bool:
        terms = self.term.terms if isinstance(self.term, LaterOf) else (self.term,)
        spans = [term.span if isinstance(term, Since) else term for term in terms]
        return any(isinstance(span, Span) and span.unit == "working_days" for span in spans)


class Deadline(Clock):
    """The office must be done by then; a rest day does not move it unless `rolls`; a setting may only shorten it."""

    overdue_after = True


@dataclass(eq=False, repr=False)
class Window(Clock):
    """A person may until then; it rolls to a working day; the acts it closes are refused after; only lengthened."""

    closes: Any = ()
    late_code: str = "TooLate"
    binds_office: ClassVar[bool] = False

    def __post_init__(self) -> None:
        self.rolls = True
        super().__post_init__()


@dataclass(eq=False, repr=False)
class Earliest(Clock):
    """What it opens is refused before its due day, with the first permitted date."""

    opens: Any = ()
    binds_office: ClassVar[bool] = False


class Posting(Earliest):
    """Something hangs out until the end of its due day: what it opens may follow the day after."""


@dataclass(eq=False, repr=False)
class Recurring(Clock):
    """One duty a period, the k-th due k terms after the anchor; met by an act that carries its number.

    What is still owed when the next falls due is missed, and may be made good later. A period is waived if the case
    stood in the detour `waived_in` for at least half of it.
    """

    opens_before: Span = NO_TIME
    waived_in: Any = None
    overdue_after: ClassVar[bool] = True


class Reminder(Clock):
    """For information only: never ours to be overdue."""

    binds_office = False
