"""Snapshot, act and moment in; a decision out, or every reason against it. Reads no clock and no row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from workflow import limits
from workflow.calendar import today
from workflow.deadlines import ended
from workflow.decision import Decision, Offer
from workflow.following import followed_by
from workflow.forms import arguments, blank, fill_in
from workflow.ladder import DueRung, pending
from workflow.machine import UNOPENED, attempt, places
from workflow.outcome import outcome, rung_outcome, signed
from workflow.permission import hidden, holds, kept_away, names, refusal_of_person
from workflow.question import Question, countersigner, is_far_back
from workflow.refusals import Refusal, Refused
from workflow.registers import already_there, below_the_floor
from workflow.snapshot import CLOCK, Actor, CaseSnapshot, Facts
from workflow.words.acts import Act
from workflow.words.procedure import Procedure

__all__ = ["available", "climb", "decide", "followed_by", "pending"]


def decide(
    procedure: type[Procedure], snapshot: CaseSnapshot, trigger: str, form: Mapping[str, Any], *, by: Actor,
    now: datetime, facts: Facts, on: date | None = None, via: Actor | None = None,
) -> Decision:  # fmt: skip
    """One act of one person, or of the clock; `on` is its day in Shanghai where it differs from `now`'s.

    Raises `Refused`: NotFound, WrongState and NotAllowed alone, then conditions and data all together.
    """
    day = on or day_of_the_act(procedure, snapshot, trigger, today(now))
    before = as_it_stood(snapshot, by, day)
    question = Question(procedure, before, act_of(procedure, trigger, day), by, now, facts, day, via)
    refuse(hidden(question.case()) or wrong_state(question) or wrong_person(question))
    decision = answered(question, form)
    return superseding(decision, snapshot) if before is not snapshot else decision


def day_of_the_act(procedure: type[Procedure], snapshot: CaseSnapshot, trigger: str, now: date) -> date:
    """The last hand makes it effective on its own day; a countersignature confirms the day it was dated."""
    half = snapshot.signing.get(trigger)
    act = procedure.act(trigger, half.on) if half else None
    return half.on if half and act and len(half.hands) >= len(act.hands) else now


def answered(question: Question, form: Mapping[str, Any]) -> Decision:
    case, hand, act = question.case(), question.hand, question.act
    case.refusals += [*wrong_day(question)]
    for number, half in enumerate(earlier_forms(question)):
        fill_in(act, number, case, half)
    given = fill_in(act, hand, case, form)
    case.refusals += [*unexplained(question, case)]
    later = range(hand + 1, len(question.hands))
    for number in later:
        blank(act, number, case)
    case.refusals += [*limits.refusals(act, case)]
    positional, named = arguments(act, case)
    state = attempt(case, act, positional, named)
    case.refusals += [*already_there(question, case), *below_the_floor(case)]
    refuse(*case.refusals)
    if later:
        return signed(question, given)
    return outcome(question, case, state, given)


def earlier_forms(question: Question) -> list[Mapping[str, Any]]:
    """What the hands before this one gave, form by form."""
    half = question.snapshot.signing.get(question.act.id)
    return [half.form.get(str(number), {}) for number in range(len(half.hands))] if half else []


def refuse(*refusals: Refusal | None) -> None:
    if found := [refusal for refusal in refusals if refusal]:
        raise Refused(*found)


def act_of(procedure: type[Procedure], trigger: str, on: date) -> Act:
    act = procedure.act(trigger, on)
    if act is None:
        values = {"procedure": procedure.label or procedure.id, "trigger": trigger}
        raise Refused(Refusal("WrongState", "“{procedure}”当日没有“{trigger}”这一步。", values))
    return act


def wrong_state(question: Question) -> Refusal | None:
    snapshot, act = question.snapshot, question.act
    if (snapshot.state or UNOPENED) in places(question.procedure, act):
        return None
    if late := next(limits.run_out(act, question.case()), None):
        return late
    if not snapshot.state:
        return Refusal("WrongState", "本案尚未登记，不能“{act}”。", {"act": act.label})
    allowed = [each.label for each in question.procedure.acts_on(question.on) if each.by and stands_in(question, each)]
    values = {"state": question.procedure.states[snapshot.state].label, "act": act.label}
    values["allowed"] = "、".join(allowed)
    return Refusal("WrongState", "本案现为“{state}”，不能“{act}”。可办理：{allowed}。", values)


def stands_in(question: Question, act: Act) -> bool:
    return question.snapshot.state in places(question.procedure, act)


def wrong_person(question: Question) -> Refusal | None:
    case = question.case()
    case.actor = question.recorder
    half = question.snapshot.signing.get(question.act.id)
    if half and question.recorder.person in {hand.person for hand in half.hands}:
        return Refusal("Apart", "“{act}”须由另一人办理。", {"act": question.act.label})
    if question.hand >= len(question.act.hands) and question.hand < len(question.hands):
        return refusal_of_countersigner(question, case)
    return refusal_of_person(question.act, question.hand, case) or wrong_party(question)


def wrong_party(question: Question) -> Refusal | None:
    """Whoever is recorded by somebody else must be one whose act it is."""
    own = question.case()
    if question.via is None or any(holds(who, own) for who in question.hands[question.hand]):
        return None
    return Refusal("NotAllowed", "“{act}”须由{roles}本人表示。", names(question.act, question.hand))


def refusal_of_countersigner(question: Question, case: Procedure) -> Refusal | None:
    """Whoever confirms an old date holds that post for this very case, and is kept away like any other hand."""
    roles = question.hands[question.hand]
    if not any(holds(role, case) for role in roles):
        labels = "、".join(role.label for role in roles)
        return Refusal("NotAllowed", "补记前日的事项须由{roles}副署。", {"roles": labels})
    return next(kept_away(question.act, case), None)


# The day of the act


def wrong_day(question: Question) -> list[Refusal]:
    """Never the future; never before the last act of a person; not further back than the procedure allows."""
    if question.by == CLOCK:
        return []
    refusals = []
    if question.on > today(question.now):
        refusals.append(Refusal("E_FUTURE_DATE", "办理日期不能晚于今天。"))
    last = max((done.on for done in question.snapshot.done.values()), default=date.min)
    if question.on < last:
        refusals.append(Refusal("E_DATE_ORDER", "办理日期不能早于上一步（{last}）。", {"last": last.isoformat()}))
    if is_far_back(question) and not countersigner(question):
        refusals.append(too_far_back(question))
    return refusals


def too_far_back(question: Question) -> Refusal:
    """What came in earlier is entered today all the same: the day it came in is a line of the form, and terms run from
    it."""
    values = {"span": str(question.procedure.backdating.at_most)}
    if question.snapshot.state:
        return Refusal("E_BACKDATED", "补记不得早于{span}前。", values)
    came_in = next((each.label for each in question.act.asks if each.of_act), "")
    if not came_in:
        return Refusal("E_BACKDATED", "新案件补记不得早于{span}前，请按今天的日期办理。", values)
    sentence = "新案件补记不得早于{span}前，请按今天的日期办理，真实日期填在“{field}”一栏。"
    return Refusal("E_BACKDATED", sentence, values | {"field": came_in})


def unexplained(question: Question, case: Procedure) -> Iterator[Refusal]:
    """An act entered on a later day says why, where the procedure asks for it; its first hand does."""
    reason = question.procedure.backdating.reason
    late = question.by != CLOCK and question.on < today(question.now)
    if reason and late and not question.hand and not case.read(reason):
        yield Refusal("E_NO_REASON", "补记前日的事项，须写明{field}。", {"field": reason.label}, reason.id)


def as_it_stood(snapshot: CaseSnapshot, by: Actor, on: date) -> CaseSnapshot:
    """A timely act entered late is asked against the case before the acts of the clock that came after its day."""
    if by == CLOCK or snapshot.earlier is None or snapshot.earlier_at is None or on >= today(snapshot.earlier_at):
        return snapshot
    return replace(snapshot.earlier, seq=snapshot.seq, clocks=kept_climbed(snapshot.earlier, snapshot))


def kept_climbed(earlier: CaseSnapshot, now: CaseSnapshot) -> tuple[Any, ...]:
    """Rungs climbed meanwhile stay climbed: nobody is told twice."""
    rows = {row.key: row for row in now.clocks}
    return tuple(
        replace(row, climbed=row.climbed | rows[row.key].climbed)
        if row.key in rows and rows[row.key].dating == row.dating else row
        for row in earlier.clocks
    )  # fmt: skip


def superseding(decision: Decision, snapshot: CaseSnapshot) -> Decision:
    """Clocks that the superseded acts had started end with them."""
    kept = {row.key for row in decision.after.clocks}
    gone = [ended(row, "left", decision.on) if row.is_live else row for row in snapshot.clocks if row.key not in kept]
    after = replace(decision.after, clocks=(*gone, *decision.after.clocks))
    return replace(decision, before=snapshot, after=after, supersedes=True)


# Rungs, and what is open to whom


def climb(procedure: type[Procedure], snapshot: CaseSnapshot, due: DueRung, facts: Facts) -> Decision | None:
    """One rung of a ladder, at the moment it was due; nothing where its act must wait for the case to change."""
    climbed = rung_outcome(procedure, snapshot, due, facts)
    if not due.act:
        return climbed
    try:
        stood = replace(climbed.after, seq=snapshot.seq)
        done = decide(procedure, stood, due.act, {}, by=CLOCK, now=due.at, facts=facts, on=climbed.on)
    except Refused:
        return None
    return replace(done, before=snapshot, rung=due.key)


def available(
    procedure: type[Procedure], snapshot: CaseSnapshot, *, by: Actor, now: datetime, facts: Facts
) -> tuple[Offer, ...]:
    """Every act of the state, with what already speaks against it: the same question, asked with a blank form."""
    day = today(now)
    place = snapshot.state or UNOPENED
    acts = [act for act in procedure.acts_on(day) if act.by and place in places(procedure, act)]
    return tuple(offered(Question(procedure, snapshot, act, by, now, facts, day)) for act in acts)


def offered(question: Question) -> Offer:
    if refusal := hidden(question.case()) or wrong_person(question):
        return Offer(question.act, False, (refusal,), None, mine=False)
    case = question.case()
    for number, half in enumerate(earlier_forms(question)):
        fill_in(question.act, number, case, half)
    for number in range(question.hand, len(question.hands)):
        blank(question.act, number, case)
    case.refusals += [*limits.refusals(question.act, case)]
    positional, named = arguments(question.act, case)
    attempt(case, question.act, positional, named)
    from_day = limits.opening_day(question.act, case)
    return Offer(question.act, not case.refusals, tuple(case.refusals), from_day, mine=True)
