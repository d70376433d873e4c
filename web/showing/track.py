"""The page of a resident: the same facts as the staff see, without names of staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from models.reading.timeline import Happened
from web.languages import gettext as _
from web.languages import t
from web.rendering import day_plain
from web.showing import acts, plain, terms
from web.showing.case import Desk
from web.views.track import Stage, Track, Way
from workflow.decision import DEFINITION, Offer
from workflow.registry import definition
from workflow.snapshot import CaseSnapshot
from workflow.words.procedure import Procedure

Law = type[Procedure]
Papers = tuple[tuple[str, str, date], ...]


def shown(
    law: Law, snapshot: CaseSnapshot, events: Sequence[Happened], offers: Sequence[Offer], desk: Desk,
    *, number: str, units: Mapping[str, str], above: str = "", papers: Papers = (),
) -> Track:  # fmt: skip
    """`offers` are those to the resident; `above` is the office to turn to when this one is late."""
    state = law.states[snapshot.state]
    clock = terms.foremost(law, snapshot.clocks)
    told = plain.of(law.id, state)
    return Track(
        number, str(told.headline), units.get(snapshot.unit, snapshot.unit), stages(law, snapshot, events),
        due=terms.due(law, clock, desk.now, desk.calendar) if clock else None,
        promise=_("%(term)s到", term=terms.label(law, clock)) if clock else "",
        receipt=terms.receipt(law, clock, desk.calendar) if clock else None,
        ways=tuple(ways(law, offers, above, clock.due_on if clock else None)), papers=papers, final=state.final,
    )  # fmt: skip


def stages(law: Law, snapshot: CaseSnapshot, events: Sequence[Happened]) -> tuple[Stage, ...]:
    """The states gone through with the day they were entered, the present one, and the one that leads on."""
    entered: dict[str, date] = {}
    names: dict[str, str] = {}
    for event in events:
        if not event.is_rung and event.trigger != DEFINITION:
            entered.setdefault(event.to_state, event.acted_on)
            names.setdefault(event.to_state, label(definition(law.id, event.definition), event.to_state))
    been = [Stage(names[state], "done", on=on) for state, on in entered.items() if state != snapshot.state]
    told = plain.of(law.id, law.states[snapshot.state])
    now = Stage(label(law, snapshot.state), "now", str(told.text), entered.get(snapshot.state))
    ahead = [
        Stage(label(law, state), "next", str(plain.of(law.id, law.states[state]).text))
        for state in onward(law, snapshot)
    ]
    return (*been, now, *ahead)


def label(law: Law, state: str) -> str:
    return t(law.states[state].label, f"{law.id}.{state}")


def onward(law: Law, snapshot: CaseSnapshot) -> list[str]:
    """The one state the case is meant to reach next, where the law knows one."""
    at = acts.Standing.of(law, snapshot)
    leading = [
        act for act in law.all_acts() if act.by and acts.stands(law, snapshot.state, act) and acts.weight(at, act) == 0
    ]
    return [acts.elsewhere(law, snapshot.state, act)[0] for act in leading[:1]]


def ways(law: Law, offers: Sequence[Offer], above: str, due_on: date | None) -> list[Way]:
    found = []
    if above and due_on:
        text = _("%(day)s还没收到答复，请找%(unit)s督办。", day=day_plain(due_on), unit=above)
        found.append(Way(_("觉得太慢"), text))
    for offer in offers:
        if offer.mine and (offer.open or offer.from_day):
            found.append(way(law, offer))
    return found


def way(law: Law, offer: Offer) -> Way:
    """What the resident may do himself, here or at any counter."""
    name = t(offer.act.label, f"{law.id}.{offer.act.id}")
    text = (
        _("在这里办，也可以到窗口、写信或者打电话。")
        if offer.open
        else _("%(day)s起可以办。", day=day_plain(offer.from_day))
    )
    return Way(name, text, offer.act.law, trigger=offer.act.id if offer.open else "")
