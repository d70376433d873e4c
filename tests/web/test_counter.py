"""A petition goes over the counter: filed, accepted, seen by whom it concerns and by nobody else."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest

from tests.web.counter import PETITION, Desk

Sit = Callable[..., Desk]


def accepted(sit: Sit, number: str) -> Desk:
    desk = sit("lin")
    lin = re.search(r'value="(\d+)"[^>]*> ?林晓芸', desk.get(f"/cases/{number}/do/accept").text)[1]
    answer = desk.post(f"/cases/{number}/do/accept", {"route": "6", "caseworker": lin})
    assert answer.status_code == 200, answer.text
    return desk


def test_a_clerk_files_and_hands_out_a_slip(sit: Sit) -> None:
    answer = sit("fang").fill("/cases/new/petition/register", **PETITION)
    assert answer.status_code == 201
    assert re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", answer.text)
    assert "<svg" in answer.text


def test_a_filed_case_stands_on_the_desk_of_who_must_answer(sit: Sit, filed: str) -> None:
    assert f'href="/cases/{filed}/do/accept">受理</a>' in sit("lin").get("/").text


def test_a_case_page_puts_the_next_step_first(sit: Sit, filed: str) -> None:
    text = sit("lin").get(f"/cases/{filed}").text
    assert text.index('id="h-next">受理') < text.index('id="h-clock"')
    assert "告知期限" in text


def test_an_act_is_done_through_its_form(sit: Sit, filed: str) -> None:
    desk = accepted(sit, filed)
    assert "已受理办理中" in desk.seen.text
    assert "办理期限" in desk.get(f"/cases/{filed}").text


def test_a_refused_form_keeps_what_was_typed(sit: Sit, filed: str) -> None:
    desk = sit("lin")
    answer = desk.fill(f"/cases/{filed}/do/accept", route="7")
    assert answer.status_code == 422
    assert 'value="7"' in answer.text
    assert 'href="#f-route"' in answer.text


def test_an_unknown_line_is_refused_by_name(sit: Sit, filed: str) -> None:
    answer = sit("lin").fill(f"/cases/{filed}/do/accept", state="concluded", unit="QQ")
    assert answer.status_code == 422
    assert "没有“state”一栏" in answer.text


def test_pressing_twice_does_it_once(sit: Sit, filed: str) -> None:
    desk = sit("lin")
    desk.get(f"/cases/{filed}/do/accept")
    lines = {"route": "6", **desk.hidden()}
    answers = [desk.client.post(f"/cases/{filed}/do/accept", data=lines) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert desk.get(f"/cases/{filed}?line=all").text.count("<b>受理</b>") == 1


def test_a_case_of_another_street_is_as_missing_as_one_that_never_was(sit: Sit, filed: str) -> None:
    stranger = sit("stranger")
    there, nowhere = stranger.get(f"/cases/{filed}"), stranger.get("/cases/XF-LAJD-2026-999999")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.data == nowhere.data


def test_who_may_not_act_is_told_so(sit: Sit, filed: str) -> None:
    answer = sit("fang").fill(f"/cases/{filed}/do/accept", route="6")
    assert answer.status_code == 403
    assert "承办人" in answer.text


def test_nothing_is_written_without_the_token(sit: Sit, filed: str) -> None:
    desk = sit("lin")
    desk.get(f"/cases/{filed}/do/accept")
    assert desk.client.post(f"/cases/{filed}/do/accept", data={"route": "6"}).status_code == 403


def test_nothing_is_written_from_another_place(sit: Sit, filed: str) -> None:
    desk = sit("lin")
    desk.get(f"/cases/{filed}/do/accept")
    answer = desk.post(f"/cases/{filed}/do/accept", {"route": "6"}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403


def test_a_program_is_told_a_problem(sit: Sit, filed: str) -> None:
    desk = sit("lin")
    desk.get(f"/cases/{filed}/do/accept")
    answer = desk.post(f"/cases/{filed}/do/accept", {"route": "7"}, headers={"Accept": "application/json"})
    assert answer.mimetype == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance", "code"} <= answer.json.keys()


def test_the_same_petition_is_found_by_name_number_and_telephone(sit: Sit, filed: str) -> None:
    desk = sit("lin")
    assert desk.get(f"/cases?q={filed.lower()}").headers["Location"].endswith(filed)
    assert filed in desk.get("/cases?q=周素珍").text
    assert filed in desk.get("/cases?q=1234").text
    assert filed not in sit("stranger").get("/cases?q=周素珍").text


def test_a_supervisor_watches_the_board(sit: Sit, filed: str) -> None:
    assert "柳岸街道" in sit("shi").get("/board").text
    answer = sit("stranger").get("/board")
    assert answer.status_code == 403
    assert "督办员" in answer.text


def test_a_document_is_a_sheet(sit: Sit, filed: str) -> None:
    desk = sit("fang")
    paper = re.search(rf"/cases/{filed}/docs/\d+", desk.get(f"/cases/{filed}").text)[0]
    assert "lb-sheet" in desk.get(paper).text
    assert sit("stranger").get(paper).status_code == 404


@pytest.mark.parametrize("path", ["/calendar", "/inbox", "/cases/new", "/cases", "/procedures", "/procedures/petition"])
def test_the_other_pages_open(sit: Sit, path: str) -> None:
    assert sit("lin").get(path).status_code == 200


@pytest.mark.parametrize("month", ["2026-13", "x", "1999-01", "2026-1-1"])
def test_an_impossible_month_is_refused(sit: Sit, month: str) -> None:
    assert sit("lin").get(f"/calendar?month={month}").status_code == 422


def test_filters_swap_the_list_alone(sit: Sit, filed: str) -> None:
    part = sit("lin").client.get("/?waits=me", headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert filed in part.text
    assert "<html" not in part.text


def test_a_file_goes_with_the_case_and_comes_back_as_a_download(sit: Sit) -> None:
    desk = sit("fang")
    paper = (io.BytesIO(b"%PDF-1.7 " + b"x" * 50), "../../照片.pdf")
    number = re.search(
        r"XF-LAJD-\d{4}-\d{6}", desk.fill("/cases/new/petition/register", **PETITION, attachments=paper).text
    )[0]
    place = re.search(r"/files/[0-9a-f-]{36}", desk.get(f"/cases/{number}").text)[0]
    answer = sit("lin").get(place)
    assert answer.data.startswith(b"%PDF-1.7")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    answer.close()
    assert sit("stranger").get(place).status_code == 404


def test_a_program_named_as_a_paper_is_refused_at_its_line(sit: Sit) -> None:
    paper = (io.BytesIO(b"MZ" + b"x" * 50), "照片.pdf")
    answer = sit("fang").fill("/cases/new/petition/register", **PETITION, attachments=paper)
    assert answer.status_code == 422
    assert 'href="#f-attachments"' in answer.text


def test_a_file_of_another_case_cannot_be_named(sit: Sit) -> None:
    answer = sit("fang").fill(
        "/cases/new/petition/register", **PETITION, attachments="0198c0de-0000-7000-8000-000000000000"
    )
    assert answer.status_code == 422
