"""Cases, clocks, offers and events as plain values, every name in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import url_for

from models.casework import Given
from models.organisation import Organisation
from models.tables import Case, Document, Event
from web.api import components
from web.api.bilingual import both, reason, words
from web.api.seeing import Seen
from web.problems import N_
from web.showing import bars as barring
from web.showing.case import law_of
from web.showing.facts import is_filled, masked
from workflow.decision import Offer, beside
from workflow.field import Field
from workflow.permission import works_on
from workflow.registry import definition
from workflow.snapshot import CLOCK, RunningClock
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure

Law = type[Procedure]
Told = dict[str, Any]
CLOCK_LINES = (
    "id", "code", "status", "started_on", "due_on", "due_at", "provisional", "generation", "number", "ended_on",
)  # fmt: skip


def state(law: Law, name: str) -> Told:
    found = law.states[name]
    return {"id": name, "label": words(found.label, f"{law.id}.{name}"), "final": found.final, "waiting": found.waiting}


def office(known: Organisation, unit: str) -> Told | None:
    found = known.units.get(unit)
    return {"id": found.id, "name": found.name, "level": found.level} if found else None


def row(case: Case, known: Organisation, now: datetime) -> Told:
    law = definition(case.procedure, case.definition)
    late = case.is_open and case.due_at is not None and case.due_at < now
    return {
        "number": case.no, "procedure": law.id, "procedure_label": words(law.label, law.id), "title": case.title,
        "state": state(law, case.state), "unit": office(known, case.unit_id), "version": case.version,
        "filed_at": case.filed_at, "due_at": case.due_at, "due_code": case.due_code, "overdue": late,
        "paused_on": case.paused_on, "open": case.is_open, "url": url_for("api.case", name=case.no),
    }  # fmt: skip


# The file


def facts(seen: Seen) -> list[Told]:
    """Only what is filled in, and no more of it than this reader may see."""
    return lines(seen, seen.snapshot.data)


def lines(seen: Seen, data: Mapping[str, Any]) -> list[Told]:
    near, inside = stands_near(seen), is_inside(seen)
    given = ((field, data.get(name)) for name, field in seen.law.fields.items())
    shown = (each for each in given if tells(*each, inside, seen.actor.role))
    return [fact(seen.law, field, value, near, inside) for field, value in shown]


def given(each: Given) -> Told:
    return {"party": each.party, "name": each.name, "tracking_code": each.code, "pin": each.pin}


def revealed(law: Law, data: Mapping[str, Any], trigger: str) -> list[Told]:
    """What the act shows to whoever has just done it."""
    shown = (field for field in several(law.acts[trigger][0].reveals) if data.get(field.id))
    return [fact(law, field, data[field.id], near=True, inside=True) for field in shown]


def told(seen: Seen, data: Mapping[str, Any]) -> dict[str, Any]:
    """The values alone, by line."""
    return {each["field"]: each["value"] for each in lines(seen, data)}


def is_inside(seen: Seen) -> bool:
    return works_on(seen.actor.person, seen.law, seen.snapshot)


def stands_near(seen: Seen) -> bool:
    """Whoever works on the case, or stands where it lies, sees telephone and address whole."""
    here = {seen.snapshot.unit, seen.snapshot.data.get("received_at")} - {None, ""}
    return is_inside(seen) or seen.actor.unit in here


def tells(field: Field, value: Any, inside: bool, role: str) -> bool:
    filled = is_filled(field, value)
    return filled and (inside or field.privacy != "secret") and field.is_shown_to(role)


def fact(law: Law, field: Field, value: Any, near: bool, inside: bool) -> Told:
    whole = field.to_json(value)
    shown = seen_by(field, whole, near, inside)
    label = words(field.label, f"{law.id}.{field.id}")
    return {"field": field.id, "label": label, "kind": field.kind, "value": shown, "masked": shown != whole}


def seen_by(field: Field, told: Any, near: bool, inside: bool) -> Any:
    """A value in JSON with what this reader may not see masked, and parts that are kept from him left out."""
    if isinstance(told, list) and field.parts:
        return [seen_by(field, row, near, inside) for row in told]
    if isinstance(told, dict):
        parts = [part for part in field.parts if part.id in told and may_read(part, near, inside)]
        return {part.id: seen_by(part, told[part.id], near, inside) for part in parts}
    return told if (near and field.kind != "id_number") or not isinstance(told, str) else masked(field.kind, told)


def may_read(part: Field, near: bool, inside: bool) -> bool:
    return {"secret": inside, "sensitive": near}.get(part.privacy, True)


def paper(found: Document, no: str, law: Law) -> Told:
    label = words(found.label, f"{law.id}.{found.document}")
    url = url_for("api.document", no=no, id=found.id)
    return {"id": found.id, "document": found.document, "label": label, "issued_at": found.issued_at, "url": url}


def roles(law: Law, names: Iterable[str]) -> list[Told]:
    return [words(law.roles[name].label, f"{law.id}.{name}") for name in names if name in law.roles]


def bars(seen: Seen) -> list[Told]:
    """What keeps the branch of a rating and its secretary from an award."""
    basis = words(barring.basis(), seen.law.id)
    found = barring.on_case(seen.law, seen.snapshot, seen.facts, seen.stood.now)
    return [{**asdict(bar), "basis": basis} for bar in found]


# Clocks


def clocks(law: Law, no: str, running: Iterable[RunningClock]) -> list[Told]:
    """Running ones first, by due moment."""
    return [clock(law, no, each) for each in sorted(running, key=lambda each: (not each.is_live, each.due_at))]


def clock(law: Law, no: str, row: RunningClock) -> Told:
    word = law_of(law, row).clock(row.id, row.text)
    return {
        **{name: getattr(row, name) for name in CLOCK_LINES},
        "label": words(word.label, f"{law.id}.{row.id}"), "law": str(word.source or ""), "kind": type(word).__name__,
        "binds_office": word.binds_office, "receipt": url_for("api.reckoning", no=no, code=row.code),
    }  # fmt: skip


def warnings(running: Iterable[RunningClock]) -> list[Told]:
    """Terms counted on days that the State Council has not settled yet."""
    return [warning(each) for each in running if each.is_live and each.provisional]


def warning(row: RunningClock) -> Told:
    told = N_("{year}年节假日安排尚未公布，期限为暂定。", year=row.due_on.year)
    return {"code": "calendar-missing", "provisional_due": row.due_on, "clock": row.code, **both("message", told)}


# Acts


def offer(law: Law, no: str, hand: int, found: Offer) -> Told:
    """Of somebody else's act only whose it is: who may not act learns no conditions."""
    act = found.act
    asked = [role for each in act.hands for role in each]
    return {
        "trigger": act.id, "label": words(act.label, f"{law.id}.{act.id}"), "law": act.law, "open": found.open,
        "mine": found.mine, "reasons": [reason(each, law.id) for each in found.refusals] if found.mine else [],
        "from_day": found.from_day, "roles": [words(each.label, f"{law.id}.{id_of(each)}") for each in asked],
        "schema": components.name_of(act, hand), "url": url_for("api.act", no=no, trigger=act.id),
    }  # fmt: skip


