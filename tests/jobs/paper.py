"""The same lives on paper: what the clock must do by a moment, worked out by the law alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models import db
from models.casework.notices import notices
from models.organisation import Organisation, organisation
from models.snapshots import Stood, read_case
from tests.jobs.town import Town
from workflow.calendar import today
from workflow.decide import climb, pending
from workflow.decision import Decision
from workflow.outcome import waiting


@dataclass
class Told:
    """Events, rungs and notices, each by what makes it the only one of its kind."""

    events: set[tuple[Any, ...]] = field(default_factory=set)
    rungs: set[tuple[Any, ...]] = field(default_factory=set)
    notices: set[str] = field(default_factory=set)


def on_paper(town: Town, cases: list[str], until: str) -> Told:
    told, moment = Told(), datetime.fromisoformat(f"{until}+08:00")
    with db.transaction(town.sessions) as session:
        known = organisation(session)
        for no in cases:
            stood = read_case(session, no)
            for made in life(stood, known, moment):
                note(told, stood, known, made)
    return told


def life(stood: Stood, known: Organisation, until: datetime) -> list[Decision]:
    case, made = stood.snapshot, []
    facts = known.facts(stood.procedure.id, case.unit, today(until))
    while due := pending(stood.procedure, case, facts, until):
        decision = climb(stood.procedure, case, due[0], facts)
        if decision is None:
            case = waiting(stood.procedure, case, due[0], facts)
            continue
        assert not decision.impulses, "a life that goes on by itself is for the rehearsal"
        case = decision.after
        made.append(decision)
    return made


def note(told: Told, stood: Stood, known: Organisation, made: Decision) -> None:
    told.events.add((stood.no, made.after.seq, made.trigger, made.rung, made.after.state, made.at))
    told.rungs.add((stood.no, made.rung, made.at))
    told.notices |= {to["dedup_key"] for row in notices(made, stood, known) for to in row["to"]}


def on_record(town: Town, cases: list[str]) -> Told:
    """What the clock has done to these cases; a thing done twice fails here."""
    of = "JOIN cases c ON c.id = {0}.case_id AND c.no = ANY(:cases)"
    events = town.rows(
        f"SELECT c.no, e.seq, trigger, rung, to_state, at FROM events e {of.format('e')} WHERE rung <> ''", cases=cases
    )
    rungs = town.rows(
        f"SELECT c.no, r.rung, r.due_at FROM rungs r JOIN clocks k ON k.id = r.clock_id {of.format('k')}", cases=cases
    )
    keys = town.rows(
        f"""SELECT dedup_key FROM notices n {of.format("n")}
            JOIN events e ON e.case_id = n.case_id AND e.seq = n.seq AND e.rung <> ''""",
        cases=cases,
    )
    found = Told(set(events), set(rungs), {key for (key,) in keys})
    assert (len(found.events), len(found.rungs), len(found.notices)) == (len(events), len(rungs), len(keys))
    return found
