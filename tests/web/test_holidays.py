"""A supervisor of the district looks at what a notice moves, then loads it; nobody else does."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import Engine, text

from models.almanac import statutory
from tests.web import counter, town
from tests.web.counter import Desk
from tests.web.test_residents import CODE
from web.cli import main

Sit = Callable[[str], Desk]
PAGE = "/calendar/notice"
OWN = "".join(f"{on},休,{name}\n" for on, name in sorted(statutory(2027).items()))
LATER = f"{OWN}2027-01-04,休,元旦\n2027-01-05,休,元旦\n2027-01-09,班,元旦\n"
PETITION = {
    "channel": "visit", "content": "桂花巷37号院地下室反复积水，请求明确维修责任。", "petitioner_name": "周素珍",
    "petitioner_contact": "13800001234", "address": "桂花巷37号院", "simple_wanted": "true",
}  # fmt: skip
CRITERIA = ["clear", "one_duty", "little_dispute", "first_time"]
MOVE = text(
    "INSERT INTO clock_offset (ahead) VALUES (CAST('2026-12-22T10:00+08:00' AS timestamptz) - clock_timestamp())"
)


@pytest.fixture
def december(database_url: str) -> Iterator[tuple[Engine, str]]:
    """A town of its own, on 22 December 2026."""
    name = f"december_{os.getpid()}_{os.urandom(4).hex()}"
    with town.schema(database_url, name) as engine:
        with engine.begin() as at:
            at.execute(MOVE)
        yield engine, name


@pytest.fixture
def winter(december: tuple[Engine, str], database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = counter.make(database_url, december[1], tmp_path)
    yield app
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


@pytest.fixture
def seat(winter: Flask) -> Sit:
    return lambda login: Desk(winter.test_client()).sign_in(login)


@pytest.fixture
def number(seat: Sit) -> str:
    """Handled the simple way: ten working days, until 6 January 2027, provisionally."""
    answer = seat("fang").fill("/cases/new/petition/register", **PETITION)
    found = re.search(r"XF-LAJD-\d{4}-\d{6}", answer.text)
    assert found
    desk = seat("lin")
    done = desk.fill(f"/cases/{found[0]}/do/accept_simple", criteria=CRITERIA)
    assert done.status_code == 200
    return found[0]


def due(engine: Engine) -> list[str]:
    with engine.connect() as at:
        return list(at.execute(text("SELECT due_on::text FROM clocks WHERE code = 'D8'")).scalars())


def rests(engine: Engine) -> int:
    with engine.connect() as at:
        return at.execute(
            text("SELECT count(*) FROM calendar_days WHERE day = '2027-01-04' AND kind = 'rest'")
        ).scalar_one()


def test_a_notice_is_previewed_confirmed_and_told(december: tuple[Engine, str], seat: Sit, number: str) -> None:
    engine, desk = december[0], seat("shi")
    assert PAGE in desk.get("/calendar").text
    desk.get(PAGE)
    seen = desk.post(f"{PAGE}/preview", {"notice": LATER})
    assert (seen.status_code, due(engine), rests(engine)) == (200, ["2027-01-06"], 0)
    for words in ("延后2天", "2027年1月6日（星期三）", "2027年1月8日（星期五）", number, "还没有载入"):
        assert words in seen.text
    done = desk.post(PAGE, {"notice": LATER})
    assert (done.status_code, rests(engine)) == (200, 1)
    assert "2027年放假安排已载入" in done.text
    assert number in done.text
    assert due(engine) == ["2027-01-08"]


def test_loading_it_again_changes_nothing(december: tuple[Engine, str], seat: Sit, number: str) -> None:
    desk = seat("shi")
    desk.get(PAGE)
    desk.post(PAGE, {"notice": LATER})
    before = due(december[0])
    assert "没有变动" in desk.post(f"{PAGE}/preview", {"notice": LATER}).text
    assert "确认载入" not in desk.seen.text
    assert "没有变动" in desk.post(PAGE, {"notice": LATER}).text
    assert due(december[0]) == before


def test_the_history_of_the_case_tells_the_cause(seat: Sit, number: str) -> None:
    desk = seat("shi")
    desk.get(PAGE)
    desk.post(PAGE, {"notice": LATER})
    shown = seat("lin").get(f"/cases/{number}").text
    assert "新的放假安排公布，期限重新计算" in shown
    assert "12月22日起按新公布的放假安排计算。" in shown


def test_who_holds_the_case_finds_it_in_his_inbox_and_the_resident_on_his_page(
    winter: Flask, seat: Sit, number: str
) -> None:
    code = tracked(winter, number)
    desk = seat("shi")
    desk.get(PAGE)
    desk.post(PAGE, {"notice": LATER})
    inbox = seat("lin").get("/inbox").text
    assert "简易办理期限因新的放假安排改到1月8日" in inbox
    assert f'href="/cases/{number}"' in inbox
    resident = Desk(winter.test_client())
    resident.fill("/track", code=code, factor="1234")
    page = resident.get("/track/case").text
    assert "简易办理期限因新的放假安排改到2027年1月8日" in page
    assert "起按新公布的放假安排计算" in page
    resident.client.set_cookie("linban_language", "en")
    assert "now 8 Jan 2027, by a new holiday notice" in resident.get("/track/case").text


def tracked(winter: Flask, number: str) -> str:
    """A code given out anew at the counter."""
    clerk = Desk(winter.test_client()).sign_in("fang")
    return CODE.search(clerk.fill(f"/cases/{number}/code", identity="document").text)[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_is_taken_as_spreadsheets_save_it(december: tuple[Engine, str], seat: Sit, encoding: str) -> None:
    desk = seat("shi")
    desk.get(PAGE)
    file = (io.BytesIO(LATER.encode(encoding)), "2027.csv")
    seen = desk.post(f"{PAGE}/preview", {"file": file, "notice": ""}, content_type="multipart/form-data")
    assert seen.status_code == 200
    assert desk.post(PAGE, {"notice": re.search(r'name="notice" value="([^"]*)"', seen.text)[1]}).status_code == 200
    assert rests(december[0]) == 1


def test_what_cannot_be_read_comes_back_with_what_is_wrong(december: tuple[Engine, str], seat: Sit) -> None:
    desk = seat("shi")
    desk.get(PAGE)
    for path in (f"{PAGE}/preview", PAGE):
        answer = desk.post(path, {"notice": "2027-01-01,假,元旦\n2027-02-30,休,春节"})
        assert answer.status_code == 422
        assert "第1行须写明“休”或“班”" in answer.text
        assert "第2行的日期“2027-02-30”不存在" in answer.text
        assert "2027-02-30,休,春节" in answer.text
    assert rests(december[0]) == 0


def test_a_notice_that_is_not_whole_is_warned_of(seat: Sit) -> None:
    desk = seat("shi")
    desk.get(PAGE)
    text_ = desk.post(f"{PAGE}/preview", {"notice": "2027-01-01,休,元旦"}).text
    assert "通知没有写全" in text_
    assert "国庆节" in text_


@pytest.mark.parametrize("login", ["fang", "lin", "zhao", "idle"])
def test_nobody_else_may(december: tuple[Engine, str], seat: Sit, login: str) -> None:
    desk = seat(login)
    assert PAGE not in desk.get("/calendar").text
    assert desk.get(PAGE).status_code == 403
    desk.get("/login")
    for path in (f"{PAGE}/preview", PAGE):
        assert desk.post(path, {"notice": LATER}).status_code == 403
    assert rests(december[0]) == 0


def test_a_supervisor_of_a_street_is_not_high_enough(december: tuple[Engine, str], seat: Sit) -> None:
    with december[0].begin() as at:
        at.execute(text("UPDATE posts SET unit_id = 'LAJD' WHERE role = 'supervisor'"))
    assert seat("shi").get(PAGE).status_code == 403


def test_the_list_keeps_what_is_sealed_to_itself(december: tuple[Engine, str], seat: Sit, number: str) -> None:
    with december[0].begin() as at:
        at.execute(text("UPDATE cases SET sealed_to = '{sealed_handler}'"))
    desk = seat("shi")
    desk.get(PAGE)
    seen = desk.post(f"{PAGE}/preview", {"notice": LATER}).text
    assert number not in seen
    assert "没有可以列出的期限" in seen


def test_the_command_tells_and_loads(
    december: tuple[Engine, str], database_url: str, number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, schema = december
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("LINBAN_SCHEMA", schema)
    monkeypatch.setenv("LINBAN_SECRET_KEY", "a secret that opens nothing")
    path = tmp_path / "2027.csv"
    path.write_text(LATER, encoding="utf-8")
    told = CliRunner().invoke(main, ["calendar", "preview", str(path)])
    assert (told.exit_code, due(engine)) == (0, ["2027-01-06"]), told.output
    assert number[:10] in told.output
    done = CliRunner().invoke(main, ["calendar", "load", str(path)])
    assert (done.exit_code, due(engine)) == (0, ["2027-01-08"]), done.output
    assert "nothing changed" in CliRunner().invoke(main, ["calendar", "load", str(path)]).output


def test_the_command_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "2027.csv"
    path.write_text("2027-01-04,班,元旦", encoding="utf-8")
    told = CliRunner().invoke(main, ["calendar", "preview", str(path)])
    assert told.exit_code == 2
    assert "不是周六或周日" in told.output
