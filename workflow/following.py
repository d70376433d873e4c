"""What happens by itself once an act is done, and what does not happen again and again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from workflow.calendar import today
from workflow.decision import Impulse
from workflow.machine import attempt, places
from workflow.question import Question
from workflow.snapshot import CLOCK, CaseSnapshot, Facts
from workflow.words.procedure import Procedure


def followed_by(procedure: type[Procedure], snapshot: CaseSnapshot, facts: Facts, now: datetime) -> Iterator[Impulse]:
    """Acts that nobody does and no clock fires, whose conditions hold now; asked after every act on the case and on
    the cases it is linked to."""
    for act in procedure.unasked:
        if act.is_in_force(today(now)) and snapshot.state in places(procedure, act):
            case = procedure(snapshot, facts, CLOCK, today(now), now)
            attempt(case, act, [], {})
            if not case.refusals:
                yield Impulse(snapshot.id, act.id, f"{act.id}:{snapshot.seq}")


def follows(question: Question, after: CaseSnapshot) -> list[Impulse]:
    """After an act by itself that left the case as it was, only what did not hold before it: the rest was asked for
    already, or would go round for ever."""
    now = list(followed_by(question.procedure, after, question.facts, question.now))
    if question.act not in question.procedure.unasked or has_moved(question.snapshot, after):
        return now
    before = followed_by(question.procedure, question.snapshot, question.facts, question.now)
    known = {each.trigger for each in before}
    return [each for each in now if each.trigger not in known]


def has_moved(before: CaseSnapshot, after: CaseSnapshot) -> bool:
    kept = ("state", "left", "unit", "data", "clocks", "sealed_to", "hidden_from")
    return any(getattr(before, name) != getattr(after, name) for name in kept)
