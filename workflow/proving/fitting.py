"""Whether the words fit together at all: what does not would make every other proof stumble, and be told by none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workflow.fields import Field
from workflow.proving.contradiction import Found, at, coded, perhaps
from workflow.words.acts import Act
from workflow.words.naming import Word, several
from workflow.words.procedure import Procedure
from workflow.words.what import Document
from workflow.words.when import Clock, Earliest, Recurring, Window
from workflow.words.where import Arrow, State, anywhere, back, new, same, still_open
from workflow.words.who import Role, Turn


@dataclass(frozen=True)
class Kind:
    """A kind of word, the list of a procedure that holds them, and whether one may be named by its id."""

    noun: str
    type: type
    list: str
    by_id: bool = False


ROLE, DOCUMENT = Kind("role", Role, "roles"), Kind("document", Document, "documents")
ACT, STATE = Kind("act", Act, "acts", by_id=True), Kind("state", State, "states", by_id=True)


def unknown(procedure: type[Procedure], word: Word, says: str, named: Any, kind: Kind) -> Found:
    """What `named` is, where it is none of that kind here; `says` begins the sentence: who names it and how."""
    known = getattr(procedure, kind.list)
    if isinstance(named, str):
        if named in known and not kind.by_id:
            yield at(procedure, word, f"{says} “{named}” by its id; name the {kind.noun} itself: {named}", named)
        elif named not in known:
            guess = perhaps(named, known)
            yield at(procedure, word, f"{says} {named}, which is no {kind.noun} of this procedure{guess}", named)
    elif not isinstance(named, kind.type) or getattr(named, "id", "") not in known:
        said = getattr(named, "id", "")
        yield at(procedure, word, f"{says} {named}, which is no {kind.noun} of this procedure", said)


def arrows_lead_from_state_to_state(procedure: type[Procedure]) -> Found:
    for act in procedure.all_acts():
        if not isinstance(act.arrow, Arrow):
            yield at(procedure, act, f"{act.id} leads {act.arrow}, which is no arrow; write asked >> answered")
            continue
        for state in dict.fromkeys(act.arrow.sources):
            if state not in (new, anywhere, still_open):
                yield from unknown_end(procedure, act, f"{act.id} begins in", state)
        for state in dict.fromkeys(act.arrow.targets):
            if state not in (same, back):
                yield from unknown_end(procedure, act, f"{act.id} ends in", state)


def unknown_end(procedure: type[Procedure], act: Act, says: str, state: Any) -> Found:
    """A text is taken letter by letter: `"asked" >> lent` begins in a."""
    if isinstance(state, str):
        yield at(procedure, act, f"{says} the letter {state}: name the states themselves, without quotes")
    else:
        yield from unknown(procedure, act, says, state, STATE)


def persons_are_roles(procedure: type[Procedure]) -> Found:
    for act in procedure.all_acts():
        doers = [who for hand in act.hands for who in hand if not is_person(procedure, who)]
        for who in (*doers, *several(act.via), *several(act.tells)):
            yield from unknown(procedure, act, f"{act.id} names", who, ROLE)
    for clock in procedure.all_clocks():
        for who in (who for rung in clock.rungs for who in rung.tell):
            yield from unknown(procedure, clock, f"{coded(clock)} tells", who, ROLE)
    for document in procedure.documents.values():
        for who in document.readers:
            yield from unknown(procedure, document, f"{document.id} is for", who, ROLE)
    for poll in procedure.polls.values():
        for who in several(poll.by):
            yield from unknown(procedure, poll, f"{poll.id} is filled in by", who, ROLE)


def is_person(procedure: type[Procedure], who: Any) -> bool:
    """A line of the file that names somebody, or a set of persons that the case works out."""
    return isinstance(who, Turn) or (isinstance(who, Field) and procedure.fields.get(who.id) is who)


def papers_are_documents(procedure: type[Procedure]) -> Found:
    for act in procedure.all_acts():
        for paper in several(act.issues):
            yield from unknown(procedure, act, f"{act.id} issues", paper, DOCUMENT)
    for clock in procedure.all_clocks():
        for rung in clock.rungs:
            for paper in several(rung.document or ()):
                yield from unknown(procedure, clock, f"{coded(clock)} issues", paper, DOCUMENT)


def clocks_name_what_there_is(procedure: type[Procedure]) -> Found:
    for clock in procedure.all_clocks():
        for act in acts_of(clock):
            yield from unknown(procedure, clock, f"{coded(clock)} names", act, ACT)
        for state in clock.states:
            yield from unknown(procedure, clock, f"{coded(clock)} runs in", state, STATE)
        for state in clock.pause.states if clock.pause else ():
            yield from unknown(procedure, clock, f"{coded(clock)} is paused in", state, STATE)
        if isinstance(clock, Recurring) and clock.waived_in is not None:
            yield from unknown(procedure, clock, f"{coded(clock)} is waived in", clock.waived_in, STATE)
    for poll in procedure.polls.values():
        for state in several(poll.open_in):
            yield from unknown(procedure, poll, f"{poll.id} is open in", state, STATE)


def acts_of(clock: Clock) -> Iterator[Any]:
    """Every act that the clock names, wherever it names one."""
    yield from (*clock.starting, *clock.ending, *(rung.act for rung in clock.rungs if rung.act))
    yield from (*((clock.pause and clock.pause.between) or ()), *([clock.met_by] if clock.met_by else []))
    if clock.extension:
        yield from (each for each in (clock.extension.act, clock.extension.asked_by) if each)
    yield from several(clock.opens) if isinstance(clock, Earliest) else ()
    yield from several(clock.closes) if isinstance(clock, Window) else ()
