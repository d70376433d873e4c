"""Anonymous forms: a code works once, and nothing that is kept, sent back or logged tells who chose what."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from models import casework, db, polls, seed
from tests.models.conftest import new_engine
from tests.models.office import Office
from tests.web import counter
from tests.web.counter import Desk

SECRET = "opens nothing"
CODE = re.compile(r'<p class="lb-code">([^<]+)</p>')
WRONG = "此码无效或已经用过。每个码只能填一次。"
SHEET = ("leader", "ideas", "systems", "premises", "safeguards", "results", "masses")
LOW = dict(zip(SHEET, (9, 6, 9, 6, 6, 12, 12), strict=True))


@dataclass
class Branch:
    """One branch whose appraisal is open, and the page of its Party worker."""

    app: Flask
    sessions: db.Sessions
    number: str = ""
    members: list[str] = field(default_factory=list)
    residents: list[str] = field(default_factory=list)

    def office(self, work: Any) -> Any:
        with db.transaction(self.sessions) as session:
            return work(Office(session))

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        with self.sessions() as session:
            return [tuple(row) for row in session.execute(text(question))]

    def phone(self) -> Desk:
        """Somebody's browser, which has never been here."""
        return Desk(self.app.test_client())

    def give_out(self, copies: int) -> str:
        desk = self.phone().sign_in("liqiusheng", seed.DEMO_PASSWORD)
        answer = desk.fill(f"/cases/{self.number}/do/issue_codes", copies=str(copies))
        assert answer.status_code == 200, answer.text
        return answer.text


@pytest.fixture(scope="module")
def branch(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Branch]:
    schema = f"forms_{os.getpid()}"
    engine = new_engine(database_url, schema)
    sessions = db.sessions(engine, secret=SECRET)
    seed.found_town(sessions)
    found = Branch(counter.make(database_url, schema, tmp_path_factory.mktemp("data")), sessions)
    found.office(lambda office: office.launch("aoqingyu"))
    while casework.fire_due(sessions):
        pass
    ((found.number,),) = found.rows("SELECT no FROM cases WHERE unit_id = 'LALA1' AND procedure = 'branch_rating'")
    told = {"self_scores": LOW, "minutes": "记录"}
    found.office(
        lambda office: office.act("taoshoucheng", found.number, "submit_self", role="branch_secretary", **told)
    )
    codes = CODE.findall(found.give_out(30))
    found.members, found.residents = codes[:16], codes[16:]
    yield found
    with found.app.app_context():
        found.app.extensions["sqlalchemy"].engine.dispose()
    engine.dispose()


def counts(branch: Branch, poll: str) -> dict[str, int]:
    return dict(branch.rows(f"SELECT answer, count FROM poll_counts WHERE poll = '{poll}'"))


def test_the_sheet_holds_a_code_a_member_and_as_many_for_residents_as_asked(branch: Branch) -> None:
    assert (len(branch.members), len(branch.residents)) == (16, 30)
    assert len({*branch.members, *branch.residents}) == 46


def test_the_codes_are_shown_once(branch: Branch) -> None:
    desk = branch.phone().sign_in("liqiusheng", seed.DEMO_PASSWORD)
    assert CODE.findall(desk.get(f"/cases/{branch.number}").text) == []
    kept = str(branch.rows("SELECT * FROM event_values")) + str(branch.rows("SELECT * FROM poll_codes"))
    assert [code for code in branch.residents if code in kept or code.replace("-", "") in kept] == []


@pytest.mark.parametrize("typed", [False, True])
def test_a_code_opens_its_question_and_counts_once(branch: Branch, typed: bool) -> None:
    code, phone = branch.residents.pop(), branch.phone()
    before = counts(branch, "resident_forms").get("basic", 0)
    page = phone.post("/form", {"code": code.lower().replace("-", " ")}) if typed else phone.get(f"/form/{code}")
    assert "柳岸社区第一党支部" in page.text
    assert all(words in page.text for words in ("满意", "基本满意", "不满意", "不了解"))
    assert phone.post("/form/answer", {"code": code, "answer": "basic"}).status_code == 200
    assert counts(branch, "resident_forms")["basic"] == before + 1
    again = phone.post("/form/answer", {"code": code, "answer": "satisfied"})
    assert (again.status_code, WRONG in again.text) == (404, True)
    assert counts(branch, "resident_forms")["basic"] == before + 1


