"""Tracking codes given out with an act: told once to whoever does it, and kept as keyed hashes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from models import tracking
from models.casework.answers import Given, Request
from models.snapshots import Stood
from workflow.residents import Resident, residents
from workflow.words.procedure import Procedure

KEPT = "codes_for"  # in the stored answer of a request: whose codes it told, and whether a phone goes with each


def give(session: Session, stood: Stood, request: Request, holders: Iterable[Resident]) -> tuple[Given, ...]:
    """A code for each of them, which takes the place of the one he had."""
    found = tuple(made(session, request, stood.no, each, by_phone=bool(each.phone)) for each in holders)
    for each, given in zip(holders, found, strict=True):
        tracking.issue(session, stood.id, given.code, party=each.id, phone=each.phone, pin=given.pin)
    return found


def kept(holders: Iterable[Resident]) -> dict[str, Any]:
    """What has to be remembered of them to tell the same codes again; no name, no number."""
    return {KEPT: [[each.id, bool(each.phone)] for each in holders]}


def retold(session: Session, request: Request, stood: Stood, told: Iterable[tuple[str, bool]]) -> tuple[Given, ...]:
    """The codes that the same request was told before; none is issued."""
    known = residents(stood.procedure, stood.snapshot.data)
    nobody = Resident("", "", "", "")
    return tuple(
        made(session, request, stood.no, known.get(party, nobody), by_phone=by_phone) for party, by_phone in told
    )


def made(session: Session, request: Request, no: str, whose: Resident, *, by_phone: bool) -> Given:
    code, pin = code_and_pin(session, request, no, phone=by_phone, party=whose.id)
    return Given(whose.id, whose.name, code, pin)


def code_and_pin(session: Session, request: Request, no: str, *, phone: bool, party: str = "") -> tuple[str, str]:
    """Bound to the number of the case and the party too: who knows a key but not the secret learns nothing."""
    bound = "\x00".join(filter(None, (request.actor, request.key, no, party)))
    asked = request.asked + f"\x00{bound}".encode() if request.key else b""
    secret: bytes = session.info["secret"]
    return tracking.drawn(secret, asked), "" if phone else tracking.pin(secret, asked)


def holders(procedure: type[Procedure], data: Mapping[str, Any], parties: Iterable[str]) -> tuple[Resident, ...]:
    known = residents(procedure, data)
    return tuple(known[party] for party in parties)


def the_one_party(procedure: type[Procedure], data: Mapping[str, Any]) -> Resident:
    """Of a procedure that has no table of them."""
    return Resident("", "", "", phone_of(procedure, data))


def phone_of(procedure: type[Procedure], data: Mapping[str, Any]) -> str:
    """Where the resident can be called; a contact may be an e-mail address instead."""
    asked = [field.id for field in procedure.fields.values() if field.kind in ("phone", "contact")]
    numbers = (str(data.get(name) or "") for name in asked)
    return next((number for number in numbers if number and "@" not in number), "")
