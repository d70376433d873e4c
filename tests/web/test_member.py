"""One Party member from the application to the archive, before a real browser, in two and a half years of the movable clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import Connection, insert, select

from models import db
from models.tables import Account, Entry, Person, Post, Unit
from tests.web import browser, counter, town
from tests.web.test_flow import sign_in
from tests.web.test_story import Time
from workflow.identity import check_sign

SINCE = date(2020, 1, 1)
POSTS = {
    "worker": ("党小梅", "party_worker", "GHX1"), "secretary": ("书远山", "branch_secretary", "GHX1"),
    "committee": ("韦员方", "branch_committee", "GHX1"), "meeting": ("会计明", "branch_meeting", "GHX1"),
    "contact": ("连心如", "party_member", "GHX1"), "second": ("连意平", "party_member", "GHX1"),
    "organiser": ("祖之宁", "organiser", "LAJD"), "party": ("公道正", "party_committee", "LAJD"),
}  # fmt: skip
ID = "99010119990312002" + check_sign("99010119990312002")
HEARD = ["group", "contacts", "members", "masses"]
VOTE = {f"vote.{line}": "7" for line in ("present", "ballots_issued", "ballots_returned", "for")} | {
    f"vote.{line}": "0" for line in ("against", "abstain", "invalid")
}


@pytest.fixture(scope="module")
def office(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Time, dict[str, str]]]:
    with town.schema(database_url, "member_of_the_party") as engine:
        with engine.begin() as at:
            people = branch(at)
        app = counter.make(database_url, "member_of_the_party", tmp_path_factory.mktemp("member"))
        yield app, Time(db.sessions(engine, secret="opens nothing")), people
        with app.app_context():
            db.db.engine.dispose()


def branch(at: Connection) -> dict[str, str]:
    """A branch of eight members, all with a post of their own in it or above it; their ids by login."""
    above = {"city_id": "QS", "district_id": "QQ", "street_id": "LAJD", "community_id": "GHX", "branch_id": "GHX1"}
    at.execute(insert(Unit).values(id="GHX1", name="桂花巷第一党支部", level="branch", parent_id="GHX", **above))
    kept = at.execute(select(Account.password_hash).limit(1)).scalar_one()
    people = {}
    for login, (name, role, unit) in POSTS.items():
        person = at.execute(insert(Person).values(name=name).returning(Person.id)).scalar_one()
        at.execute(insert(Account).values(person_id=person, login=login, password_hash=kept))
        at.execute(insert(Post).values(person_id=person, role=role, unit_id=unit, from_day=SINCE))
        people[login] = str(person)
        card = {"branch": "GHX1", "standing": "full"}
        at.execute(insert(Entry).values(register="members", about=str(person), since=SINCE, values=card))
    for unit, facts in (("GHX1", {"has_committee": True}), ("LAJD", {"approves": True})):
        at.execute(insert(Entry).values(register="organisations", about=unit, since=SINCE, values=facts))
    return people


@pytest.fixture
def sheet(office: tuple[Flask, Time, dict[str, str]], chromium: Browser) -> Iterator[Page]:
    with browser.served(office[0]) as address, browser.window(chromium, address) as page:
        yield page


def answer(sheet: Page, name: str, value: str | list[str]) -> None:
    """A choice by its value, a file by its path, anything else as text."""
    line = sheet.locator(f"[name='{name}']")
    if isinstance(value, list):
        for each in value:
            sheet.locator(f"[name='{name}'][value='{each}']").check()
    elif line.first.evaluate("one => one.tagName") == "SELECT":
        line.select_option(value)
    elif line.first.get_attribute("type") in ("radio", "checkbox"):
        sheet.locator(f"[name='{name}'][value='{value}']").check()
    elif line.first.get_attribute("type") == "file":
        line.set_input_files(value)
    else:
        line.fill(value)


def send(sheet: Page, path: str, lines: dict[str, str | list[str]]) -> None:
    sheet.goto(path)
    for name, value in lines.items():
        answer(sheet, name, value)
    sheet.click("form.lb-form button.lb-btn-go")
    assert sheet.locator("#trouble").count() == 0, sheet.locator("#trouble").inner_text()


def told(people: dict[str, str], paper: str) -> Iterator[tuple[str, str, str, dict[str, str | list[str]]]]:
    """When, who, which act, with what."""
    two = [people["contact"], people["second"]]
    seen: dict[str, str | list[str]] = {"result": "good", "minutes": "表现积极"}
    together: dict[str, str | list[str]] = {"minutes": "一致同意", "collective": "true"}
    yield "2025-01-20", "secretary", "record_talk", {"talker": people["secretary"], "minutes": "了解入党动机"}
    yield "2025-02-10", "contact", "recommend", {"kind": "member"}
    yield "2025-02-20", "committee", "confirm_activist", {"minutes": "一致同意", "contacts": two}
    yield "2025-08-18", "contact", "record_exam", {"period_no": "1", **seen}
    yield "2025-08-18", "secretary", "record_exam", {}
    yield "2026-02-13", "contact", "record_exam", {"period_no": "2", **seen}
    yield "2026-02-13", "secretary", "record_exam", {}
    posted: dict[str, str | list[str]] = {"posted_text": "拟列为发展对象", "places": "支部公示栏", "opinions": HEARD}
    yield "2026-03-02", "committee", "open_target_notice", posted
    yield "2026-03-10", "committee", "propose_target", {"minutes": "公示无异议"}
    yield "2026-03-13", "party", "accept_target", {}
    yield "2026-03-20", "committee", "assign_introducers", {"introducers": two}
    yield "2026-04-08", "committee", "record_political_review", {"conclusion": "passed", "review_docs": paper}
    yield "2026-04-24", "party", "record_training", {"days": "3", "certificate": paper}
    yield "2026-05-12", "committee", "submit_pre_review", {}
    yield "2026-05-20", "party", "pass_pre_review", {"letter": paper, "admission_form_no": "ZY-017"}
    yield "2026-06-12", "meeting", "record_admission_vote", {**VOTE, "tellers": "甲\n乙"}
    yield "2026-06-18", "organiser", "receive_resolution", {}
    yield "2026-08-20", "organiser", "committee_talk", {"talker": people["organiser"], "view": "动机端正"}
    yield "2026-08-28", "party", "approve_admission", together
    yield "2026-09-18", "secretary", "record_oath", {"place": "党群服务中心"}
    yield "2027-06-01", "worker", "file_conversion_application", {"scan": paper}
    yield "2027-06-18", "meeting", "record_conversion_vote", {"resolution_kind": "convert", **VOTE, "tellers": "甲\n乙"}
    yield "2027-07-02", "party", "approve_conversion", together
    yield "2027-07-12", "worker", "archive", {"archived": ["application", "exams", "review", "form", "conversion"]}


def test_from_the_application_to_full_membership(
    sheet: Page, office: tuple[Flask, Time, dict[str, str]], tmp_path: Path
) -> None:
    _, time, people = office
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.4\n%%EOF\n")
    time.pass_until("2025-01-06T09:00")
    sign_in(sheet, "worker")
    form = {"name": "林晚", "id_no": ID, "scan": str(paper), "received_on": "2025-01-06"}
    send(sheet, "/cases/new/recruitment/file_application", form)
    number = sheet.locator("main").inner_text().split("DY-", 1)[1].split()[0]
    for at, by, trigger, lines in told(people, str(paper)):
        time.pass_until(f"{at}T09:00")
        sign_in(sheet, by)
        send(sheet, f"/cases/DY-{number}/do/{trigger}", lines)
    sheet.goto(f"/cases/DY-{number}")
    said = sheet.locator("main").inner_text()
    assert "林晚" in sheet.title() or "林晚" in said
    assert "正式党员" in sheet.locator(".lb-sticky").inner_text()
    assert "2027年6月12日" in said  # seniority runs from the day probation ended
    assert ID not in sheet.content()
    assert "归档目录" in said
