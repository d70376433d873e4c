"""A case over the network: opened, looked at, acted on; asked twice, asked too late, asked by others."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.programs import MONDAY, VISIT, Program, Town

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def clerk(programs: Town) -> Program:
    programs.at(MONDAY)
    return programs.program("zhouxiaoman")


@pytest.fixture
def caseworker(programs: Town) -> Program:
    return programs.program("chenliqiu")


def test_a_case_is_opened_with_number_code_clocks_and_place(clerk: Program) -> None:
    answer = clerk.post("/cases/petition", {"form": VISIT})
    told = answer.get_json()
    assert answer.status_code == 201
    assert re.fullmatch("XF-LA-2025-[0-9]{6}", told["number"])
    assert told["state"]["id"] == "registered"
    assert {"D1"} <= {clock["code"] for clock in told["clocks"]}
    assert len(told["tracking_code"].replace("-", "")) == 17
    assert answer.headers["Location"] == f"/api/v1/cases/{told['number']}"
    assert clerk.get(f"/cases/{told['number']}").headers["ETag"] == answer.headers["ETag"] == '"1"'


def test_what_came_in_earlier_is_registered_today_and_the_refusal_says_so_in_both_languages(clerk: Program) -> None:
    answer = clerk.post("/cases/petition", {"form": VISIT, "acted_on": "2025-08-25"})
    told = answer.get_json()
    assert (answer.status_code, told["code"], told["errors"][0]["pointer"]) == (422, "date-not-plausible", "/acted_on")
    assert told["detail"] == "新案件补记不得早于1个工作日前，请按今天的日期办理，真实日期填在“收到日”一栏。"
    assert told["detail_en"] == (
        "A new case may not be dated more than 1 working day back; date it today and put the true day into “Received on”."
    )
    opened = clerk.register(received_on="2025-08-25")
    assert next(clock["due_on"] for clock in opened["clocks"] if clock["code"] == "D1") == "2025-09-09"


def test_the_code_is_told_once_and_nowhere_again(clerk: Program) -> None:
    told = clerk.register()
    for path in ("", "/acts", "/events"):
        assert told["tracking_code"] not in clerk.get(f"/cases/{told['number']}{path}").text


def test_what_is_open_is_told_with_whose_the_rest_is(clerk: Program, caseworker: Program) -> None:
    no = clerk.register()["number"]
    mine = {each["trigger"]: each for each in caseworker.get(f"/cases/{no}/acts").get_json()["acts"]}
    assert mine["accept"]["mine"]
    assert mine["accept"]["open"]
    assert not mine["route"]["mine"]
    assert mine["route"]["reasons"] == []
    assert mine["route"]["roles"][0]["zh"]


def test_a_closed_act_says_why_in_both_languages(clerk: Program, programs: Town) -> None:
    no = clerk.register()["number"]
    programs.program("chenliqiu").act(no, "accept", {"route": 6}, 1)
    acts = programs.program("xuchengping", "unit_head").get(f"/cases/{no}/acts").get_json()["acts"]
    shut = next(each for each in acts if each["trigger"] == "approve_extension")
    assert shut["mine"]
    assert not shut["open"]
    assert all(CHINESE.search(reason["message"]) and reason["message_en"] for reason in shut["reasons"])


def test_an_act_moves_the_case(clerk: Program, caseworker: Program) -> None:
    no = clerk.register()["number"]
    answer = caseworker.act(no, "accept", {"route": 6}, 1)
    told = answer.get_json()
    assert (answer.status_code, told["state"]["id"], told["version"]) == (200, "accepted", 2)
    assert {"D6"} <= {clock["code"] for clock in told["clocks"]}
    assert [event["trigger"] for event in caseworker.get(f"/cases/{no}/events").get_json()["events"]] == [
        "register",
        "accept",
    ]


def test_a_stale_version_is_refused_with_what_has_changed(clerk: Program, caseworker: Program) -> None:
    no = clerk.register()["number"]
    clerk.act(no, "complete_record", {"petitioner_name": "李阿芳"}, 1)
    body = {"form": {"petitioner_name": "李芳"}, "version": 1}
    answer = clerk.post(f"/cases/{no}/acts/complete_record", body)
    told = answer.get_json()
    assert (answer.status_code, told["code"], told["current_version"]) == (409, "version-conflict", 2)
    assert told["changed_by"] == "周小满"
    assert told["changed_fields"] == ["petitioner_name"]
    assert told["changes"] == [{"field": "petitioner_name", "before": None, "after": "李阿芳"}]
    assert (told["state_before"], told["state"]) == ("registered", "registered")
    assert told["changed_at"].endswith("+08:00")
    assert clerk.post(f"/cases/{no}/acts/complete_record", {**body}, If_Match='"1"').status_code == 412
    assert clerk.post(f"/cases/{no}/acts/complete_record", {"form": body["form"]}, If_Match='"2"').status_code == 200


def test_who_comes_second_learns_who_was_first(clerk: Program, programs: Town) -> None:
    no = clerk.register()["number"]
    hands = [programs.program("chenliqiu"), programs.program("suwanqing")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda hand: hand.act(no, "accept", {"route": 6}, 1), hands))
    first, second = sorted(answers, key=lambda answer: answer.status_code)
    told = second.get_json()
    assert (first.status_code, second.status_code, told["code"]) == (200, 409, "illegal-transition")
    assert told["decided_by"] in ("陈立秋", "苏婉清")
    assert told["state"] == "accepted"


def test_the_same_key_brings_the_same_answer(clerk: Program, programs: Town) -> None:
    key = {"Idempotency_Key": "b7f3-open"}
    first = clerk.post("/cases/petition", {"form": VISIT}, **key)
    programs.program("chenliqiu").act(first.get_json()["number"], "accept", {"route": 6}, 1)
    counted = programs.counted()
    again = clerk.post("/cases/petition", {"form": VISIT}, **key)
    assert (again.status_code, again.get_json()) == (201, first.get_json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert programs.is_untouched(counted)


def test_an_act_asked_twice_is_done_once(clerk: Program, caseworker: Program) -> None:
    no = clerk.register()["number"]
    first = caseworker.act(no, "accept", {"route": 6}, 1, Idempotency_Key="b7f3-act")
    again = caseworker.act(no, "accept", {"route": 6}, 1, Idempotency_Key="b7f3-act")
    assert (again.status_code, again.get_json()) == (200, first.get_json())
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_key_with_another_body_is_refused(clerk: Program) -> None:
    clerk.post("/cases/petition", {"form": VISIT}, Idempotency_Key="b7f3-other")
    other = clerk.post(
        "/cases/petition", {"form": VISIT | {"content": "路灯坏了三周没人修。"}}, Idempotency_Key="b7f3-other"
    )
    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency-key-reused")


def test_another_units_case_is_not_there(clerk: Program, programs: Town) -> None:
    no = clerk.register()["number"]
    outside = programs.program("zhengheguang")
    for path in (
        "/cases/{}",
        "/cases/{}/acts",
        "/cases/{}/events",
        "/cases/{}/documents/1",
        "/cases/{}/clocks/D1/receipt",
    ):
        assert same(outside.get(path.format(no)), outside.get(path.format("XF-LA-2025-999999")))
    for body in ({"form": {"route": 6}, "version": 1}, {"form": {"nonsense": 1}, "version": 9}):
        acted = (outside.post(f"/cases/{each}/acts/accept", body) for each in (no, "XF-LA-2025-999999"))
        assert same(*acted)


def same(one: object, other: object) -> bool:
    """Byte for byte, but for the number that every request has."""
    found = []
    for answer in (one, other):
        own = answer.headers["X-Request-Id"]  # type: ignore[attr-defined]
        headers = sorted((name, value.replace(own, "")) for name, value in answer.headers)  # type: ignore[attr-defined]
        found.append((answer.status_code, headers, answer.data.replace(own.encode(), b"")))  # type: ignore[attr-defined]
    return found[0] == found[1] and found[0][0] == 404


def test_who_may_not_act_is_told_who_may(clerk: Program) -> None:
    no = clerk.register()["number"]
    answer = clerk.act(no, "accept", {"route": 6}, 1)
    told = answer.get_json()
    assert (answer.status_code, told["code"], told["action"]) == (403, "action-not-permitted", "accept")
    assert told["needed_role"] == ["caseworker"]


def test_an_act_of_another_state_is_told_with_what_is_allowed(clerk: Program, programs: Town) -> None:
    no = clerk.register()["number"]
    answer = programs.program("xuchengping", "unit_head").act(no, "reply", {}, 1)
    told = answer.get_json()
    assert (answer.status_code, told["code"], told["state"], told["trigger"]) == (
        409,
        "illegal-transition",
        "registered",
        "reply",
    )
    assert "accept" in told["allowed"]


def test_refusals_are_told_in_both_languages(clerk: Program, caseworker: Program) -> None:
    no = clerk.register()["number"]
    told = caseworker.act(no, "accept", {"route": 2}, 1).get_json()
    assert told["code"] == "guard-failed"
    assert told["errors"][0]["code"] == "GuardsFailed"
    assert CHINESE.search(told["detail"])
    assert told["detail_en"]
    assert told["title_en"] == "Not possible now"


def test_a_term_is_explained_day_by_day(clerk: Program) -> None:
    no = clerk.register()["number"]
    told = clerk.get(f"/cases/{no}/clocks/D1/receipt").get_json()
    assert told["rows"][-1]["on"] == told["due_on"] == told["clock"]["due_on"] == "2025-09-16"
    assert sum(row["counted"] for row in told["rows"]) == told["total"] == 15
    assert told["sentences"][0]["zh"]


def test_documents_are_handed_out_with_their_wording(clerk: Program) -> None:
    no = clerk.register()["number"]
    paper = clerk.get(f"/cases/{no}").get_json()["documents"][0]
    told = clerk.get(f"/cases/{no}/documents/{paper['id']}").get_json()
    assert told["document"] == "receipt"
    assert no in told["text"]


def test_a_resident_has_his_own_cases_and_no_others(clerk: Program, programs: Town) -> None:
    no = clerk.register()["number"]
    resident = programs.resident("1")
    opened = resident.post("/cases/petition", {"form": {**VISIT, "channel": "web"}, "unit": "LA"})
    assert opened.status_code == 201, opened.text
    assert resident.get(f"/cases/{opened.get_json()['number']}").status_code == 200
    assert resident.get(f"/cases/{no}").status_code == 404
    assert resident.act(no, "request_recusal", {}, 1).status_code == 404


def test_a_provisional_term_comes_with_a_warning(clerk: Program, programs: Town) -> None:
    """The day comes from the clock of the town: a year whose holidays nobody has announced yet."""
    assert clerk.register()["warnings"] == []
    programs.at("2028-01-04T09:00+08:00")
    told = programs.program("zhouxiaoman").register(type="request")
    simple = {"criteria": ["clear", "one_duty", "little_dispute", "first_time"]}
    answer = programs.program("chenliqiu").act(told["number"], "accept_simple", simple, 1)
    warned = next(each for each in answer.get_json()["warnings"] if each["clock"] == "D8")
    programs.at(MONDAY)
    assert warned["code"] == "calendar-missing"
    assert warned["provisional_due"].startswith("2028-01-")
    assert "2028" in warned["message"]
    assert "2028" in warned["message_en"]