# What has happened


def event(law: Law, known: Organisation, found: Event) -> Told:
    return {
        **{name: getattr(found, name) for name in ("seq", "trigger", "outcome", "from_state", "to_state")},
        **{name: getattr(found, name) for name in ("acted_on", "at", "recorded_at")},
        "label": happened(law, found), "rung": found.trigger == found.rung, "hash": found.hash.hex(),
        "by": someone(law, known, found.actor, found.role, found.unit_id),
        "recorded_by": someone(law, known, found.recorded_by, found.recorded_role, found.unit_id),
    }  # fmt: skip


def happened(law: Law, found: Event) -> Told:
    """The label of the act; a rung of a ladder goes by the clock it belongs to."""
    if said := beside(found.rung):
        return words(said, "law")
    if found.trigger in law.acts:
        return words(law.acts[found.trigger][0].label, f"{law.id}.{found.trigger}")
    code = [*found.rung.split(":"), ""][1]
    word = law.clock_coded(code)
    return words(word.label, f"{law.id}.{word.id}") if word else {"zh": code, "en": code}


def someone(law: Law, known: Organisation, person: str, role: str, unit: str) -> Told:
    """Staff by name; a resident only by role, since his name stands on the file."""
    name = known.names.get(person, "")
    label = "系统" if person == CLOCK.person else law.roles[role].label if role in law.roles else role
    shown = {"person": person if name or person == CLOCK.person else "", "name": name, "role": role}
    return {**shown, "role_label": words(label, f"{law.id}.{role}"), "unit": unit if name else ""}


def name_of(known: Organisation, person: str) -> str:
    return known.names.get(person, "") or ("系统" if person == CLOCK.person else "信访人")
