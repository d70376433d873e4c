"""Who is told: persons are found when the notice is written, so that a vacancy never swallows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from models.organisation import Organisation
from models.snapshots import Stood
from workflow.calendar import today
from workflow.decision import CALENDAR, Decision, Told
from workflow.snapshot import RunningClock
from workflow.words.who import WATCHES

NOBODY = "无人可通知"
RUNGS = {
    "warn": "{clock}将于{due}到期",
    "overdue": "{clock}已逾期（{due}到期）",
    "after": "{clock}逾期未办结（{due}到期）",
    CALENDAR: "{clock}因新的放假安排改到{due}",
}
NAMED = 20  # cases a digest names
Row = dict[str, Any]


def notices(decision: Decision, stood: Stood, organisation: Organisation) -> list[Row]:
    """One row a person and channel; a resident's is read on the tracking page."""
    seen: set[tuple[Any, ...]] = set()
    rows = []
    for told in decision.told:
        for row in rows_for(told, decision, stood, organisation):
            key = (row["person_id"], row["channel"], row["title"], row["role"] if row["person_id"] is None else "")
            if key not in seen:
                seen.add(key)
                rows.append(row)
    return rows


def rows_for(told: Told, decision: Decision, stood: Stood, organisation: Organisation) -> Iterator[Row]:
    base = row_of(told, decision, stood)
    role = stood.procedure.roles.get(told.role)
    if role is not None and role.outside:
        yield addressed(base, "page")
        return
    found = persons(told, organisation, stood.now)
    if found:
        for person in found:
            yield from to_person(base, person, organisation)
        return
    yield from to_nobody(base, told, decision, stood, organisation)


def persons(told: Told, organisation: Organisation, now: datetime) -> tuple[str, ...]:
    """Those the case names, if they are still in office; else whoever holds the role nearest to it."""
    named = tuple(each for each in told.persons if organisation.is_in_office(each, today(now)))
    return named or organisation.holders(told.role, told.units, today(now))


def to_person(base: Row, person: str, organisation: Organisation) -> Iterator[Row]:
    base = {**base, "person_id": int(person)}
    yield addressed(base, "inbox")
    if address := organisation.addresses.get(person):
        yield addressed({**base, "address": address}, "email")


def to_nobody(base: Row, told: Told, decision: Decision, stood: Stood, organisation: Organisation) -> Iterator[Row]:
    """The vacancy itself is told: to the nearest supervisor upward, and where there is none, on the case."""
    role = stood.procedure.roles.get(told.role)
    title = f"{NOBODY}：{role.label if role else told.role}（{base['title']}）"
    base = {**base, "title": title}
    units = (*told.units, decision.after.unit, *root(organisation))
    watching = organisation.holders(WATCHES, units, today(stood.now))
    if not watching:
        yield addressed(base, "inbox")
    for person in watching:
        yield from to_person(base, person, organisation)


def root(organisation: Organisation) -> tuple[str, ...]:
    return tuple(unit.id for unit in organisation.units.values() if not unit.parent)


# The words


def row_of(told: Told, decision: Decision, stood: Stood) -> Row:
    clock = clock_of(decision, told)
    return {
        "case_id": stood.id,
        "seq": decision.after.seq,
        "role": told.role,
        "person_id": None,
        "unit_id": told.units[0] if told.units else "",
        "address": "",
        "what": told.what,
        "title": title(told, clock, stood),
        "clock": clock.code if clock else "",
        "due_at": clock.due_at if clock else None,
        "created_at": stood.now,
    }


def addressed(base: Row, channel: str) -> Row:
    about = f"{base['case_id']}:{base['seq']}:{base['what']}:{base['clock']}"
    key = f"{about}:{base['role']}:{base['person_id'] or '-'}:{channel}"
    return {**base, "channel": channel, "dedup_key": key}


def clock_of(decision: Decision, told: Told) -> RunningClock | None:
    """The clock it is about as it runs now, or whose rung it is; the code stands second in the rung's key."""
    if told.clock:
        return next(row for row in reversed(decision.after.clocks) if row.code == told.clock)
    _, _, rest = decision.rung.partition(":")
    code = rest.partition(":")[0]
    return next((row for row in reversed(decision.before.clocks) if row.code == code), None)


def title(told: Told, clock: RunningClock | None, stood: Stood) -> str:
    procedure, what = stood.procedure, told.what
    if clock and what in RUNGS:
        label = procedure.clock(clock.id, clock.text).label
        return RUNGS[what].format(clock=label, due=f"{clock.due_on.month}月{clock.due_on.day}日")
    if what in procedure.documents:
        return procedure.documents[what].label
    return procedure.acts[what][0].label if what in procedure.acts else what


# Many cases at once


def digested(told: Iterable[tuple[str, Row]]) -> list[Row]:
    """Rows with the number of their case, folded into one row a person and channel: on the case that is due first."""
    found: dict[tuple[int, str], list[tuple[str, Row]]] = defaultdict(list)
    for no, row in sorted(told, key=lambda each: (each[1]["due_at"], each[0])):
        found[row["person_id"], row["channel"]].append((no, row))
    return [digest(own) for own in found.values()]


def digest(told: list[tuple[str, Row]]) -> Row:
    own, first = told[0]
    title = "；".join(dict.fromkeys(row["title"] for no, row in told if no == own))
    others = list(dict.fromkeys(no for no, _ in told if no != own))
    if others:
        more = "等" if len(others) > NAMED else ""
        title += f"。另有{len(others)}件的期限也有变：{'、'.join(others[:NAMED])}{more}"
    return {**first, "title": title}
