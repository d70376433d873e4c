"""Who is told: persons are found when the notice is written, so that a vacancy never swallows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
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
    """A row for each role that is told, with all it goes `to`: one a person and channel; a resident tracks the case.

    Nobody is told twice in the same words.
    """
    seen: set[tuple[Any, ...]] = set()
    rows = [row_for(told, decision, stood, organisation) for told in decision.told]
    for row in rows:
        row["to"] = [to for to in row["to"] if is_new(seen, row, to)]
    return rows


def is_new(seen: set[tuple[Any, ...]], row: Row, to: Row) -> bool:
    key = (to["person_id"], to["channel"], row["title"], row["role"] if to["person_id"] is None else "")
    new = key not in seen
    seen.add(key)
    return new


def row_for(told: Told, decision: Decision, stood: Stood, organisation: Organisation) -> Row:
    row = row_of(told, decision, stood)
    role = stood.procedure.roles.get(told.role)
    if role is not None and role.outside:
        return {**row, "to": [addressed(row, "page")]}
    found = persons(told, organisation, today(stood.now))
    if not found:
        return to_nobody(row, told, decision, stood, organisation)
    return {**row, "to": to_persons(row, found, organisation)}


def persons(told: Told, organisation: Organisation, on: date) -> tuple[str, ...]:
    """Those the case names, if they are still in office; else whoever holds the role nearest to it."""
    named = tuple(each for each in told.persons if organisation.is_in_office(each, on))
    return named or organisation.holders(told.role, told.units, on)


def to_persons(row: Row, found: Iterable[str], organisation: Organisation) -> list[Row]:
    to = []
    for person in found:
        to.append(addressed(row, "inbox", person))
        if address := organisation.addresses.get(person):
            to.append(addressed(row, "email", person, address))
    return to


def to_nobody(row: Row, told: Told, decision: Decision, stood: Stood, organisation: Organisation) -> Row:
    """The vacancy itself is told: to the nearest supervisor upward, and where there is none, on the case."""
    role = stood.procedure.roles.get(told.role)
    title = f"{NOBODY}：{role.label if role else told.role}（{row['title']}）"
    units = (*told.units, decision.after.unit, *root(organisation))
    watching = organisation.holders(WATCHES, units, today(stood.now))
    to = to_persons(row, watching, organisation) or [addressed(row, "inbox")]
    return {**row, "title": title, "to": to}


def root(organisation: Organisation) -> tuple[str, ...]:
    return tuple(unit.id for unit in organisation.units.values() if not unit.parent)


# The words


def row_of(told: Told, decision: Decision, stood: Stood) -> Row:
    clock = clock_of(decision, told)
    return {
        "case_id": stood.id,
        "seq": decision.after.seq,
        "role": told.role,
        "unit_id": told.units[0] if told.units else "",
        "what": told.what,
        "title": title(told, clock, stood),
        "clock": clock.code if clock else "",
        "due_at": clock.due_at if clock else None,
        "created_at": stood.now,
    }


def addressed(row: Row, channel: str, person: str = "", address: str = "") -> Row:
    about = f"{row['case_id']}:{row['seq']}:{row['what']}:{row['clock']}"
    key = f"{about}:{row['role']}:{person or '-'}:{channel}"
    return {"person_id": int(person) if person else None, "channel": channel, "address": address, "dedup_key": key}


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
        for to in row["to"]:
            found[to["person_id"], to["channel"]].append((no, {**row, "to": [to]}))
    return [digest(own) for own in found.values()]


def digest(told: list[tuple[str, Row]]) -> Row:
    own, first = told[0]
    title = "；".join(dict.fromkeys(row["title"] for no, row in told if no == own))
    others = list(dict.fromkeys(no for no, _ in told if no != own))
    if others:
        more = "等" if len(others) > NAMED else ""
        title += f"。另有{len(others)}件的期限也有变：{'、'.join(others[:NAMED])}{more}"
    return {**first, "title": title}
