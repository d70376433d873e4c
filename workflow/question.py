"""One question to the law: may this act be done by this hand on this day?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workflow.calendar import today
from workflow.snapshot import CLOCK, Actor, CaseSnapshot, Facts
from workflow.words.acts import Act
from workflow.words.procedure import Procedure
from workflow.words.who import Role


@dataclass(frozen=True)
class Question:
    """May this act be done by this hand on this day, with this form?"""

    procedure: type[Procedure]
    snapshot: CaseSnapshot
    act: Act
    by: Actor
    now: datetime
    facts: Facts
    on: date
    via: Actor | None = None

    def case(self) -> Procedure:
        """A copy of the case to be thrown away; whoever records for another is the one who is asked for his post."""
        case = self.procedure(self.snapshot, self.facts, self.by, self.on, self.now)
        case.recorder = self.recorder
        return case

    @property
    def recorder(self) -> Actor:
        return self.via or self.by

    @property
    def hands(self) -> tuple[tuple[Any, ...], ...]:
        return (*self.act.hands, *countersigner(self))

    @property
    def hand(self) -> int:
        """Whose turn it is: 0 is the first."""
        half = self.snapshot.signing.get(self.act.id)
        return len(half.hands) if half else 0


def is_far_back(question: Question) -> bool:
    earliest = question.facts.calendar.back(today(question.now), question.procedure.backdating.at_most)
    return question.by != CLOCK and question.on < min(earliest, today(question.now))


def countersigner(question: Question) -> tuple[tuple[Role, ...], ...]:
    """Dated further back than one may alone, an act on a case needs one hand more; nobody signs what is not there."""
    beyond = question.procedure.backdating.beyond
    return ((beyond,),) if beyond and question.snapshot.state and is_far_back(question) else ()
