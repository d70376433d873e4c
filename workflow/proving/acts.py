"""Acts: each has its law and somebody to do it, and nothing goes round by itself for ever."""

from __future__ import annotations

from itertools import combinations

from workflow.proving.contradiction import Found, at
from workflow.words.acts import Act
from workflow.words.law import Source
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.series import Series
from workflow.words.when import Clock
from workflow.words.where import back, new, same


def every_act_has_its_law(procedure: type[Procedure]) -> Found:
    words: list[Act | Clock | Series] = [
        *procedure.all_acts(), *procedure.all_clocks(), *procedure.series.values(),
    ]  # fmt: skip
    for word in words:
        if word.source is None:
            yield at(procedure, word, f"{word.id} stands outside a law's block")


def every_act_is_done_by_somebody(procedure: type[Procedure]) -> Found:
    for act in procedure.unasked:
        if not asks_the_case(act):
            yield at(procedure, act, f"{act.id} is done by nobody and would happen by itself without a condition")


def asks_the_case(act: Act) -> bool:
    return "must" in act.body.__code__.co_names


def no_two_texts_of_an_act_are_in_force_at_once(procedure: type[Procedure]) -> Found:
    for texts in procedure.acts.values():
        for one, other in combinations(texts, 2):
            if lives_meet(one.source, other.source):
                yield at(procedure, other, f"two texts of {other.id} are in force at once")


def lives_meet(one: Source | None, other: Source | None) -> bool:
    """Whether two articles are in force on any one day."""
    if one is None or other is None:
        return True
    return one.since < other.until and other.since < one.until


def what_opens_a_case_does_nothing_else(procedure: type[Procedure]) -> Found:
    for act in procedure.all_acts():
        if new in act.arrow.sources and len(act.arrow.sources) > 1:
            yield at(procedure, act, f"{act.id} opens a case and is also done on one")
        if new in act.arrow.sources and {same, back} & {*act.arrow.targets}:
            yield at(procedure, act, f"{act.id} opens a case and says no state for it")


def every_hand_has_its_lines(procedure: type[Procedure]) -> Found:
    for act in procedure.all_acts():
        if len(act.hands) < 2 and any(line.hand for line in act.form):
            yield at(procedure, act, f"{act.id} asks lines of a second hand and has one")
        if act.via and not act.is_outsiders:
            yield at(procedure, act, f"{act.id} is recorded via somebody, and nobody from outside does it")
        for other in several(act.not_by):
            if id_of(other) not in procedure.acts:
                yield at(procedure, act, f"{act.id} keeps away whoever did {id_of(other)}, which is no act")
