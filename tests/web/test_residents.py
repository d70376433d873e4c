"""A resident without an account: files, is given a code once, follows by it, acts with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from tests.web.counter import Desk
from web.showing.plain import PLAIN
from workflow.procedures.petition import Petition

Sit = Callable[..., Desk]
LINES = {
    "content": "小区门口夜市油烟扰民，请求处理。",
    "type": "request",
    "petitioner_name": "邵明",
    "petitioner_contact": "13900006620",
}
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}[0-9A-Z*~$=]")


@dataclass(frozen=True)
class Slip:
    number: str
    code: str
    pin: str


@pytest.fixture
def filed(sit: Sit) -> Slip:
    answer = sit().fill("/file/petition", **LINES)
    assert answer.status_code == 201, answer.text
    pin = re.search(r'<b class="lb-code">(\d{6})</b>', answer.text)
    return Slip(
        re.search(r"XF-LAJD-\d{4}-\d{6}", answer.text)[0], CODE.search(answer.text)[0], pin[1] if pin else "6620"
    )


def follow(sit: Sit, slip: Slip) -> Desk:
    desk = sit()
    desk.fill("/track", code=slip.code, factor=slip.pin)
    return desk


def test_filing_needs_no_account_and_gives_a_slip(filed: Slip) -> None:
    assert len(filed.code) == 20


def test_only_streets_take_what_is_filed_online(sit: Sit) -> None:
    answer = sit().fill("/file/petition", **LINES, unit="SQJD")
    assert "XF-SQJD-" in answer.text
    assert "XF-LAJD-" in sit().fill("/file/petition", **LINES, unit="QS").text


def test_what_an_office_fills_in_cannot_be_filed_from_outside(sit: Sit) -> None:
    answer = sit().fill("/file/petition", **LINES, at_letters_office="true", channel="hotline")
    assert answer.status_code == 201


def test_the_code_and_four_digits_open_the_case(sit: Sit, filed: Slip) -> None:
    desk = sit()
    answer = desk.fill("/track", code=filed.code.lower().replace("0", "o"), factor=filed.pin)
    assert answer.headers["Location"] == "/track/case"
    text = desk.get("/track/case").text
    assert filed.number in text
    assert "柳岸街道" in text
    assert "办到哪一步了" in text


def test_the_page_says_who_holds_the_matter_and_how_to_reach_them(sit: Sit, filed: Slip) -> None:
    text = follow(sit, filed).get("/track/case").text
    assert "现在由<b>柳岸街道</b>办理" in text
    assert 'href="tel:00005551180"' in text
    assert "工作日 8:30—17:30" in text


def test_the_page_says_until_when_and_whom_to_turn_to_if_it_takes_longer(sit: Sit, filed: Slip) -> None:
    text = follow(sit, filed).get("/track/case").text
    assert re.search(r"告知期限到<b>\d{4}年", text)
    assert re.search(r"还没收到答复，请找青桥区督办。<br><a class=\"lb-tel\" href=\"tel:00005551200\">", text)


def test_once_the_day_has_passed_the_page_says_so(sit: Sit) -> None:
    """A letter received long ago and registered today is late from the first day."""
    received = datetime.now(UTC).date() - timedelta(days=40)
    answer = sit("fang").fill("/cases/new/petition/register", channel="letter", received_on=str(received), **LINES)
    slip = Slip(re.search(r"XF-LAJD-\d{4}-\d{6}", answer.text)[0], CODE.search(answer.text)[0], "6620")
    text = follow(sit, slip).get("/track/case").text
    assert re.search(r"逾期\d+个工作日", text)
    assert re.search(r"已经过了[^，]*日，请找青桥区督办。", text)


def test_how_to_object_is_told_before_there_is_an_answer(sit: Sit, filed: Slip) -> None:
    sit("lin").fill(f"/cases/{filed.number}/do/accept", route="6")
    text = follow(sit, filed).get("/track/case").text
    assert re.search(r"<h3>申请复查</h3><p>到“已答复”以后可以办。[^<]*<br><span[^>]*>《信访工作条例》第35条", text)
    assert "/track/do/request_review" not in text


def test_an_office_without_a_telephone_shows_none(sit: Sit) -> None:
    answer = sit().fill("/file/petition", **LINES, unit="SQJD")
    slip = Slip(re.search(r"XF-SQJD-\d{4}-\d{6}", answer.text)[0], CODE.search(answer.text)[0], "6620")
    text = follow(sit, slip).get("/track/case").text
    assert "现在由<b>石桥街道</b>办理" in text
    assert "打电话问" not in text


@pytest.mark.parametrize("state", Petition.states)
def test_every_state_has_a_plain_sentence(state: str) -> None:
    assert PLAIN[f"petition.{state}"].headline
    assert PLAIN[f"petition.{state}"].text


def test_the_public_page_names_no_staff(sit: Sit, filed: Slip) -> None:
    sit("lin").fill(f"/cases/{filed.number}/do/accept", route="6")
    text = follow(sit, filed).get("/track/case").text
    assert "林晓芸" not in text
    assert "正在办理" in text


@pytest.mark.parametrize(
    ("code", "factor"), [("", ""), ("x" * 17, "6620"), (None, "0000"), ("7Q4M-X2KD-9TBA-V5HC-E", "6620")]
)
def test_every_wrong_try_gets_the_same_answer(sit: Sit, filed: Slip, code: str | None, factor: str) -> None:
    answer = sit().fill("/track", code=filed.code if code is None else code, factor=factor)
    assert answer.status_code == 404
    assert "未查到" in answer.text


def test_the_eleventh_wrong_try_has_to_wait(sit: Sit, filed: Slip) -> None:
    desk = sit()
    desk.get("/track")
    tried, at = {"code": filed.code, "factor": "0000"}, {"REMOTE_ADDR": "10.9.9.9"}
    answers = [desk.post("/track", tried, environ_base=at) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [404] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) <= 600


def test_without_a_code_there_is_nothing_to_see(sit: Sit) -> None:
    assert sit().get("/track/case").headers["Location"] == "/track"
    assert sit().get("/track/docs/1").status_code == 404


def test_leaving_forgets_the_case(sit: Sit, filed: Slip) -> None:
    desk = follow(sit, filed)
    desk.get("/track/case")
    desk.post("/track/leave")
    assert desk.get("/track/case").status_code == 303


def test_a_code_reissued_at_the_counter_is_shown_once_and_ends_what_the_old_one_opened(sit: Sit, filed: Slip) -> None:
    before, clerk = follow(sit, filed), sit("fang")
    assert f"/cases/{filed.number}/code" in clerk.get(f"/cases/{filed.number}").text
    answer = clerk.fill(f"/cases/{filed.number}/code", identity="document")
    slip = Slip(filed.number, CODE.search(answer.text)[0], "6620")
    assert (answer.status_code, slip.code == filed.code) == (200, False)
    assert slip.code not in clerk.get(f"/cases/{filed.number}?line=all").text
    assert before.get("/track/case").status_code == 303
    assert follow(sit, slip).get("/track/case").status_code == 200
    assert follow(sit, filed).get("/track/case").status_code == 303


def test_a_reissue_stands_in_the_history_of_the_case(sit: Sit, filed: Slip) -> None:
    sit("fang").fill(f"/cases/{filed.number}/code", identity="callback")
    text = sit("lin").get(f"/cases/{filed.number}").text
    assert re.search(r"核对身份后补发查询码.*?方婷", text, re.DOTALL)


@pytest.mark.parametrize(("login", "status"), [("zhao", 403), ("shi", 403), ("he", 403), ("stranger", 404)])
def test_who_may_not_reissue_is_shown_no_way_to_it(sit: Sit, filed: Slip, login: str, status: int) -> None:
    desk = sit(login)
    assert f"/cases/{filed.number}/code" not in desk.get(f"/cases/{filed.number}").text
    assert desk.get(f"/cases/{filed.number}/code").status_code == status
    desk.get("/")
    assert desk.post(f"/cases/{filed.number}/code", {"identity": "document"}).status_code == status


def test_how_identity_was_checked_must_be_told_at_the_counter(sit: Sit, filed: Slip) -> None:
    answer = sit("fang").fill(f"/cases/{filed.number}/code")
    assert answer.status_code == 422
    assert "请填写身份核对" in answer.text or "请选择" in answer.text
    assert not CODE.search(answer.text)


def test_a_resident_withdraws_by_himself_and_a_supervisor_confirms(sit: Sit, filed: Slip) -> None:
    desk = follow(sit, filed)
    assert "/track/do/withdraw" in desk.get("/track/case").text
    assert desk.get("/track/do/withdraw").status_code == 200


def test_a_resident_cannot_do_what_is_the_offices(sit: Sit, filed: Slip) -> None:
    desk = follow(sit, filed)
    desk.get("/track/case")
    assert desk.post("/track/do/accept", {"route": "6"}).status_code == 404


def test_the_receipt_can_be_read_by_whom_it_is_for(sit: Sit, filed: Slip) -> None:
    desk = follow(sit, filed)
    paper = re.search(r"/track/docs/\d+", desk.get("/track/case").text)[0]
    assert "收件凭证" in desk.get(paper).text


def test_the_public_form_lists_nobody_of_the_staff(sit: Sit) -> None:
    text = sit().get("/file/petition").text
    assert "林晓芸" not in text
    assert "柳岸街道" in text
