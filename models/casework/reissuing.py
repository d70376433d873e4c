"""A new code for a resident who has lost his; the old one stops working with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from models.casework import codes
from models.casework.acting import facts_for, see, write_one
from models.casework.answers import Reissued, Request, acted, dumped, replayed
from models.casework.change import Change
from models.organisation import organisation
from models.snapshots import Stood, lock_case
from workflow.decision import REISSUE
from workflow.reissuing import PARTY, reissued
from workflow.snapshot import Actor


def reissue(session: Session, no: str, form: Mapping[str, Any], *, actor: Actor, key: str = "") -> Reissued:
    """Raises `Refused`, and then the old code still works. The same key brings the same code, and issues none."""
    stood = lock_case(session, no=no)
    see(session, stood, actor)
    request = Request.of(actor, key, form=form, on=None, no=no, trigger=REISSUE, actor=actor.person, role=actor.role)
    if kept := request.stored(session):
        (given,) = codes.retold(session, request, stood, kept.pop(codes.KEPT))
        return Reissued(no, given.code, given.pin, replayed(kept), given.name)
    change = decided(session, stood, form, actor)
    answer = acted(change.decisions[-1], change.version)
    holders = codes.holders(stood.procedure, stood.snapshot.data, filter(None, [change.decisions[-1].form.get(PARTY)]))
    holders = holders or (codes.the_one_party(stood.procedure, stood.snapshot.data),)
    change.keys = request.row(stood.id, dumped(answer) | codes.kept(holders), stood.now)
    write_one(session, change)
    (given,) = codes.give(session, stood, request, holders)
    return Reissued(no, given.code, given.pin, answer, given.name)


def decided(session: Session, stood: Stood, form: Mapping[str, Any], actor: Actor) -> Change:
    known = organisation(session, stood.stamps)
    facts = facts_for(session, stood, {}, known, actor)
    change = Change.of(stood, known)
    change.add(reissued(stood.procedure, stood.snapshot, form, by=actor, now=stood.now, facts=facts))
    return change
