"""Snapshots as plain JSON and back; what is dumped and loaded is equal to what it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from workflow.snapshot import Actor, CaseSnapshot, Done, Move, RunningClock, Signing
from workflow.words.procedure import Procedure

Json = dict[str, Any]
PLAIN = (str, int, type(None))
DAYS = ("started_on", "due_on", "first_due_on", "paused_on", "ended_on", "freed_on", "on")
MOMENTS = ("started_at", "due_at", "dated_at", "next_at", "freed_at", "at")
TIMES = dict.fromkeys(DAYS, date.fromisoformat) | dict.fromkeys(MOMENTS, datetime.fromisoformat)


def dump_data(procedure: type[Procedure], data: Mapping[str, Any]) -> Json:
    """What `Field.to_json` makes of it, by field id; what is no line of the procedure is left out."""
    known = procedure.fields
    return {name: known[name].to_json(value) for name, value in data.items() if name in known}


def load_data(procedure: type[Procedure], data: Mapping[str, Any]) -> Json:
    known = procedure.fields
    return {name: known[name].from_json(value) for name, value in data.items() if name in known}


def dump_form(procedure: type[Procedure], form: Mapping[str, Any]) -> Json:
    """What an event was told or another case is opened with; names that are no lines of the procedure stay."""
    lines = ((name, procedure.fields.get(name.removesuffix("_")), value) for name, value in form.items())
    return {name: field.to_json(value) if field else plain(value) for name, field, value in lines}


def plain(value: Any) -> Any:
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return [plain(each) for each in value] if isinstance(value, tuple | frozenset | set) else value


# Clocks


def dump_clock(clock: RunningClock) -> Json:
    """The whole clock; the columns beside it repeat what is searched for."""
    moves = [untimed(vars(move)) for move in clock.moves]
    return untimed(vars(clock)) | {"climbed": sorted(clock.climbed), "waiting": sorted(clock.waiting), "moves": moves}


def load_clock(body: Json) -> RunningClock:
    moves = tuple(Move(**timed(move)) for move in body["moves"])
    sets = {"climbed": frozenset(body["climbed"]), "waiting": frozenset(body["waiting"])}
    return RunningClock(**{**timed(body), **sets, "moves": moves})


def untimed(values: Mapping[str, Any]) -> Json:
    """Days and moments as text."""
    return {**values, **{name: values[name].isoformat() for name in TIMES if values.get(name)}}


def timed(body: Json) -> Json:
    """Days and moments as they were."""
    return {**body, **{name: read(body[name]) for name, read in TIMES.items() if body.get(name)}}


# What the case remembers

remembered = attrgetter("done", "hands", "signing", "moved_at", "moved_by", "earlier", "earlier_at")


def dump_memory(procedure: type[Procedure], snapshot: CaseSnapshot) -> Json:
    """Who did what last, whose hands were on it, what is half signed, and the case before the acts of the clock."""
    return {
        "done": {name: dump_done(done) for name, done in snapshot.done.items()},
        "hands": {role: sorted(persons) for role, persons in snapshot.hands.items()},
        "signing": {name: dump_signing(procedure, each) for name, each in snapshot.signing.items()},
        "moved_at": plain(snapshot.moved_at),
        "moved_by": snapshot.moved_by,
        "earlier": dump(procedure, snapshot.earlier) if snapshot.earlier else None,
        "earlier_at": plain(snapshot.earlier_at),
    }


def dump_done(done: Done) -> Json:
    return untimed(vars(done)) | {"persons": sorted(done.persons)}


def load_done(body: Json) -> Done:
    return Done(**{**timed(body), "persons": frozenset(body["persons"])})


def dump_signing(procedure: type[Procedure], signing: Signing) -> Json:
    form = {hand: dump_data(procedure, given) for hand, given in signing.form.items()}
    return {"hands": [dict(vars(hand)) for hand in signing.hands], "on": plain(signing.on), "form": form}


def load_signing(procedure: type[Procedure], body: Json) -> Signing:
    form = {hand: load_data(procedure, given) for hand, given in body["form"].items()}
    return Signing(tuple(Actor(**hand) for hand in body["hands"]), date.fromisoformat(body["on"]), form)


def load_memory(procedure: type[Procedure], memory: Json) -> Json:
    """The same as arguments of a snapshot."""
    return {
        "done": {name: load_done(done) for name, done in memory.get("done", {}).items()},
        "hands": {role: frozenset(persons) for role, persons in memory.get("hands", {}).items()},
        "signing": {name: load_signing(procedure, each) for name, each in memory.get("signing", {}).items()},
        "moved_at": moment(memory.get("moved_at")),
        "moved_by": memory.get("moved_by", ""),
        "earlier": load(procedure, memory["earlier"]) if memory.get("earlier") else None,
        "earlier_at": moment(memory.get("earlier_at")),
    }


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


# The whole case

COLUMNS = ("id", "procedure", "definition", "state", "unit", "left", "seq", "hidden_from")


def dump(procedure: type[Procedure], snapshot: CaseSnapshot) -> Json:
    return {
        **{name: getattr(snapshot, name) for name in COLUMNS},
        "filed_at": plain(snapshot.filed_at),
        "sealed_to": list(snapshot.sealed_to),
        "data": dump_data(procedure, snapshot.data),
        "memory": dump_memory(procedure, snapshot),
        "clocks": [dump_clock(clock) for clock in (*snapshot.clocks, *snapshot.put_away)],
    }


def load(procedure: type[Procedure], body: Json) -> CaseSnapshot:
    """Takes what `dump` gave; `filed_at` may also be a moment with zone, as a row gives it."""
    filed_at, clocks = body["filed_at"], tuple(load_clock(clock) for clock in body["clocks"])
    return CaseSnapshot(
        **{name: body[name] for name in COLUMNS},
        filed_at=moment(filed_at) if isinstance(filed_at, str) else filed_at,
        sealed_to=tuple(body["sealed_to"]),
        data=load_data(procedure, body["data"]),
        clocks=tuple(clock for clock in clocks if not clock.definition),
        put_away=tuple(clock for clock in clocks if clock.definition),
        **load_memory(procedure, body["memory"]),
    )
