"""All that can happen in a state, printed: where a moved block shows in review."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.fields import Field
from workflow.machine import sources, targets
from workflow.terms import LaterOf, Since, Term, Until
from workflow.words.acts import Act
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.when import Clock, Rung
from workflow.words.where import State

KINDS = {"before": "前", "since": "第", "after": "后", "overdue": "逾期", "at_once": "即时", "on_the_day": "当日"}


def standing(procedure: type[Procedure], only: str = "") -> str:
    """The procedure state by state, each with its acts, who may, what follows, and the clocks that run there."""
    states = [state for state in procedure.states.values() if only in ("", state.id)]
    parts = [] if only else [opening(procedure)]
    return "\n".join([*parts, *("\n".join(state_lines(procedure, state)) for state in states)])


def opening(procedure: type[Procedure]) -> str:
    acts = [act for act in procedure.all_acts() if "unopened" in sources(procedure, act)]
    lines = [act_line(procedure, act) for act in acts]
    lines += [f"- {each.id} {each.on}: 每个{each.each} 办理 {id_of(each.act)}" for each in procedure.series.values()]
    return "\n".join([f"# {procedure.id} {procedure.label}", "", "## new 未登记", *lines, ""])


def state_lines(procedure: type[Procedure], state: State) -> Iterator[str]:
    marks = [name for name in ("waiting", "final", "reopens", "detour", "silent") if getattr(state, name)]
    yield f"## {state.id} {state.label}" + (f"（{', '.join(marks)}）" if marks else "")
    for act in procedure.all_acts():
        if state.id in sources(procedure, act):
            yield act_line(procedure, act)
    for clock in procedure.all_clocks():
        if not clock.states or state.id in {id_of(each) for each in clock.states}:
            yield from clock_lines(clock)
    yield ""


def act_line(procedure: type[Procedure], act: Act) -> str:
    ends = "、".join(targets(procedure, act))
    form = ", ".join(f"{field.id}{'?' if field.optional else ''}" for field in act.asks)
    issued = "".join(f" +{id_of(each)}" for each in several(act.issues))
    told = "".join(f" @{id_of(each)}" for each in several(act.tells))
    return f"- {act.id} {act.label}: {doers(procedure, act)} → {ends} ({form}){issued}{told} {act.law}"


def doers(procedure: type[Procedure], act: Act) -> str:
    if not act.by:
        return fired_by(procedure, act).removeprefix("／") or "自动"
    clock = fired_by(procedure, act)
    return "→".join("|".join(who.id for who in hand) for hand in act.hands) + clock


def fired_by(procedure: type[Procedure], act: Act) -> str:
    if act.id in {id_of(each.act) for each in procedure.series.values()}:
        return "／日历"
    return "／期限届满" if act.id in procedure.fired else ""


def clock_lines(clock: Clock) -> Iterator[str]:
    conditions = [
        *([f"逐项{clock.each.id}"] if clock.each else []),
        *([f"起于{'、'.join(map(id_of, clock.starting))}"] if clock.starting else []),
        *([f"止于{'、'.join(map(id_of, clock.ending))}"] if clock.ending else []),
        *(["有条件"] if clock.when is not None else []),
        *(["可中止"] if clock.pause else []),
        *([f"可由{id_of(clock.extension.act)}延长"] if clock.extension else []),
    ]
    kind, said = type(clock).__name__, " ".join([term(clock.term), *conditions])
    yield f"- {clock.code} {clock.label}: {kind} {said} {clock.source}"
    for rung in clock.rungs:
        yield f"    {moment(rung)} {deed(rung)}"


def term(term_: Term) -> str:
    if isinstance(term_, Since):
        anchor = getattr(term_.anchor, "id", term_.anchor)
        return f"{term_.span} 自{anchor}"
    if isinstance(term_, Until):
        return f"至{term_.field.id}" if isinstance(term_.field, Field) else f"至{term_.field}"
    return " 与 ".join(map(term, term_.terms)) + " 取后" if isinstance(term_, LaterOf) else str(term_)


def moment(rung: Rung) -> str:
    spans = "、".join(str(span) for span in rung.moment.spans if span.count)
    word = KINDS[rung.moment.kind]
    return f"{spans}{word}" if rung.moment.kind == "before" else f"{word}{spans}"


def deed(rung: Rung) -> str:
    if rung.act:
        return f"办理 {id_of(rung.act)}"
    if rung.opening:
        return f"另立 {rung.opening[0]}"
    if rung.document:
        return f"出具 {id_of(rung.document)}"
    return f"告知 {'、'.join(id_of(role) for role in rung.tell)}"
