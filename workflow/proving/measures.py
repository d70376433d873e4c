"""Figures: they count what there is, among what has a day; and a share of what is kept is among what must be kept."""

from __future__ import annotations

from typing import Any

from workflow.fields import Field
from workflow.proving.contradiction import Found, at
from workflow.words.acts import Act
from workflow.words.measures import Mean, Measure
from workflow.words.naming import several
from workflow.words.procedure import Procedure
from workflow.words.what import Derived
from workflow.words.when import Clock
from workflow.words.where import State


def measures_count_what_there_is(procedure: type[Procedure]) -> Found:
    for measure in procedure.measures.values():
        for each in measure.named:
            if not is_of(each, procedure):
                yield at(procedure, measure, f"{measure.id} counts {each}: no act, clock, state, line or Derived here")


def is_of(word: Any, procedure: type[Procedure]) -> bool:
    """Whichever of its texts, and so that figures can tell of it by its label: no bare property, no function."""
    kinds = [kind for kind in (Act, Clock, State, Field, Derived) if isinstance(word, kind)]
    return any(isinstance(each, kind) and each.id == word.id for each in vars(procedure).values() for kind in kinds)


def measures_count_among_what_has_a_day(procedure: type[Procedure]) -> Found:
    for measure in procedure.measures.values():
        for each in several(measure.among) if isinstance(measure, Measure | Mean) else ():
            if not (has_a_day(each) or (is_clock(each) and isinstance(measure, Measure))):
                yield at(procedure, measure, f"{measure.id} counts among {each}, which has no day: name an act")


def has_a_day(word: Any) -> bool:
    return isinstance(word, Act | State) or (isinstance(word, Field) and word.kind == "day")


def what_is_kept_is_among_what_must_be(procedure: type[Procedure]) -> Found:
    for measure in procedure.measures.values():
        if isinstance(measure, Measure):
            for each in set(filter(is_clock, several(measure.of))) - set(several(measure.among)):
                yield at(procedure, measure, f"{measure.id} counts {each.id} as kept, but not among what falls due")


def is_clock(word: Any) -> bool:
    return isinstance(word, Clock)