def test_a_used_code_and_one_that_never_was_get_the_same_page(branch: Branch) -> None:
    code, phone = branch.residents.pop(), branch.phone()
    phone.post("/form/answer", {"code": code, "answer": "satisfied"})
    pages = [branch.phone().get(f"/form/{each}") for each in (code, polls.new_code(), "nonsense")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1


def test_no_cookie_is_set_and_none_is_needed(branch: Branch) -> None:
    code, phone = branch.residents.pop(), branch.phone()
    answers = [phone.get("/form"), phone.get(f"/form/{code}"), phone.post("/form", {"code": code})]
    answers.append(phone.post("/form/answer", {"code": code, "answer": "satisfied"}))
    assert [answer.headers.getlist("Set-Cookie") for answer in answers] == [[]] * 4


def test_nothing_kept_ties_an_answer_to_a_code_an_address_or_a_moment(branch: Branch) -> None:
    code = branch.residents.pop()
    tries = branch.rows("SELECT * FROM login_tries WHERE kind = 'form'")
    branch.phone().post("/form/answer", {"code": code, "answer": "unsatisfied"})
    assert branch.rows("SELECT * FROM login_tries WHERE kind = 'form'") == tries
    columns = branch.rows(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name IN ('poll_counts', 'poll_codes') ORDER BY 1"
    )
    assert {name for (name,) in columns} == {"answer", "case_id", "code_hash", "count", "poll"}
    assert branch.rows(f"SELECT * FROM poll_codes WHERE code_hash = '\\x{polls.hash_of(code).hex()}'") == []


def test_the_log_tells_neither_the_code_nor_who_was_signed_in(
    branch: Branch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, desk = branch.residents.pop(), branch.phone().sign_in("liqiusheng", seed.DEMO_PASSWORD)
    capsys.readouterr()
    desk.get(f"/form/{code}")
    desk.post("/form/answer", {"code": code, "answer": "satisfied"})
    said = [line for line in capsys.readouterr().out.splitlines() if '"/form' in line]
    assert len(said) == 2
    assert all('"person": ""' in line and code not in line for line in said)


def test_whoever_chooses_nothing_is_asked_again(branch: Branch) -> None:
    code, phone = branch.residents.pop(), branch.phone()
    answer = phone.post("/form/answer", {"code": code, "answer": "excellent"})
    assert (answer.status_code, "请选择一项。" in answer.text) == (422, True)
    assert phone.post("/form/answer", {"code": code, "answer": "unknown"}).status_code == 200


def test_members_and_residents_are_counted_apart(branch: Branch) -> None:
    code = branch.members.pop()
    assert "党员测评" in branch.phone().get(f"/form/{code}").text
    branch.phone().post("/form/answer", {"code": code, "answer": "satisfied"})
    assert counts(branch, "member_forms")["satisfied"] == 1


def test_ten_wrong_codes_in_ten_minutes_shut_the_door_for_that_address(branch: Branch) -> None:
    where = {"REMOTE_ADDR": "203.0.113.9"}
    phone = branch.phone()
    answers = [phone.post("/form", {"code": polls.new_code()}, environ_overrides=where).status_code for _ in range(11)]
    assert answers == [404] * 10 + [429]
    shut = phone.post("/form/answer", {"code": branch.residents[0], "answer": "satisfied"}, environ_overrides=where)
    assert (shut.status_code, int(shut.headers["Retry-After"]) > 0) == (429, True)
    assert branch.phone().get(f"/form/{branch.residents[0]}").status_code == 200


def test_a_foreign_page_cannot_send_the_form(branch: Branch) -> None:
    client = branch.app.test_client()
    sent = {"code": branch.residents[0], "answer": "satisfied"}
    assert client.post("/form/answer", data=sent, headers={"Origin": "https://evil.example"}).status_code == 403


def test_the_page_is_english_for_whoever_reads_english(branch: Branch) -> None:
    client = branch.app.test_client()
    client.set_cookie("linban_language", "en")
    page = client.get(f"/form/{branch.residents[0]}").text
    assert all(words in page for words in ("Anonymous form", "Fairly satisfied", "Don&#39;t know"))


def test_once_the_appraisal_is_closed_no_form_is_taken(branch: Branch) -> None:
    phone = branch.phone()
    for code in [branch.members.pop() for _ in range(11)]:
        phone.post("/form/answer", {"code": code, "answer": "satisfied"})
    for code in [branch.residents.pop() for _ in range(5)]:
        phone.post("/form/answer", {"code": code, "answer": "satisfied"})
    more = CODE.findall(branch.give_out(40))
    for code in more[:-1]:
        phone.post("/form/answer", {"code": code, "answer": "satisfied"})
    branch.office(lambda office: office.act("liqiusheng", branch.number, "close_appraisal", role="party_worker"))
    late = phone.post("/form/answer", {"code": more[-1], "answer": "satisfied"})
    assert (late.status_code, "评议已经结束" in late.text) == (409, True)
