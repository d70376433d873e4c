"""Each party of a quarrel has a code of his own, which speaks for him and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text

from models import casework
from models.casework import Acted, Opened
from models.reading.track import find
from models.tables import Document, TrackingCode
from tests.models.office import Office, refused
from workflow.procedures.mediation import COMPLETE, Mediation
from workflow.snapshot import Actor

SIDES = [
    {"side": "A", "name": "张兰", "phone": "13800000001"},
    {"side": "B", "name": "李小明", "birth_date": "2012-06-01", "address": "桂花巷2号", "guardian_name": "李明",
     "guardian_phone": "13800000002", "guardian_birth_date": "1980-01-01", "data_allowed": True},
    {"side": "B", "name": "王五", "address": "桂花巷2号"},
]  # fmt: skip
SCREENED = {"tier": 1, "kind": "noise", "admissibility": [*COMPLETE]}
YES = {"consent_form": "online"}
CHECKED = {"consent_form": "signed", "identity_checked": True}


def register(office: Office, key: str = "") -> Opened:
    form = {"sides": SIDES, "facts": "楼上每晚练鼓，多次劝说没有结果。", "source": "application"}
    actor = office.actor("xiangwanyi", "registrar")
    return casework.open_case(office.session, Mediation, "register", form, actor=actor, unit="LAGH", key=key)


def act(
    office: Office, no: str, trigger: str, by: Actor, via: Actor | None = None, key: str = "", **form: Any
) -> Acted:
    return casework.act(office.session, no, trigger, form, actor=by, version=None, via=via, key=key)


def asked(office: Office, key: str = "") -> tuple[Opened, Acted]:
    opened = register(office)
    return opened, act(office, opened.no, "ask_consent", office.actor("xiangwanyi", "registrar"), key=key, **SCREENED)


def speaks(office: Office, code: str, second: str) -> tuple[str, str]:
    return find(office.session, code, second, address="10.0.0.1")


def test_the_applicant_gets_a_code_at_registration_and_the_others_when_they_are_asked(office: Office) -> None:
    opened, answer = asked(office)
    assert (opened.name, opened.pin) == ("张兰", "")
    assert [(each.party, each.name, bool(each.pin)) for each in answer.given] == [
        ("guardian_2", "李明", False), ("party_3", "王五", True),
    ]  # fmt: skip
    assert office.session.scalars(select(TrackingCode.party).order_by(TrackingCode.party)).all() == [
        "guardian_2", "party_1", "party_3",
    ]  # fmt: skip


def test_a_code_and_the_digits_of_its_own_phone_say_for_whom_it_speaks(office: Office) -> None:
    opened, answer = asked(office)
    guardian, neighbour = answer.given
    assert speaks(office, opened.tracking_code, "0001") == (opened.no, "party_1")
    assert speaks(office, guardian.code, "0002") == (opened.no, "guardian_2")
    assert speaks(office, neighbour.code, neighbour.pin) == (opened.no, "party_3")
    assert speaks(office, guardian.code, "0001") == ("", "")


def test_the_code_of_one_side_consents_for_nobody_else(office: Office) -> None:
    opened, _ = asked(office)
    act(office, opened.no, "consent", Actor("party_1", "party"), **YES)
    kept = office.case(opened.no).data["consents"]
    assert [each["row"] for each in kept] == [1]
    with refused("GuardsFailed"):
        act(office, opened.no, "consent", Actor("party_1", "party"), **YES)
    with refused("E_GUARDIAN"):
        act(office, opened.no, "consent", Actor("party_2", "party"), **YES)
    with refused("NotAllowed"):
        act(office, opened.no, "consent", Actor("guardian_1", "guardian"), **YES)
    act(office, opened.no, "consent", Actor("guardian_2", "guardian"), **YES)
    assert office.case(opened.no).state == "asking_consent"
    assert act(office, opened.no, "consent", Actor("party_3", "party"), **YES).state == "accepted"


def test_a_clerk_enters_it_for_a_party_who_is_there_and_for_nobody_else(office: Office) -> None:
    opened, _ = asked(office)
    clerk = office.actor("xiangwanyi", "registrar")
    with refused("NotAllowed"):
        act(office, opened.no, "consent", Actor("party_4", "party"), via=clerk, **CHECKED)
    act(office, opened.no, "consent", Actor("party_1", "party"), via=clerk, **CHECKED)
    columns = "actor, role, recorded_by, recorded_role"
    row = office.session.execute(text(f"SELECT {columns} FROM events ORDER BY id DESC LIMIT 1")).one()
    assert tuple(row) == ("party_1", "party", clerk.person, "registrar")


def test_whoever_asks_twice_under_one_key_is_told_the_same_codes(office: Office) -> None:
    first = register(office, key="k1")
    assert register(office, key="k1").tracking_code == first.tracking_code
    assert register(office, key="k1").name == "张兰"
    clerk = office.actor("xiangwanyi", "registrar")
    told = [act(office, first.no, "ask_consent", clerk, key="k2", **SCREENED) for _ in range(2)]
    assert told[1].replayed
    assert told[0].given == told[1].given


def test_codes_stand_nowhere_in_the_record(office: Office) -> None:
    opened, answer = asked(office, key="k3")
    for table in ("events", "event_values", "tracking_codes", "idempotency_keys", "notices", "documents"):
        rows = "".join(office.session.execute(text(f"SELECT row::text FROM {table} row")).scalars())
        assert not [code for code in (opened.tracking_code, *(each.code for each in answer.given)) if code in rows]


def test_a_lost_code_is_issued_anew_to_the_party_that_is_named(office: Office) -> None:
    opened, answer = asked(office)
    clerk = office.actor("xiangwanyi", "registrar")
    for wrong in ({}, {"party": "party_9"}, {"party": ""}):
        with refused("InvalidData"):
            casework.reissue(office.session, opened.no, {"identity": "document", **wrong}, actor=clerk)
    given = casework.reissue(office.session, opened.no, {"identity": "document", "party": "guardian_2"}, actor=clerk)
    assert given.name == "李明"
    assert speaks(office, given.tracking_code, "0002") == (opened.no, "guardian_2")
    assert speaks(office, answer.given[0].code, "0002") == ("", "")
    assert speaks(office, opened.tracking_code, "0001") == (opened.no, "party_1")


def test_a_case_with_one_party_is_asked_for_none(office: Office) -> None:
    opened = office.register()
    with refused("InvalidData"):
        form = {"identity": "document", "party": "party_1"}
        casework.reissue(office.session, opened.no, form, actor=office.actor("zhouxiaoman", "window_clerk"))


@pytest.fixture
def unperformed(office: Office) -> str:
    """An agreement of which the second side owes a payment, closed as not performed."""
    opened, _ = asked(office.at("2026-01-05T09:00"))
    clerk, chair = office.actor("xiangwanyi", "registrar"), office.actor("bonianci", "committee_chair")
    volunteer = office.actor("miaoqinghe", "volunteer_mediator")
    for who in ("party_1", "guardian_2", "party_3"):
        act(office, opened.no, "consent", Actor(who, who[:-2]), via=clerk, **CHECKED)
    act(office, opened.no, "assign", chair, mediators=[volunteer.person], chosen_by="committee")
    terms = [{"who": "B", "what": "赔偿", "amount": 80_000, "due_on": "2026-01-20"}]
    act(office, opened.no, "draft_written", volunteer, content="赔偿了结。", terms=terms)
    for who in ("party_1", "guardian_2", "party_3"):
        act(office, opened.no, "sign", Actor(who, who[:-2]), via=clerk, mark_form="signature")
    act(office, opened.no, "sign", volunteer, mark_form="signature")
    act(office, opened.no, "sign", chair, mark_form="seal")
    office.at("2026-02-12T10:00").fire_all()
    act(office, opened.no, "close_unperformed", chair)
    return opened.no


def test_the_advice_is_for_those_alone_to_whom_something_is_owed(office: Office, unperformed: str) -> None:
    papers = {each.document: each.only_for for each in office.session.scalars(select(Document).order_by(Document.id))}
    assert papers["remedy_hint"] == ["party_1", "guardian_1", "agent_1"]
    assert papers["agreement"] == []
