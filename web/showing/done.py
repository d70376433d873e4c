"""After an act: what has become of the case, and what runs from now on."""

from __future__ import annotations

from models.casework import Acted
from web.languages import gettext as _
from web.languages import t
from web.showing import acts, terms
from web.showing.case import Desk
from web.views.done import Result
from workflow.decision import Decision
from workflow.registry import definition
from workflow.words.procedure import Procedure

Law = type[Procedure]


def result(law: Law, answer: Acted, desk: Desk) -> Result:
    """Of an answer given before, only what was kept of it."""
    law = definition(law.id, answer.definition or law.version)
    label = t(law.acts[answer.trigger][0].label, f"{law.id}.{answer.trigger}")
    state = t(law.states[answer.state].label, f"{law.id}.{answer.state}")
    found = answer.decision
    return Result(
        answer.no, "", label, state, answer.outcome == "signed", then=following(law, found) if found else (),
        dues=dues(law, found, desk) if found else (), papers=answer.documents, told=told(law, found) if found else (),
    )  # fmt: skip


def dues(law: Law, found: Decision, desk: Desk) -> tuple:  # type: ignore[type-arg]
    live = sorted((clock for clock in found.after.clocks if clock.is_live), key=lambda clock: clock.due_at)
    return tuple(terms.due(law, clock, desk.now, desk.calendar) for clock in live)


def following(law: Law, found: Decision) -> tuple[str, ...]:
    """Who is expected to do what next."""
    clock = terms.foremost(law, found.after.clocks)
    act = acts.awaited(law, found.after.state, clock.id if clock else "")
    if act is None or law.states[found.after.state].final:
        return ()
    name = t(act.label, f"{law.id}.{act.id}")
    return (_("等%(who)s：%(act)s", who=acts.hands(law, act), act=name),)


def told(law: Law, found: Decision) -> tuple[str, ...]:
    roles = (law.roles[told.role] for told in found.told if told.role in law.roles)
    return tuple(dict.fromkeys(t(role.label, f"{law.id}.{role.id}") for role in roles))
