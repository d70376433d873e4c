"""Two neighbours, two codes: each sees and does what is his, and the record of what was said is opened with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from models.db import db
from models.tables import Document
from tests.web.counter import Desk

Sit = Callable[..., Desk]
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}[0-9A-Z*~$=]")
FACTS = "楼上每晚练鼓，多次劝说没有结果。"
LINES = {
    "sides.0.side": "A", "sides.0.name": "张兰", "sides.0.phone": "13800000001",
    "sides.1.side": "B", "sides.1.name": "李明", "sides.1.phone": "13800000002",
    "facts": FACTS, "title": "楼上夜间练鼓",
}  # fmt: skip
SCREENED = {
    "tier": "2", "kind": "noise",
    "admissibility": ["our_matter", "no_reserved", "not_settled", "voluntary", "no_violence"],
}  # fmt: skip
AGREED = "夜间十点以后不练鼓"
SAID = "双方各自陈述了经过，声音很大。"


@dataclass(frozen=True)
class Quarrel:
    number: str
    first: str
    second: str


@pytest.fixture
def quarrel(sit: Sit) -> Quarrel:
    """Both sides have been asked, and each has a code."""
    desk = sit("deng")
    answer = desk.fill("/cases/new/mediation/register", **LINES, source="application")
    assert answer.status_code == 201, answer.text
    number, first = re.search(r"TJ-GHX-\d{4}-\d{6}", answer.text)[0], CODE.search(answer.text)[0]
    answer = desk.fill(f"/cases/{number}/do/ask_consent", **SCREENED)
    assert answer.status_code == 200, answer.text
    assert "李明" in answer.text, answer.text
    return Quarrel(number, first, CODE.search(answer.text)[0])


def follow(sit: Sit, code: str, digits: str) -> Desk:
    desk = sit()
    desk.fill("/track", code=code, factor=digits)
    return desk


@pytest.fixture
def in_mediation(sit: Sit, quarrel: Quarrel) -> Quarrel:
    for code, digits in ((quarrel.first, "0001"), (quarrel.second, "0002")):
        assert follow(sit, code, digits).fill("/track/do/consent", consent_form="online").status_code == 200
    chair = sit("qin")
    text = chair.get(f"/cases/{quarrel.number}/do/assign").text
    mediator = re.search(r'name="mediators" value="(\d+)"[^>]*> 姚青', text)[1]
    assert (
        chair.fill(f"/cases/{quarrel.number}/do/assign", mediators=mediator, chosen_by="committee").status_code == 200
    )
    said = {"present": "张兰\r\n李明", "place": "社区调解室", "record": SAID}
    assert sit("yao").fill(f"/cases/{quarrel.number}/do/hold_session", **said).status_code == 200
    return quarrel


# Codes


def test_a_resident_applies_online_and_the_form_lists_nobody_of_the_staff(sit: Sit) -> None:
    text = sit().get("/file/mediation?unit=GHX").text
    assert "sides.0.name" in text
    assert "sides.0.staff" not in text
    assert "姚青" not in text
    answer = sit().fill("/file/mediation?unit=GHX", **LINES)
    assert answer.status_code == 201, answer.text
    assert CODE.search(answer.text)
    assert sit().fill("/file/mediation?unit=GHX", **LINES, **{"sides.0.staff": "1"}).status_code == 422


def test_each_side_finds_the_case_with_its_own_code_and_nothing_of_the_other(sit: Sit, quarrel: Quarrel) -> None:
    for code, digits in ((quarrel.first, "0001"), (quarrel.second, "0002")):
        text = follow(sit, code, digits).get("/track/case").text
        assert quarrel.number in text
        assert "同意调解" in text
        assert not [word for word in ("13800000001", "13800000002", "练鼓", "张兰", "李明") if word in text]
    assert follow(sit, quarrel.first, "0002").get("/track/case").status_code == 303


def test_one_side_cannot_consent_for_the_other(sit: Sit, quarrel: Quarrel) -> None:
    second = follow(sit, quarrel.second, "0002")
    assert second.fill("/track/do/consent", consent_form="online", on_behalf_of="party_1").status_code == 200
    assert "同意调解" in follow(sit, quarrel.first, "0001").get("/track/case").text
    assert second.fill("/track/do/consent", consent_form="online").status_code == 422
    first = follow(sit, quarrel.first, "0001")
    assert first.fill("/track/do/consent", consent_form="online").status_code == 200
    assert "各方都愿意" in first.get("/track/case").text


def test_a_clerk_says_for_whom_he_enters_it(sit: Sit, quarrel: Quarrel) -> None:
    desk, path = sit("deng"), f"/cases/{quarrel.number}/do/consent"
    assert "张兰（当事人）" in desk.get(path).text
    answer = desk.fill(path, consent_form="signed", identity_checked="true")
    assert answer.status_code == 422
    assert "请选择为谁办理。" in answer.text
    assert desk.fill(path, consent_form="signed", identity_checked="true", on_behalf_of="party_9").status_code == 422
    assert desk.fill(path, consent_form="signed", identity_checked="true", on_behalf_of="party_1").status_code == 200


def test_a_paper_for_one_party_alone_is_not_there_for_the_other(sit: Sit, street: Flask, quarrel: Quarrel) -> None:
    with street.app_context():
        paper = db.session.scalars(select(Document).order_by(Document.id.desc())).first()
        paper.only_for = ["party_1"]
        id_ = paper.id
        db.session.commit()
    assert follow(sit, quarrel.first, "0001").get(f"/track/docs/{id_}").status_code == 200
    assert follow(sit, quarrel.second, "0002").get(f"/track/docs/{id_}").status_code == 404


def test_a_lost_code_is_issued_anew_to_whom_it_belongs(sit: Sit, quarrel: Quarrel) -> None:
    desk, path = sit("deng"), f"/cases/{quarrel.number}/code"
    assert "李明（当事人）" in desk.get(path).text
    answer = desk.fill(path, identity="document")
    assert "请选择为谁补发。" in answer.text
    given = CODE.search(desk.fill(path, identity="document", party="party_2").text)[0]
    assert follow(sit, quarrel.second, "0002").get("/track/case").status_code == 303
    assert follow(sit, given, "0002").get("/track/case").status_code == 200
    assert follow(sit, quarrel.first, "0001").get("/track/case").status_code == 200


# What was said in a session


def test_what_was_said_is_shown_to_those_who_work_on_the_case(sit: Sit, in_mediation: Quarrel) -> None:
    seen = {
        login: SAID in sit(login).get(f"/cases/{in_mediation.number}").text
        for login in ("yao", "qin", "deng", "sikong", "hua")
    }
    assert seen == {"yao": True, "qin": True, "deng": True, "sikong": False, "hua": False}


def test_the_justice_office_reads_it_with_a_reason_on_the_answer_alone(sit: Sit, in_mediation: Quarrel) -> None:
    desk, path = sit("sikong"), f"/cases/{in_mediation.number}/do/inspect_record"
    assert desk.fill(path).status_code == 422
    answer = desk.fill(path, access_reason="核查对调解员的投诉")
    assert answer.status_code == 200
    assert SAID in answer.text
    assert FACTS in answer.text
    page = desk.get(f"/cases/{in_mediation.number}").text
    assert SAID not in page
    assert FACTS not in page
    assert "核查对调解员的投诉" in page
    assert "查阅案情" in page


def test_asked_again_under_the_same_key_it_is_not_shown_again(sit: Sit, in_mediation: Quarrel) -> None:
    desk, path = sit("sikong"), f"/cases/{in_mediation.number}/do/inspect_record"
    desk.get(path)
    key = desk.hidden()["key"]
    sent = {"access_reason": "核查对调解员的投诉", "key": key}
    assert SAID in desk.post(path, sent).text
    again = desk.post(path, {**sent, "version": "1"})
    assert SAID not in again.text


def test_a_paper_that_tells_what_one_may_not_read_is_not_there_for_him(
    sit: Sit, street: Flask, in_mediation: Quarrel
) -> None:
    terms = {"terms.0.who": "A", "terms.0.what": AGREED, "content": "双方约定练鼓的时间。"}
    path = f"/cases/{in_mediation.number}"
    assert sit("yao").fill(f"{path}/do/draft_written", **terms).status_code == 200
    with street.app_context():
        id_ = db.session.scalars(
            select(Document.id).where(Document.document == "agreement").order_by(-Document.id)
        ).first()
    read = {login: sit(login).get(f"{path}/docs/{id_}").status_code for login in ("yao", "qin", "deng", "sikong")}
    assert read == {"yao": 200, "qin": 200, "deng": 200, "sikong": 404}
    linked = {login: f"/docs/{id_}" in sit(login).get(path).text for login in read}
    assert linked == {"yao": True, "qin": True, "deng": True, "sikong": False}


@pytest.fixture(autouse=True)
def nothing_is_left(street: Flask) -> Iterator[None]:
    """Tries with a code count by address; every test begins without any."""
    yield
    with street.app_context():
        db.session.execute(db.text("DELETE FROM login_tries"))
        db.session.commit()
