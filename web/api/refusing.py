"""A refusal told to a program: what it was about, what would be possible, what has changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from models.reading.since import Since, since
from models.reading.timeline import Happened
from models.snapshots import read_case
from web import days
from web.api import matching, taking, telling
from web.api.seeing import Seen
from web.problems import N_, Fault, Problem, Wrong, fault
from web.refused import fault_of
from workflow.calendar import SHANGHAI
from workflow.machine import sources
from workflow.record import load_data
from workflow.refusals import Refused
from workflow.words.acts import Act
from workflow.words.procedure import Procedure

FORM = "/form"
UNPUBLISHED = ("invalid-date",)


@contextmanager
def about_opening(law: type[Procedure], form: dict[str, Any]) -> Iterator[None]:
    try:
        yield
    except Refused as error:
        raise Problem(exact(fault_of(error, FORM, law.id), form)) from error


@contextmanager
def about_act(seen: Seen, trigger: str, sent: dict[str, Any]) -> Iterator[None]:
    """Refusals of one act on one case, with what the case can say about them."""
    try:
        yield
    except Refused as error:
        told = exact(fault_of(error, FORM, seen.law.id), sent.get("form", {}))
        raise Problem(told_of(error, told, seen, trigger, sent)) from error


def told_of(error: Refused, told: Fault, seen: Seen, trigger: str, sent: dict[str, Any]) -> Fault:
    kind = error.refusals[0].kind.slug
    if kind == "version-conflict":
        return conflict(told, seen, trigger, sent)
    if kind == "illegal-transition":
        return replace(told, more={**told.more, **where(seen, trigger)})
    if kind in ("action-not-permitted", "own-case"):
        return replace(told, more={**told.more, "action": trigger, "needed_role": needed(seen, trigger)})
    return extension(told, seen) if kind == "extension-limit" else told


# Where the case stands


def where(seen: Seen, trigger: str) -> dict[str, Any]:
    """The state and the acts of persons that it allows."""
    state = seen.snapshot.state
    acts = [act for act in seen.law.acts_on(days.today()) if act.by and state in sources(seen.law, act)]
    return {"state": state, "trigger": trigger, "allowed": [act.id for act in acts]}


def needed(seen: Seen, trigger: str) -> list[str]:
    act: Act | None = seen.law.act(trigger, days.today())
    return [getattr(who, "id", "") for hand in (act.hands if act else ()) for who in hand]


# What has changed meanwhile


def conflict(told: Fault, seen: Seen, trigger: str, sent: dict[str, Any]) -> Fault:
    """412 where the version came as a header; where the same step has been taken meanwhile, by whom and when."""
    now = replace(seen, stood=read_case(seen.session, seen.stood.no))
    missed = since(now.session, now.stood.id, matching.version(sent))
    same = missed.done(trigger)
    if same is not None and now.snapshot.state not in standing(now, trigger):
        return taken(same, now, trigger)
    more = {"current_version": now.stood.version, "changed_fields": missed.changed, **moved(now, missed)}
    return replace(told, status=412 if matching.by_header() else told.status, more=more)


def moved(seen: Seen, missed: Since) -> dict[str, Any]:
    """By whom and when last, from which state to which, and each line of the file as this reader may see it."""
    if not missed.acts:
        return {}
    states = {"state_before": missed.acts[0].from_state, "state": seen.snapshot.state}
    last = missed.acts[-1]
    return {"changed_by": name(seen, last), "changed_at": moment(last), **states, "changes": changes(seen, missed)}


def changes(seen: Seen, missed: Since) -> list[dict[str, Any]]:
    was, now = (telling.told(seen, load_data(seen.law, values)) for values in (missed.was, missed.now))
    names = [each for each in seen.law.fields if each in was or each in now]
    return [{"field": each, "before": was.get(each), "after": now.get(each)} for each in names]


def standing(seen: Seen, trigger: str) -> list[str]:
    act = seen.law.act(trigger, days.today())
    return sources(seen.law, act) if act else []


def taken(done: Happened, seen: Seen, trigger: str) -> Fault:
    clock = done.recorded_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
    detail = N_("{by}已于{at}办理此步骤。", by=name(seen, done), at=clock)
    more = {"decided_by": name(seen, done), "decided_at": moment(done), **where(seen, trigger)}
    return replace(fault("illegal-transition", detail), more=more, context=seen.law.id)


def name(seen: Seen, event: Happened) -> str:
    return telling.name_of(seen.known, event.recorded_by)


def moment(event: Happened) -> str:
    return event.recorded_at.astimezone(SHANGHAI).isoformat(timespec="seconds")


# Limits the law names


def extension(told: Fault, seen: Seen) -> Fault:
    """How often each clock that can be extended has been, and how far it may go."""
    clocks = [(row, seen.law.clock(row.id, row.text).extension) for row in seen.snapshot.clocks if row.is_live]
    found = next(((row, each) for row, each in clocks if each), None)
    if found is None:
        return told
    row, allowed = found
    used = sum(move.kind == "extend" for move in row.moves)
    most = allowed.at_most.count if allowed.at_most else None
    return replace(told, more={**told.more, "used": used, "max": 1, "max_days": most})


def exact(told: Fault, form: dict[str, Any]) -> Fault:
    """A moment without its zone says what is missing; a day that lies ahead, the last that may be."""
    errors = tuple(zone_missing(each, form) for each in told.errors)
    if told.errors and errors != told.errors and len({each.code for each in errors}) == 1:
        told = replace(fault(errors[0].code, errors[0].message), context=told.context)
    return replace(told, errors=errors, more={**told.more, **last_day(told)})


def zone_missing(wrong: Wrong, form: dict[str, Any]) -> Wrong:
    if wrong.code in UNPUBLISHED and taking.is_local(at(form, wrong.pointer)):
        return Wrong(wrong.pointer, "timezone-required", N_(taking.ZONE_MISSING))
    more = {"expected": "YYYY-MM-DD"} if wrong.code in UNPUBLISHED else {}
    return replace(wrong, more={**wrong.more, **more})


def at(form: dict[str, Any], pointer: str) -> Any:
    """What was sent there, or nothing."""
    found: Any = form
    for step in pointer.removeprefix(f"{FORM}/").split("/"):
        found = found[int(step)] if isinstance(found, list) else found.get(step) if isinstance(found, dict) else None
    return found


def last_day(told: Fault) -> dict[str, Any]:
    future = any(each.code == "E_FUTURE_DATE" for each in told.errors)
    return {"max": days.today().isoformat()} if future else {}
