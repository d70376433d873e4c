"""The case page put together from the case, what the law offers on it, and what has happened to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from models.reading.opened import Opened
from models.reading.timeline import Happened
from web.languages import gettext as _
from web.languages import t
from web.showing import acts, facts, terms
from web.showing.facts import Reader
from web.views.case import Case, Entry, OpenedCases, Paper, Person
from workflow.calendar import Calendar, today
from workflow.decision import Offer, beside
from workflow.registry import EARLIER, PROCEDURES, definition
from workflow.snapshot import AT_ONCE, CaseSnapshot, RunningClock
from workflow.words.procedure import Procedure
from workflow.words.where import State

Law = type[Procedure]


@dataclass(frozen=True)
class Record:
    """What the record knows of one case beyond the snapshot that the law is told."""

    number: str
    title: str
    version: int
    events: Sequence[Happened] = ()
    papers: Sequence[Paper] = ()
    reader: Reader = field(default_factory=Reader)
    owner: str = ""
    may_reissue: bool = False


@dataclass(frozen=True)
class Desk:
    """The moment and the calendar a page is read by."""

    now: datetime
    calendar: Calendar


def shown(law: Law, snapshot: CaseSnapshot, offers: Sequence[Offer], record: Record, desk: Desk) -> Case:
    first = terms.foremost(law, snapshot.clocks)
    step = acts.next_step(acts.Standing.of(law, snapshot), offers)
    rest = [offer for offer in offers if offer is not step]
    return Case(
        record.number, record.title, law.id, law.label, snapshot.state, law.states[snapshot.state].label,
        record.version, snapshot.moved_at or snapshot.filed_at or desk.now,
        owner=record.owner, unit=record.reader.units.get(snapshot.unit, snapshot.unit),
        due=terms.due(law, first, desk.now, desk.calendar) if first else None,
        final=law.states[snapshot.state].final, sealed=bool(snapshot.sealed_to),
        step=acts.offered(law, snapshot, step) if step else None,
        acts=acts.open_to(law, snapshot, rest), shut=acts.shut(law, rest), others=acts.of_others(law, rest),
        clocks=clocks(law, snapshot, desk), facts=facts.on_file(law, snapshot, record.reader),
        papers=tuple(record.papers), line=timeline(law, record), people=people(law, snapshot, record.reader.people),
        may_reissue=record.may_reissue,
        map=acts.way(law, snapshot, [event.to_state for event in record.events if not event.is_rung], offers),
    )  # fmt: skip


def clocks(law: Law, snapshot: CaseSnapshot, desk: Desk) -> tuple:  # type: ignore[type-arg]
    """Running ones first, by due day; then the ended ones, the last first."""
    live = sorted((clock for clock in snapshot.clocks if clock.is_live), key=lambda clock: clock.due_at)
    ended = [clock for clock in snapshot.clocks if not clock.is_live]
    over = sorted((*ended, *snapshot.put_away), key=lambda clock: clock.due_at, reverse=True)
    return tuple(terms.explained(law_of(law, clock), clock, desk.now, desk.calendar) for clock in (*live, *over))


def law_of(law: Law, clock: RunningClock) -> Law:
    """A clock that was put away goes by the words of the version it ran under."""
    return definition(law.id, clock.definition) if clock.definition else law


def opened(found: Opened) -> OpenedCases:
    states = [
        (t(state.label, f"{law.id}.{state.id}"), found.states[law.id, state.id])
        for law in (PROCEDURES[name] for name in dict.fromkeys(name for name, _state in found.states))
        for state in every_state(law)
        if (law.id, state.id) in found.states
    ]
    return OpenedCases(found.asked, found.done, found.dead, found.going_on, tuple(states))


def every_state(law: Law) -> list[State]:
    """Those of earlier versions after its own."""
    versions = (law, *(each for each in EARLIER.values() if each.id == law.id))
    found = {state.id: state for each in reversed(versions) for state in each.states.values()}
    return sorted(found.values(), key=lambda state: state.id not in law.states)


def timeline(law: Law, record: Record) -> tuple[Entry, ...]:
    """The newest first."""
    return tuple(entry(definition(law.id, event.definition), event) for event in reversed(record.events))


def entry(law: Law, event: Happened) -> Entry:
    """Papers and cases that came of it stand behind it; what was superseded says so."""
    made = _("、").join((*(paper_said(law, label) for label in event.documents), *event.opened))
    made += _("等%(n)s件", n=event.opened_count) if event.opened_count > len(event.opened) else ""
    void = _("（由补记的行为代替）") if event.superseded else ""
    late = event.acted_on if event.acted_on < today(event.recorded_at) and not event.rung else None
    who = event.actor_name or event.recorder_name or ("" if event.role != "clock" else _("系统"))
    is_mile = not event.is_rung or bool(beside(event.rung))
    return Entry(event.at, what(law, event), made + void, who, is_mile, late)


def paper_said(law: Law, label: str) -> str:
    """A document by the label it was issued under, which may be an older one than the procedure now knows."""
    known = next((paper.id for paper in law.documents.values() if paper.label == label), "")
    return t(label, f"{law.id}.{known}")


def what(law: Law, event: Happened) -> str:
    if said := beside(event.rung):
        return t(said, "law")
    if event.is_rung or event.trigger not in law.acts:
        return rung_said(law, event.rung)
    label = t(law.acts[event.trigger][0].label, f"{law.id}.{event.trigger}")
    return _("%(act)s（等下一位签字）", act=label) if event.outcome == "signed" else label


def rung_said(law: Law, rung: str) -> str:
    """`warn:D6:1`: a reminder of the clock with that code."""
    kind, _colon, rest = rung.partition(":")
    code = rest.split(":")[0]
    clock = law.clock_coded(code)
    name = t(clock.label, f"{law.id}.{clock.id}") if clock else code
    if kind == AT_ONCE:
        return _("%(clock)s开始计算", clock=name)
    if kind == "warn":
        return _("%(clock)s临近到期，提醒", clock=name)
    return _("%(clock)s逾期，通知", clock=name) if kind == "overdue" else _("%(clock)s逾期后催办", clock=name)


def people(law: Law, snapshot: CaseSnapshot, names: Mapping[str, str]) -> tuple[Person, ...]:
    """Everybody who has acted here, by role in the order of the procedure."""
    return tuple(
        Person(t(role.label, f"{law.id}.{role.id}"), "、".join(names.get(person, person) for person in sorted(persons)))
        for role in law.roles.values()
        if not role.outside and (persons := snapshot.hands.get(role.id))
    )
