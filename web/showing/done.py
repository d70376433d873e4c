"""After an act: what has become of the case, and what runs from now on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from models.casework import Acted
from web.languages import gettext as _
from web.languages import t
from web.showing import acts, case, terms
from web.showing.case import Desk
from web.views.done import Result
from workflow.decision import Decision
from workflow.limits import shut
from workflow.registry import definition
from workflow.words.procedure import Procedure

Law = type[Procedure]


def result(law: Law, answer: Acted, desk: Desk) -> Result:
    """Of an answer given before, only what was kept of it."""
    if answer.decision:
        return replace(foreseen(law, answer.decision, desk), number=answer.no, papers=papers(law, answer.documents))
    law = definition(law.id, answer.definition or law.version)
    label, state = names(law, answer.trigger, answer.state)
    return Result(answer.no, "", label, state, answer.outcome == "signed", papers=papers(law, answer.documents))


def foreseen(law: Law, found: Decision, desk: Desk) -> Result:
    """What a decision comes to, taken or only asked for."""
    label, state = names(law, found.trigger, found.after.state)
    return Result(
        found.after.id, "", label, state, found.outcome == "signed", following(law, found), dues(law, found, desk),
        papers(law, [paper.label for paper in found.documents]), told(law, found),
    )  # fmt: skip


def names(law: Law, trigger: str, state: str) -> tuple[str, str]:
    return t(law.acts[trigger][0].label, f"{law.id}.{trigger}"), t(law.states[state].label, f"{law.id}.{state}")


def papers(law: Law, labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(case.paper_said(law, label) for label in labels)


def dues(law: Law, found: Decision, desk: Desk) -> tuple:  # type: ignore[type-arg]
    live = sorted((clock for clock in found.after.clocks if clock.is_live), key=lambda clock: clock.due_at)
    return tuple(terms.due(law, clock, desk.now, desk.calendar) for clock in live)


def following(law: Law, found: Decision) -> tuple[str, ...]:
    """Who is expected to do what next."""
    clock = terms.foremost(law, found.after.clocks)
    act = acts.awaited(law, found.after.state, clock.id if clock else "", "", shut(law, found.after.clocks, found.on))
    if act is None or law.states[found.after.state].final:
        return ()
    name = t(act.label, f"{law.id}.{act.id}")
    return (_("等%(who)s：%(act)s", who=acts.hands(law, act), act=name),)


def told(law: Law, found: Decision) -> tuple[str, ...]:
    roles = (law.roles[told.role] for told in found.told if told.role in law.roles)
    return tuple(dict.fromkeys(t(role.label, f"{law.id}.{role.id}") for role in roles))
