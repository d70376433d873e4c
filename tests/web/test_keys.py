"""Keys for programs belong to the person they speak for: seen and taken back by nobody else; and none writes too often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from models.db import db
from models.tables import Account, ApiToken
from tests.web.counter import Desk
from tests.web.programs import MONDAY, VISIT, Program, Town
from web import tokens
from workflow.snapshot import Actor

Sit = Callable[..., Desk]


@pytest.fixture
def key(street: Flask) -> tuple[int, str]:
    """Of 林晓芸, caseworker of the street."""
    with street.app_context():
        person = db.session.scalar(select(Account.person_id).where(Account.login == "lin"))
        word = tokens.issue(db.session(), Actor(str(person), "caseworker", "LAJD"), "数据对接")
        db.session.flush()
        id_ = db.session.scalar(select(ApiToken.id).where(ApiToken.token_hash == tokens.hashed(word)))
        db.session.commit()
        return id_, word


def me(street: Flask, word: str) -> int:
    return Program(street.test_client(), word).get("/me").status_code


def test_one_sees_the_own_keys_and_never_the_word(sit: Sit, street: Flask, key: tuple[int, str]) -> None:
    assert me(street, key[1]) == 200
    desk = sit("lin")
    assert 'href="/keys"' in desk.get("/").text
    text = desk.get("/keys").text
    assert "数据对接" in text
    assert "承办人，柳岸街道" in text
    assert "从未使用" not in text.partition("数据对接")[2].partition("</tr>")[0]
    assert key[1] not in text


@pytest.mark.parametrize("login", ["shi", "zhao"])
def test_nobody_sees_or_takes_back_the_keys_of_another(
    sit: Sit, street: Flask, key: tuple[int, str], login: str
) -> None:
    desk = sit(login)
    assert "数据对接" not in desk.get("/keys").text
    desk.get("/")
    assert desk.post(f"/keys/{key[0]}/revoke").status_code == 404
    assert me(street, key[1]) == 200


def test_a_key_taken_back_opens_nothing(sit: Sit, street: Flask, key: tuple[int, str]) -> None:
    desk = sit("lin")
    desk.get("/keys")
    assert desk.post(f"/keys/{key[0]}/revoke").status_code == 303
    assert f"/keys/{key[0]}/revoke" not in desk.get("/keys").text
    assert me(street, key[1]) == 401
    assert desk.post(f"/keys/{key[0]}/revoke").status_code == 404


# How often


@pytest.fixture
def hasty(programs: Town) -> Iterator[Program]:
    """Three writes a minute, in a minute of which twenty seconds have passed."""
    allowed = programs.app.config["API_WRITES"]
    programs.app.config["API_WRITES"] = 3
    programs.at("2025-09-02T09:00:20+08:00")
    yield programs.program("wupeilan")
    programs.app.config["API_WRITES"] = allowed
    programs.at(MONDAY)


def write(program: Program) -> int:
    return program.post("/cases/petition", {"form": VISIT}).status_code


def test_one_write_too_many_is_told_when_to_come_again(hasty: Program, programs: Town) -> None:
    programs.at("2025-09-02T09:01:20+08:00")
    assert [write(hasty) for _ in range(3)] == [201] * 3
    before = programs.counted()
    answer = hasty.post("/cases/petition", {"form": VISIT})
    told = answer.get_json()
    assert (answer.status_code, told["code"]) == (429, "too-many-attempts")
    assert 30 <= int(answer.headers["Retry-After"]) <= 40
    assert told["retry_after"] == int(answer.headers["Retry-After"])
    assert told["detail"].startswith("每分钟最多提交3次，请")
    assert told["detail_en"].startswith("No more than 3 writes a minute; try again in ")
    assert programs.is_untouched(before)


def test_the_next_minute_begins_anew(hasty: Program, programs: Town) -> None:
    programs.at("2025-09-02T09:03:20+08:00")
    assert [write(hasty) for _ in range(4)] == [201, 201, 201, 429]
    programs.at("2025-09-02T09:04:01+08:00")
    assert write(hasty) == 201


def test_reading_is_not_counted(hasty: Program, programs: Town) -> None:
    programs.at("2025-09-02T09:05:20+08:00")
    assert [hasty.get("/me").status_code for _ in range(6)] == [200] * 6
    assert write(hasty) == 201


def test_what_is_refused_counts_too(hasty: Program, programs: Town) -> None:
    programs.at("2025-09-02T09:06:20+08:00")
    assert [hasty.post("/cases/petition", {"form": {}}).status_code for _ in range(4)] == [422, 422, 422, 429]


def test_it_is_counted_by_person_whatever_the_key(hasty: Program, programs: Town) -> None:
    programs.at("2025-09-02T09:07:20+08:00")
    second, another = programs.program("wupeilan"), programs.program("zhouxiaoman")
    assert [write(each) for each in (hasty, second, hasty, second)] == [201, 201, 201, 429]
    assert write(another) == 201


def test_writes_at_one_moment_are_all_counted(hasty: Program, programs: Town) -> None:
    programs.at("2025-09-02T09:08:20+08:00")
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(lambda _: write(hasty), range(6))) == [201] * 3 + [429] * 3
