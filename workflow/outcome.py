"""From an act that may happen to all that comes of it: file, clocks, papers, messages, acts by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from workflow.deadlines import Step, ended, is_waived, next_period, settle
from workflow.decision import Decision, Opening, Paper, Told
from workflow.following import follows
from workflow.ladder import DueRung, day_of_act, next_at, with_next, word_of
from workflow.permission import assigned, is_sealed, seats
from workflow.question import Question
from workflow.snapshot import CLOCK, Actor, CaseSnapshot, Done, Facts, RunningClock, Signing, altered
from workflow.wording import worded
from workflow.words.case import Opened
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.what import Document
from workflow.words.when import Recurring
from workflow.words.who import Role


def outcome(question: Question, case: Procedure, state: str, given: Mapping[str, Any]) -> Decision:
    """Everything the act changes; `case` holds the file as its body left it."""
    moved = moved_on(question, case, state)
    after = clocked(question, moved)
    left = reread(question, after)
    documents = (*several(question.act.issues), *case.papers_issued)
    told = [
        *told_of_papers(documents, left),
        *told_of((*several(question.act.tells), *case.tellings), question.act.id, left),
    ]
    return Decision(
        before=question.snapshot, after=after, trigger=question.act.id, outcome="done", by=question.by,
        recorded_by=question.recorder, on=question.on, at=question.now, form=given,
        documents=tuple(paper(document, left) for document in documents), told=tuple(told),
        opened=tuple(opening(each, question.by) for each in case.openings),
        impulses=tuple(follows(question, after)),
        entered=tuple(case.entries_made), handed_out=tuple(case.handed_out), given=tuple(case.codes_given),
    )  # fmt: skip


def opening(asked: Opened, by: Actor) -> Opening:
    return Opening(asked.procedure, asked.trigger, asked.form, by, asked.unit)


def signed(question: Question, given: Mapping[str, Any]) -> Decision:
    """One hand of several: it is kept, and nothing moves yet."""
    snapshot, act = question.snapshot, question.act
    half = snapshot.signing.get(act.id) or Signing((), question.on, {})
    form = {**half.form, str(question.hand): dict(given)}
    signing = {**snapshot.signing, act.id: Signing((*half.hands, question.by), half.on, form)}
    after = replace(snapshot, signing=signing, seq=snapshot.seq + 1)
    return Decision(
        before=snapshot, after=after, trigger=act.id, outcome="signed", by=question.by, recorded_by=question.recorder,
        on=question.on, at=question.now, form=given,
    )  # fmt: skip


def reread(question: Question, snapshot: CaseSnapshot) -> Procedure:
    return question.procedure(snapshot, question.facts, question.by, question.on, question.now)


# The case after the act


def moved_on(question: Question, case: Procedure, state: str) -> CaseSnapshot:
    """The case as it stands after the act, its clocks still as before."""
    before, act = question.snapshot, question.act
    stays = not before.state or state == before.state
    return replace(
        before, procedure=question.procedure.id, definition=before.definition or question.procedure.version,
        state=state, left=left_behind(question, state), unit=case.unit, data=case.data, seq=before.seq + 1,
        filed_at=before.filed_at or question.now, done={**before.done, act.id: done_now(question)},
        hands=hands_after(question), signing={key: each for key, each in before.signing.items() if key != act.id},
        moved_at=before.moved_at if stays and before.state else question.now,
        moved_by=before.moved_by if stays and before.state else question.recorder.person,
        **what_the_clock_left(question),
    )  # fmt: skip


def left_behind(question: Question, state: str) -> str:
    """The state a detour was entered from; a detour within a detour returns to the first."""
    before, states = question.snapshot, question.procedure.states
    if not states[state].detour or state == before.state:
        return before.left if state == before.state else ""
    return before.left if before.left and states[before.state].detour else before.state


def done_now(question: Question) -> Done:
    last = question.snapshot.done.get(question.act.id)
    persons = frozenset(actor.person for actor in everybody(question)) | (last.persons if last else frozenset())
    return Done(question.snapshot.seq + 1, question.on, question.now, persons, 1 + (last.times if last else 0))


def everybody(question: Question) -> tuple[Actor, ...]:
    """All hands of the act, and whoever entered it for somebody else."""
    half = question.snapshot.signing.get(question.act.id)
    return (*(half.hands if half else ()), question.by, question.recorder)


def hands_after(question: Question) -> dict[str, frozenset[str]]:
    hands = dict(question.snapshot.hands)
    for actor in everybody(question):
        hands[actor.role] = hands.get(actor.role, frozenset()) | {actor.person}
    return hands


def what_the_clock_left(question: Question) -> dict[str, Any]:
    """After an act of the clock the case before it is kept, in case a timely act is entered later."""
    before = question.snapshot
    if question.by != CLOCK or not before.state:
        return {"earlier": None, "earlier_at": None}
    kept = before.earlier or replace(before, earlier=None, earlier_at=None)
    return {"earlier": kept, "earlier_at": before.earlier_at or question.now}


def clocked(question: Question, moved: CaseSnapshot) -> CaseSnapshot:
    after = reread(question, moved)
    rows = settle(Step(after, question.snapshot, question.act, moved.seq))
    calendar = question.facts.calendar
    settled = replace(moved, clocks=with_next(question.procedure, moved, calendar, rows))
    return sealed(reread(question, settled))


def sealed(case: Procedure) -> CaseSnapshot:
    if case.seal is None or not is_sealed(case):
        return replace(case.snapshot, sealed_to=(), hidden_from="")
    hidden_from = case.read(case.seal.hidden_from) if case.seal.hidden_from else ""
    return replace(case.snapshot, sealed_to=tuple(map(id_of, several(case.seal.open_to))), hidden_from=hidden_from)


# Papers and messages


def paper(document: Document, case: Procedure) -> Paper:
    only = tuple(getattr(case, document.only)) if document.only else ()
    return Paper(document.id, document.label, tuple(map(id_of, document.readers)), worded(document, case), only)


def told_of_papers(documents: tuple[Document, ...], case: Procedure) -> Iterator[Told]:
    for document in documents:
        yield from told_of(document.readers, document.id, case)


def told_of(roles: Role | tuple[Role, ...], what: str, case: Procedure) -> Iterator[Told]:
    for role in several(roles):
        yield Told(role.id, what, seats(role, case), assigned(role, case))


# Rungs


def rung_outcome(procedure: type[Procedure], snapshot: CaseSnapshot, due: DueRung, facts: Facts) -> Decision:
    """The rung climbed: who is told, what is issued; it moves nothing but the clock beside it."""
    clock = procedure.clock(due.clock.id, due.clock.text)
    on = day_of_act(clock, due)
    first = next_at(procedure, snapshot, due.clock, facts.calendar, done=due.key)
    row = altered(due.clock, climbed=due.clock.climbed | {due.key}, next_at=first)
    rows = tuple(row if each.key == row.key else each for each in snapshot.clocks)
    case = procedure(altered(snapshot, clocks=rows, seq=snapshot.seq + 1), facts, CLOCK, on, due.at)
    after = case.snapshot if due.rung else turned(case, row)
    documents = several(due.rung.document) if due.rung and due.rung.document else ()
    told = told_of(due.rung.tell, word_of(due.rung), case) if due.rung and due.rung.tell else ()
    if due.rung and due.rung.opening:
        opener, form = due.rung.opening
        case.open(opener, **form(case))
    return Decision(
        before=snapshot, after=after, trigger=due.key, outcome="done", by=CLOCK, recorded_by=CLOCK, on=on, at=due.at,
        documents=tuple(paper(document, case) for document in documents),
        told=(*told, *told_of_papers(documents, case)), rung=due.key,
        opened=tuple(opening(each, CLOCK) for each in case.openings),
    )  # fmt: skip


def turned(case: Procedure, row: RunningClock) -> CaseSnapshot:
    """A period of a recurring duty is over: the one before, if still owed, is missed; the next one opens."""
    clock = case.clock(row.id, row.text)
    assert isinstance(clock, Recurring), "only a recurring duty turns"
    rows = tuple(over(clock, each, row, case) for each in case.snapshot.clocks)
    later = (each for each in rows if each.id == row.id and each.number > row.number)
    if not any(each.generation == row.generation for each in later):
        step = Step(case, case.snapshot, next(case.all_acts()), case.snapshot.seq)
        rows = (*rows, next_period(row, step))
    clocks = with_next(type(case), case.snapshot, case.facts.calendar, rows)
    return replace(case.snapshot, clocks=clocks)


def over(clock: Recurring, each: RunningClock, row: RunningClock, case: Procedure) -> RunningClock:
    """The period that is over is waived or owed from now on; one before it that is owed still is missed."""
    if each.id != row.id or not each.is_live or each.number > row.number:
        return each
    if each.number < row.number:
        return ended(each, "missed", case.today)
    return ended(each, "waived", each.due_on) if clock.waived_in and is_waived(each, case.facts.calendar) else each


def waiting(procedure: type[Procedure], snapshot: CaseSnapshot, due: DueRung, facts: Facts) -> CaseSnapshot:
    """The case with that rung set aside until an act changes it."""
    rows = tuple(
        replace(row, waiting=row.waiting | {due.key}) if row.key == due.clock.key else row for row in snapshot.clocks
    )
    return replace(snapshot, clocks=with_next(procedure, snapshot, facts.calendar, rows))
