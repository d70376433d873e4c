"""A new case: its number, its code, its first act."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import db
from models.casework import codes
from models.casework.acting import facts_for, raise_for_strangers
from models.casework.answers import Acted, Given, Opened, Request, acted, dumped, replayed
from models.casework.change import Change
from models.casework.statements import write
from models.organisation import organisation
from models.snapshots import Stood, read_case
from workflow.calendar import today
from workflow.decide import decide
from workflow.decision import Decision
from workflow.forms import newcomers
from workflow.refusals import Refusal, Refused
from workflow.snapshot import Actor, CaseSnapshot
from workflow.words.procedure import Procedure

# Waits for a calendar being loaded, so that the stamps read next are not those of the calendar before it.
WAIT_FOR_CALENDAR = text("LOCK TABLE cases IN ROW SHARE MODE")
NOW_AND_STAMPS = text("SELECT linban_now(), string_agg(stamp::text, ' ' ORDER BY name) FROM revisions")
COUNT = text("""
INSERT INTO counters (procedure, unit_id, year, last) VALUES (:procedure, :unit, :year, 1)
ON CONFLICT (procedure, unit_id, year) DO UPDATE SET last = counters.last + 1 RETURNING last
""")
ADD = text("INSERT INTO people (name) VALUES (:name) RETURNING id")
INSERT = text("""
WITH opened AS (
    INSERT INTO cases (no, procedure, definition, state, unit_id, filed_at, opened_by, opened_from_id)
    VALUES (:no, :procedure, :definition, '', :unit, :filed_at, :opened_by, :opened_from_id) RETURNING id
)
INSERT INTO case_keys (case_id, secret) SELECT id, :secret FROM opened RETURNING case_id
""")
NO_UNIT = Refusal("InvalidData", "收件单位不存在。")


def open_case(  # noqa: PLR0913 - as `act`
    session: Session,
    procedure: type[Procedure],
    trigger: str,
    form: Mapping[str, Any],
    *,
    actor: Actor,
    unit: str,
    key: str = "",
    on: date | None = None,
    via: Actor | None = None,
    opened_from: int | None = None,
    asked_at: datetime | None = None,
) -> Opened:
    """Opened at `unit`; the same key brings the same case, code and all, as long as the server's secret is the same.

    `asked_at`: when another case or the calendar asked for it; the law is asked as of then, however late this is done.
    What another case has opened gets its code when somebody asks for one.

    Lock order: the key first, then the counter; everything after that is new and nobody waits for it.
    """
    request = Request.of(
        via or actor, key, form=form, on=on, unit=unit, procedure=procedure.id, trigger=trigger, actor=actor.person,
        role=actor.role,
    )  # fmt: skip
    if not request.reserve(session):
        return reopened(session, request)
    moment = asked_at or db.now(session)
    form = with_newcomers(session, procedure, trigger, form, on or today(moment))
    stood = unopened(session, procedure, unit, year_of(procedure, form, on or today(moment)))
    known = organisation(session, stood.stamps)
    facts = facts_for(session, stood, form, known, via or actor, writing=True)
    decision = decide(procedure, stood.snapshot, trigger, form, by=actor, now=moment, facts=facts, on=on, via=via)
    raise_for_strangers(session, procedure, decision, known)
    stood = insert(session, stood, decision, opened_from)
    change = Change.of(stood, known)
    change.add(decision)
    write(session, [change.rows()])
    answer = acted(decision, change.version)
    if opened_from is not None:  # nobody is there to be told a code
        return Opened(answer.no, "", "", answer)
    return told(session, stood, request, answer)


def with_newcomers(
    session: Session, procedure: type[Procedure], trigger: str, form: Mapping[str, Any], on: date
) -> Mapping[str, Any]:  # fmt: skip
    """The form with the ids of those who are not in the system yet; refused, the act takes them back with it."""
    act = procedure.act(trigger, on)
    called = newcomers(act, form) if act else {}
    return {**form, **{line: str(session.execute(ADD, {"name": name}).scalar_one()) for line, name in called.items()}}


def unopened(session: Session, procedure: type[Procedure], unit: str, year: int) -> Stood:
    """A case that has a number and nothing else."""
    session.execute(WAIT_FOR_CALENDAR)
    now, stamps = session.execute(NOW_AND_STAMPS).one()
    if unit not in organisation(session, stamps).units:
        raise Refused(NO_UNIT)
    last = session.execute(COUNT, {"procedure": procedure.id, "unit": unit, "year": year}).scalar_one()
    no = f"{procedure.number_prefix or procedure.id.upper()}-{unit}-{year}-{last:06}"
    secret, snapshot = secrets.token_bytes(32), CaseSnapshot(no, procedure.id, unit=unit)
    return Stood(0, procedure, 0, b"", secret, now, stamps, snapshot)


def year_of(procedure: type[Procedure], form: Mapping[str, Any], on: date) -> int:
    """The year of the day it was received, where the form tells one; whether that day is lawful is asked afterwards."""
    for field in procedure.fields.values():
        if field.of_act and field.kind == "day" and (given := form.get(field.id)):
            try:
                return (given if isinstance(given, date) else date.fromisoformat(str(given))).year
            except ValueError:
                return on.year
    return on.year


def insert(session: Session, stood: Stood, decision: Decision, opened_from: int | None) -> Stood:
    row = {
        "no": stood.no, "procedure": stood.procedure.id, "definition": decision.after.definition,
        "unit": stood.snapshot.unit, "filed_at": decision.after.filed_at, "opened_by": decision.recorded_by.person,
        "opened_from_id": opened_from, "secret": stood.secret,
    }  # fmt: skip
    return replace(stood, id=session.execute(INSERT, row).scalar_one())


# The code, and asking twice


def told(session: Session, stood: Stood, request: Request, answer: Acted) -> Opened:
    assert answer.decision is not None, "just decided"
    data = answer.decision.after.data
    parties = codes.holders(stood.procedure, data, answer.decision.given)
    parties = parties or (codes.the_one_party(stood.procedure, data),)
    given = codes.give(session, stood, request, parties)
    if request.key:
        request.fulfil(session, stood.id, json.dumps(dumped(answer) | codes.kept(parties), ensure_ascii=False))
    return with_codes(answer, given)


def reopened(session: Session, request: Request) -> Opened:
    kept = request.stored(session)
    assert kept is not None, "whoever reserved the key has finished, or this request would hold it"
    parties, stood = kept.pop(codes.KEPT), read_case(session, kept["no"])
    return with_codes(replayed(kept), codes.retold(session, request, stood, parties))


def with_codes(answer: Acted, given: tuple[Given, ...]) -> Opened:
    first, *others = given
    return Opened(answer.no, first.code, first.pin, replace(answer, given=tuple(others)), first.name)
