"""The page of a resident: the same facts as the staff see, without names of staff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.reading.timeline import Happened
from models.reading.track import Reminder
from web.languages import gettext as _
from web.languages import t
from web.rendering import day_plain
from web.showing import acts, plain, terms
from web.showing.case import Desk
from web.views.track import Stage, Track, Way
from workflow.calendar import today
from workflow.decision import CALENDAR, Offer, beside
from workflow.registry import definition
from workflow.snapshot import CaseSnapshot, RunningClock
from workflow.words.acts import Act
from workflow.words.procedure import Procedure

Law = type[Procedure]


@dataclass(frozen=True)
class Office:
    """How a resident reaches a unit."""

    name: str
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Record:
    """What the record knows beyond the snapshot; `above` is the office to turn to when the holder is late."""

    number: str
    holder: Office
    above: Office | None = None
    events: Sequence[Happened] = ()
    papers: tuple[tuple[str, str, date], ...] = ()
    reminders: Sequence[Reminder] = ()


def shown(law: Law, snapshot: CaseSnapshot, offers: Sequence[Offer], record: Record, desk: Desk) -> Track:
    """`offers` are those to the resident."""
    state = law.states[snapshot.state]
    clock = terms.foremost(law, snapshot.clocks)
    told = plain.of(law.id, state)
    ways = (*too_slow(law, clock, record.above, desk), *own_ways(law, offers), *later_ways(law, snapshot, desk))
    return Track(
        record.number, str(told.headline), record.holder.name, stages(law, snapshot, record.events),
        due=terms.due(law, clock, desk.now, desk.calendar) if clock else None,
        promise=_("%(term)s到", term=terms.label(law, clock)) if clock else "",
        phone=record.holder.phone, hours=record.holder.hours,
        receipt=terms.receipt(law, clock, desk.calendar) if clock else None, ways=ways, papers=record.papers,
        reminders=tuple(reminded(law, each) for each in record.reminders), final=state.final,
        procedure=law.id,
    )  # fmt: skip


def stages(law: Law, snapshot: CaseSnapshot, events: Sequence[Happened]) -> tuple[Stage, ...]:
    """The states gone through with the day they were entered, the present one, and the one that leads on."""
    entered: dict[str, date] = {}
    names: dict[str, str] = {}
    for event in events:
        if not event.is_rung and not beside(event.rung):
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


def reminded(law: Law, told: Reminder) -> tuple[str, date]:
    clock = law.clock_coded(told.clock)
    name = t(clock.label, f"{law.id}.{clock.id}") if clock else told.clock
    day = day_plain(today(told.due_at))
    if told.what == CALENDAR:
        said = _("%(clock)s因新的放假安排改到%(day)s", clock=name, day=day)
    elif told.what == "warn":
        said = _("%(clock)s将于%(day)s到期", clock=name, day=day)
    else:
        said = _("%(clock)s已于%(day)s到期", clock=name, day=day)
    return said, today(told.told_at)


# What the resident can do


def too_slow(law: Law, clock: RunningClock | None, above: Office | None, desk: Desk) -> Iterator[Way]:
    """Only where it is the office that owes something by then."""
    if clock and above and terms.is_duty(law, clock):
        said = {"day": day_plain(clock.due_on), "unit": above.name}
        late = terms.standing(law, clock, desk.now) == "overdue"
        text = (
            _("已经过了%(day)s，请找%(unit)s督办。", **said)
            if late
            else _("%(day)s还没收到答复，请找%(unit)s督办。", **said)
        )
        yield Way(_("觉得太慢"), text, phone=above.phone)


def own_ways(law: Law, offers: Sequence[Offer]) -> Iterator[Way]:
    """What he may do himself now or from a day on, here or at any counter."""
    for offer in offers:
        if offer.mine and (offer.open or offer.from_day):
            text = anywhere() if offer.open else _("%(day)s起可以办。", day=day_plain(offer.from_day))
            yield Way(name_of(law, offer.act), text, basis(law, offer.act), trigger=offer.act.id if offer.open else "")


def later_ways(law: Law, snapshot: CaseSnapshot, desk: Desk) -> Iterator[Way]:
    """What the next step will open to him: how he can object to it is told before it is taken."""
    for state in onward(law, snapshot):
        for act in law.acts_on(today(desk.now)):
            if act.by and acts.is_outside(act) and is_new_in(law, snapshot, state, act):
                text = _("到“%(state)s”以后可以办。", state=label(law, state)) + anywhere()
                yield Way(name_of(law, act), text, basis(law, act))


def is_new_in(law: Law, snapshot: CaseSnapshot, state: str, act: Act) -> bool:
    return acts.stands(law, state, act) and not acts.stands(law, snapshot.state, act)


def name_of(law: Law, act: Act) -> str:
    return t(act.label, f"{law.id}.{act.id}")


def anywhere() -> str:
    return _("在这里办，也可以到窗口、写信或者打电话。")


def basis(law: Law, act: Act) -> str:
    return t(act.law, law.id)
