"""What is sent to break it: every line is answered with its own problem, nothing is written, nothing ever crashes."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from models import db, seed
from models.tables import Account, ApiToken, Post
from tests.web.programs import MONDAY, VISIT, Program, Town

OPEN = "/cases/petition"
CHINESE = re.compile("[\u4e00-\u9fff]")
DEEP = b'{"form":' + b"[" * 100_000 + b"]" * 100_000 + b"}"

# what, body of an opening, status, code, members beside it
FORMS: dict[str, tuple[dict[str, Any], int, str, dict[str, Any]]] = {
    "state set by hand": ({"state": "concluded", "org_id": 1, "due_at": "x"}, 422, "unknown-field", {}),
    "script": ({"content": "<script>alert(1)</script><img src=x onerror=alert(1)>"}, 201, "", {}),
    "NUL": ({"content": "扰民扰民扰民\x00无法入睡"}, 422, "invalid-character", {"offset": 7}),
    "lone surrogate": ({"content": "扰民扰民扰民\ud800"}, 422, "invalid-character", {"offset": 7}),
    "bidi": ({"content": "扰民扰民扰民\u202e无法"}, 201, "", {}),
    "too long": ({"content": "扰" * 10_001}, 422, "too-long", {"max": 10_000, "actual": 10_001}),
    "empty": ({"content": ""}, 422, "required", {}),
    "only full-width spaces": ({"content": "\u3000\u3000"}, 422, "required", {}),
    "a number for text": ({"content": 7}, 422, "invalid-value", {}),
    "an object for text": ({"content": {"$ne": ""}}, 422, "invalid-value", {}),
    "unknown option": ({"channel": "telepathy"}, 422, "unknown-option", {}),
    "29 February of no leap year": ({"received_on": "2025-02-29"}, 422, "invalid-date", {}),
    "month 13": ({"received_on": "2026-13-01"}, 422, "invalid-date", {}),
    "day first": ({"received_on": "31/12/2025"}, 422, "invalid-date", {}),
    "moment without zone": ({"received_on": "2025-09-01T09:00:00"}, 422, "timezone-required", {}),
    "moment with zone": ({"received_on": "2025-08-31T20:00:00Z"}, 201, "", {}),
    "future": ({"received_on": "2025-09-02"}, 422, "date-not-plausible", {"max": "2025-09-01"}),
    "long ago": ({"received_on": "1850-01-01"}, 422, "date-not-plausible", {"min": 1900, "max": 2200}),
    "phone with country": ({"petitioner_contact": "+86 138-0000-5678"}, 201, "", {}),
    "phone in full width": ({"petitioner_contact": "１３８００００５６７８"}, 201, "", {}),
    "no phone": ({"petitioner_contact": "119x"}, 422, "invalid-value", {}),
    "six representatives": ({"joint": True, "representatives": list("甲乙丙丁戊己")}, 422, "guard-failed", {}),
    "unit nobody knows": ({"subject_org": "NOWHERE"}, 422, "invalid-value", {}),
    "huge number": ({"co_signers_count": 10**400}, 422, "out-of-range", {}),
    "large number": ({"co_signers_count": 10**25}, 422, "out-of-range", {}),
    "path in a name": ({"attachments": "../../身份证.pdf"}, 201, "", {}),
    "name of a slash": ({"a/b~c": 1}, 422, "unknown-field", {}),
    "name of nothing": ({"": 1}, 422, "unknown-field", {}),
}

# what, bytes, kind, status, code
BODIES: dict[str, tuple[bytes, str, int, str]] = {
    "nothing": (b"", "application/json", 400, "malformed-json"),
    "half": (b'{"form": {', "application/json", 400, "malformed-json"),
    "deep": (DEEP, "application/json", 400, "malformed-json"),
    "deep without an end": (b"[" * 500_000, "application/json", 400, "malformed-json"),
    "quotes without an end": (b'"\\"' * 150_000, "application/json", 400, "malformed-json"),
    "twice": (b'{"form": {"channel": "visit", "channel": "web"}}', "application/json", 400, "malformed-json"),
    "NaN": (b'{"form": {"co_signers_count": NaN}}', "application/json", 400, "malformed-json"),
    "infinity": (b'{"form": {"co_signers_count": -Infinity}}', "application/json", 400, "malformed-json"),
    "beyond every number": (b'{"form": {"co_signers_count": 1e999}}', "application/json", 400, "malformed-json"),
    "not UTF-8": (b'{"form": {"content": "\xb3\xc7"}}', "application/json", 400, "malformed-json"),
    "UTF-16": ('{"form": {}}'.encode("utf-16"), "application/json", 400, "malformed-json"),
    "a list": (b"[]", "application/json", 422, "invalid-value"),
    "a word": (b'"form"', "application/json", 422, "invalid-value"),
    "null": (b"null", "application/json", 422, "invalid-value"),
    "a form that is a list": (b'{"form": ["channel"]}', "application/json", 422, "invalid-value"),
    "more than one megabyte": (
        b'{"form": {"content": "' + b"a" * 1_100_000 + b'"}}',
        "application/json",
        413,
        "too-large",
    ),
    "a web form": (b"channel=visit", "application/x-www-form-urlencoded", 415, "unsupported-media-type"),
    "text": (b"{}", "text/plain", 415, "unsupported-media-type"),
    "another alphabet": (b"{}", "application/json; charset=gbk", 415, "unsupported-media-type"),
    "a field of the envelope": (b'{"form": {}, "due_at": "x"}', "application/json", 422, "unknown-field"),
    "a trigger of no opening": (b'{"trigger": "accept"}', "application/json", 422, "unknown-option"),
    "a day that is none": (b'{"form": {}, "acted_on": "2025-02-29"}', "application/json", 422, "invalid-date"),
    "local time": (b'{"form": {}, "acted_on": "2025-09-01T09:00"}', "application/json", 422, "timezone-required"),
    "another unit": (b'{"form": {}, "unit": "SQ"}', "application/json", 422, "invalid-data"),
}

QUERIES: dict[str, tuple[str, str]] = {
    "sort by anything": ("sort=name;drop table", "unknown-sort"),
    "sort by a secret": ("sort=password_hash", "unknown-sort"),
    "a billion": ("limit=1000000000", "out-of-range"),
    "less than nothing": ("limit=-1", "out-of-range"),
    "limit abc": ("limit=abc", "out-of-range"),
    "pages": ("page=-1", "unknown-field"),
    "29 February": ("due_by=2025-02-29", "invalid-date"),
    "day first": ("filed_since=31/12/2025", "invalid-date"),
    "local time": ("filed_since=2025-09-01T09:00:00", "timezone-required"),
    "level of nobody": ("level=galaxy", "unknown-option"),
    "overdue perhaps": ("overdue=perhaps", "invalid-value"),
    "end of no page": ("after=nonsense", "out-of-range"),
    "end of another page": ("after=WyIyMDI1LTAyLTMwIDAwOjAwOjAwKzAwIiwgMV0=", "out-of-range"),
    "a huge end": ("after=WyJpbmZpbml0eSIsIDk5OTk5OTk5OTk5OTk5OTk5OTk5XQ==", "out-of-range"),
    "NUL": ("state=%00", "invalid-character"),
}

PLACES = (
    "/cases/%00", "/cases/XF-LA-2025-000001%00", "/cases/..%2f..%2fetc", "/cases/' OR 1=1 --", "/cases/" + "9" * 5000,
    "/cases/x/documents/99999999999999999999999", "/cases/x/documents/-1", "/cases/x/clocks/%ff/receipt", "/nothing",
    "/", "/procedures/%F0%9F%92%A9",
)  # fmt: skip
REPLY = {
    "outcome": "explain", "opinion": "f1", "legal_basis": "《信访工作条例》第34条", "remedy_named": True,
    "facts_found": "夜间装卸属实，已有整改安排。", "decision": "由市场管理方限时装卸。",
}  # fmt: skip


@pytest.fixture
def clerk(programs: Town) -> Program:
    programs.at(MONDAY)
    return programs.program("zhouxiaoman")


def is_problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """A problem of RFC 9457 in both languages, and nothing of how it is made."""
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    told: dict[str, Any] = answer.get_json()
    assert (told["code"], told["status"], told["type"].rsplit("/", 1)[-1]) == (code, status, code)
    assert told["instance"] == f"urn:uuid:{answer.headers['X-Request-Id']}"
    said = [(told[name], told[f"{name}_en"]) for name in ("title", "detail")]
    for zh, en in (*said, *((each["message"], each["message_en"]) for each in told.get("errors", []))):
        assert CHINESE.search(zh)
        assert en
        assert not CHINESE.search(en.replace("周小满", ""))
    assert not re.search("Traceback|psycopg|SELECT|sqlalchemy", answer.text)
    return told


@pytest.mark.parametrize("what", FORMS)
def test_forms(clerk: Program, programs: Town, what: str) -> None:
    form, status, code, members = FORMS[what]
    counted = programs.counted()
    answer = clerk.send(OPEN, json.dumps({"form": VISIT | form}).encode())
    if status == 201:
        assert answer.status_code == 201, answer.text
        return
    told = is_problem(answer, status, code)
    assert members.items() <= told.items()
    assert programs.is_untouched(counted)


@pytest.mark.parametrize("what", BODIES)
def test_bodies(clerk: Program, programs: Town, what: str) -> None:
    data, kind, status, code = BODIES[what]
    counted = programs.counted()
    told = is_problem(clerk.send(OPEN, data, kind), status, code)
    assert programs.is_untouched(counted)
    assert status != 400 or {"line", "column"} <= told.keys()
    assert status != 415 or told["accepted"] == ["application/json"]


@pytest.mark.parametrize("what", QUERIES)
def test_queries(clerk: Program, what: str) -> None:
    query, code = QUERIES[what]
    told = is_problem(clerk.get(f"/cases?{query}"), 422, code)
    assert code != "unknown-sort" or "due" in told["allowed"]
    assert not query.startswith("limit") or (told["min"], told["max"]) == (1, 200)
    assert code != "invalid-date" or told["expected"] == "YYYY-MM-DD"


@pytest.mark.parametrize("place", PLACES)
def test_places_that_are_not_there(clerk: Program, place: str) -> None:
    is_problem(clerk.get(place), 404, "not-found")


def test_where_the_mistake_stands_is_told(clerk: Program) -> None:
    told = is_problem(clerk.send(OPEN, b'{"form": {\n  "channel": visit}}'), 400, "malformed-json")
    assert (told["line"], told["column"]) == (2, 14)
    told = is_problem(clerk.send(OPEN, b'{"form": {},\n "form": {}}'), 400, "malformed-json")
    assert (told["line"], told["column"]) == (2, 2)


def test_every_wrong_line_is_named(clerk: Program) -> None:
    told = is_problem(clerk.post(OPEN, {"form": {"channel": "x", "content": "短"}}), 422, "invalid-data")
    assert {each["pointer"]: each["code"] for each in told["errors"]} == {
        "/form/channel": "unknown-option",
        "/form/content": "too-short",
    }
    told = is_problem(clerk.post(OPEN, {"form": VISIT | {"a/b~c": 1, "state": 1}}), 422, "unknown-field")
    assert {each["pointer"] for each in told["errors"]} == {"/form/a~1b~0c", "/form/state"}
    assert {"a/b~c", "state"} <= set(re.split("[：、。]", told["detail"]))


def test_an_identity_number_is_never_repeated(clerk: Program, programs: Town) -> None:
    no = clerk.register()["number"]
    programs.program("chenliqiu").act(no, "accept", {"route": 6}, 1)
    assert programs.program("xuchengping", "unit_head").act(no, "reply", REPLY, 2).status_code == 200
    for number, code in {"110105194912310021": "id-card-checksum", "110105491231002": "id-card-old"}.items():
        form = {"method": "hand", "identity_disputed": True, "id_no": number}
        answer = clerk.act(no, "record_service", form, 3)
        is_problem(answer, 422, code)
        assert number not in answer.text


def test_an_act_needs_the_version_seen(clerk: Program) -> None:
    no = clerk.register()["number"]
    is_problem(clerk.post(f"/cases/{no}/acts/complete_record", {"form": {}}), 422, "required")
    for seen in ("nonsense", 'W/"1"', "*", '"1", "2"'):
        is_problem(
            clerk.post(f"/cases/{no}/acts/complete_record", {"form": {}}, If_Match=seen), 412, "version-conflict"
        )
    is_problem(clerk.act(no, "nonsense", {}, 1), 409, "illegal-transition")
    is_problem(clerk.act(no, "complete_record", {}, 10**30), 422, "out-of-range")


def test_a_third_extension_is_told_its_limits(clerk: Program, programs: Town) -> None:
    no = clerk.register()["number"]
    worker, head = programs.program("chenliqiu"), programs.program("xuchengping", "unit_head")
    worker.act(no, "accept", {"route": 6}, 1)
    worker.act(no, "request_extension", {"days": 10, "reason": "须调取档案。"}, 2)
    assert head.act(no, "approve_extension", {}, 3).status_code == 200
    told = is_problem(
        worker.act(no, "request_extension", {"days": 10, "reason": "还须调取。"}, 4), 422, "extension-limit"
    )
    assert (told["used"], told["max_days"]) == (1, 30)


def test_a_key_is_plain_text(clerk: Program) -> None:
    is_problem(clerk.post(OPEN, {"form": VISIT}, Idempotency_Key="x" * 201), 422, "invalid-data")
    is_problem(clerk.post(OPEN, {"form": VISIT}, Idempotency_Key="a b"), 422, "invalid-data")


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic Zm86YmFy", "Bearer linban_" + "x" * 43, "Bearer " + "ü" * 40]
)
def test_without_a_token_nothing_is_told(programs: Town, header: str) -> None:
    client = programs.app.test_client()
    for path in ("/cases", "/cases/XF-LA-2025-000001", "/nothing"):
        answer = client.get(f"/api/v1{path}", headers={"Authorization": header} if header else {})
        is_problem(answer, 401, "login-required")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert client.post(f"/api/v1{OPEN}", json={}).status_code == 401


def test_a_signed_in_browser_is_nobody_here(programs: Town) -> None:
    client = programs.app.test_client()
    token = re.search('name="csrf_token" value="([^"]+)"', client.get("/login").text)
    assert token
    entered = {"login": "zhouxiaoman", "password": seed.DEMO_PASSWORD, "csrf_token": token[1]}
    assert client.post("/login", data=entered).status_code == 303
    is_problem(client.get("/api/v1/me"), 401, "login-required")
    is_problem(client.post(f"/api/v1{OPEN}", json={"form": VISIT}), 401, "login-required")


def test_a_method_that_is_not_there_names_those_that_are(clerk: Program) -> None:
    answer = clerk.client.delete("/api/v1/cases", headers=clerk.headers({}))
    is_problem(answer, 405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]


def test_a_token_ends_with_its_day_its_post_and_its_account(programs: Town) -> None:
    for ending in (expired, revoked, without_post, without_account):
        program = programs.program("suwanqing")
        assert program.get("/me").status_code == 200
        undo = ending(programs)
        assert program.get("/me").status_code == 401, ending.__name__
        undo()


def expired(programs: Town) -> Any:
    return changed(programs, ApiToken, "expires_at", db_now(programs))


def revoked(programs: Town) -> Any:
    return changed(programs, ApiToken, "revoked_at", db_now(programs))


def without_post(programs: Town) -> Any:
    yesterday = db_now(programs).date() - timedelta(days=1)
    return changed(programs, Post, "to_day", yesterday)


def without_account(programs: Town) -> Any:
    return changed(programs, Account, "closed_at", db_now(programs))


def db_now(programs: Town) -> Any:
    with db.transaction(programs.sessions) as session:
        return db.now(session)


def changed(programs: Town, table: Any, column: str, value: Any) -> Any:
    """Sets the column in every row; what is returned empties it again."""

    def put(value: Any) -> None:
        with db.transaction(programs.sessions) as session:
            session.execute(update(table).values({column: value}))

    put(value)
    return lambda: put(None)
