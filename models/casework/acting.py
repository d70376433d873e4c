"""One act on one case: lock, read, decide, write. What follows by itself comes in transactions of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, exists, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.casework import codes
from models.casework.answers import REUSED, Acted, Request, acted, dumped, replayed
from models.casework.change import Change
from models.casework.statements import write
from models.organisation import Organisation, organisation
from models.outside import Outside
from models.reading.visible import sees, visible
from models.snapshots import NOT_FOUND, Stood, linked, lock_case, named, read_case
from models.tables import Case, Person
from workflow.calendar import SHANGHAI, today
from workflow.decide import decide
from workflow.decision import Decision
from workflow.field import PERSONS, Field
from workflow.refusals import Refusal, Refused, refusal
from workflow.snapshot import CLOCK, Actor, Facts
from workflow.words.naming import several
from workflow.words.procedure import Procedure

LAST = text("""
SELECT e.recorded_by, e.recorded_role, e.recorded_at, p.name FROM events e
LEFT JOIN people p ON p.id = CASE WHEN e.recorded_by ~ '^[0-9]{1,18}$' THEN e.recorded_by::bigint END
WHERE e.case_id = :id AND e.trigger <> e.rung ORDER BY e.seq DESC LIMIT 1
""")


def act(
    session: Session,
    no: str,
    trigger: str,
    form: Mapping[str, Any],
    *,
    actor: Actor,
    version: int | None,
    key: str = "",
    on: date | None = None,
    via: Actor | None = None,
) -> Acted:
    """`version` is the one the actor has seen; `via` records for somebody outside; `on` is the day of the act.

    Raises `Refused`, and then nothing has been written. The same key brings the same answer, marked as replayed.
    """
    stood = lock_case(session, no=no)
    known = organisation(session, stood.stamps)
    see(session, stood, via or actor)
    request = Request.of(
        via or actor, key, form=form, on=on, no=no, trigger=trigger, actor=actor.person, role=actor.role
    )
    if kept := request.stored(session):
        parties = kept.pop(codes.KEPT, ())
        return replace(replayed(kept), given=codes.retold(session, request, stood, parties))
    decision = decided(session, stood, trigger, form, actor=actor, version=version, on=on, via=via, writing=True)
    change = Change.of(stood, known)
    change.add(decision)
    answer = acted(decision, change.version)
    parties = codes.holders(stood.procedure, decision.after.data, decision.given)
    change.keys = request.row(stood.id, dumped(answer) | (codes.kept(parties) if parties else {}), stood.now)
    write_one(session, change)
    return replace(answer, codes=change.codes, given=codes.give(session, stood, request, parties))


def preview(session: Session, no: str, trigger: str, form: Mapping[str, Any], **hand: Any) -> Decision:
    """What `act` would decide of the case as it stands, documents and all; nothing is locked and nothing written.

    Takes and raises what `act` does; only a key means nothing here.
    """
    stood = read_case(session, no)
    see(session, stood, hand.get("via") or hand["actor"])
    return decided(session, stood, trigger, form, **hand)


def decided(
    session: Session, stood: Stood, trigger: str, form: Mapping[str, Any], *, actor: Actor, version: int | None,
    on: date | None = None, via: Actor | None = None, writing: bool = False,
) -> Decision:  # fmt: skip
    """What the law says to it; refused where the actor has seen another version."""
    if version is not None and version != stood.version:
        raise Refused(stale(session, stood))
    known = organisation(session, stood.stamps)
    facts = facts_for(session, stood, form, known, via or actor, writing=writing)
    decision = decide(
        stood.procedure, stood.snapshot, trigger, form, by=actor, now=stood.now, facts=facts, on=on, via=via
    )
    raise_for_strangers(session, stood.procedure, decision, known)
    return decision


def write_one(session: Session, change: Change) -> None:
    """A key that another case has used in the same moment is refused like any other."""
    try:
        write(session, [change.rows()])
    except IntegrityError as error:
        if "pk_idempotency_keys" in str(error.orig):
            raise Refused(REUSED) from error
        raise


def see(session: Session, stood: Stood, actor: Actor) -> None:
    """What an actor may not see does not exist for him; residents are known by their code before they come here."""
    role = stood.procedure.roles.get(actor.role)
    if actor == CLOCK or (role is not None and role.outside):
        return
    if not sees(session, organisation(session, stood.stamps), stood, actor):
        raise Refused(NOT_FOUND)


def facts_for(
    session: Session, stood: Stood, form: Mapping[str, Any], known: Organisation, actor: Actor = CLOCK,
    *, writing: bool = False,
) -> Facts:  # fmt: skip
    """The world around the case; a case that only the form names must be one the actor may see."""
    procedure, snapshot = stood.procedure, stood.snapshot
    signed = [given for half in snapshot.signing.values() for given in half.form.values()]
    wanted = named(procedure, snapshot.data, *signed)
    wanted += [no for no in named(procedure, form) if no not in wanted and may_name(session, no, actor)]
    facts = known.facts(procedure.id, snapshot.unit, today(stood.now), linked(session, wanted))
    return replace(facts, outside=Outside(session, writing=writing))


def may_name(session: Session, no: str, actor: Actor) -> bool:
    if not actor.unit:
        return True
    return bool(session.scalar(select(exists().where(Case.no == no, visible(session, actor)))))


def stale(session: Session, stood: Stood) -> Refusal:
    """Who has changed it meanwhile, and when."""
    last: Row[Any] = session.execute(LAST, {"id": stood.id}).one()
    at = last.recorded_at.astimezone(SHANGHAI)
    values = {"by": last.name or "系统", "at": f"{at:%m-%d %H:%M}", "version": stood.version}
    return Refusal("StaleCase", "该事项已被{by}于{at}更新，请核对后重新提交。", values)


def raise_for_strangers(session: Session, procedure: type[Procedure], decision: Decision, known: Organisation) -> None:
    """Persons and units that the form names must be on our rolls; a resident need not be staff."""
    refusals = [
        refusal("InvalidData", "{label}：查无此项。", {"label": field.label}, name, path)
        for name, value in decision.form.items()
        for path, field, named in procedure.fields[name].leaves(value)
        if named and not is_known(session, field, several(named), known)
    ]
    if refusals:
        raise Refused(*refusals)


def is_known(session: Session, field: Field, ids: tuple[str, ...], known: Organisation) -> bool:
    if field.kind in ("unit", "units"):
        return all(each in known.units for each in ids)
    strangers = [each for each in ids if each not in known.names]
    return field.kind not in PERSONS or not strangers or all_on_the_rolls(session, strangers)


def all_on_the_rolls(session: Session, persons: list[str]) -> bool:
    if not all(each.isdecimal() and len(each) < 19 for each in persons):
        return False
    ids = {int(each) for each in persons}
    return session.scalar(select(func.count()).where(Person.id.in_(ids))) == len(ids)
