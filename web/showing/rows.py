"""Cases as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from web.languages import gettext as _
from web.languages import t
from web.showing import acts, terms
from web.showing.case import Desk
from web.views.desk import Row, Step
from workflow.calendar import today
from workflow.limits import shut
from workflow.snapshot import RunningClock
from workflow.words.acts import Act
from workflow.words.procedure import Procedure

Law = type[Procedure]


@dataclass(frozen=True)
class Listed:
    """What the record tells of one case in a list."""

    number: str
    title: str
    state: str
    clocks: Sequence[RunningClock] = ()
    party_role: str = ""
    party: str = ""
    last: str = ""
    last_at: datetime | None = None


def row(law: Law, case: Listed, desk: Desk, role: str) -> Row:
    clock = terms.foremost(law, tuple(case.clocks))
    act = acts.awaited(law, case.state, clock.id if clock else "", role, shut(law, case.clocks, today(desk.now)))
    return Row(
        case.number, case.title, law.id, law.label, case.state, law.states[case.state].label, case.party_role,
        case.party, terms.due(law, clock, desk.now, desk.calendar) if clock else None, step(law, act, role),
        last_said(law, case.last), case.last_at,
    )  # fmt: skip


def step(law: Law, act: Act | None, role: str) -> Step | None:
    """A button for who may do it; others are told whom the case waits for."""
    if act is None:
        return None
    return Step(act.label, act.id) if acts.is_of(act, role) else Step(_("等%(who)s", who=acts.first_hand(law, act)))


def last_said(law: Law, trigger: str) -> str:
    """What happened last, by the name of the act; a rung by its own words."""
    return t(law.acts[trigger][0].label, f"{law.id}.{trigger}") if trigger in law.acts else ""
