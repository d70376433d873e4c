"""Signing in: who may, how often, for how long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from models.db import db, now
from tests.web import town
from tests.web.counter import Desk

Sit = Callable[..., Desk]


@pytest.fixture
def later(street: Flask) -> Iterator[Callable[[timedelta], None]]:
    """Puts the clock of the counter forward."""
    own = street.extensions["linban.clock"]

    def put(by: timedelta) -> None:
        street.extensions["linban.clock"] = lambda: now(db.session()) + by

    yield put
    street.extensions["linban.clock"] = own


def test_a_page_of_the_staff_sends_to_the_door_and_back(sit: Sit) -> None:
    desk = sit()
    assert desk.get("/inbox").headers["Location"] == "/login"
    desk.get("/login")
    assert desk.post("/login", {"login": "lin", "password": town.PASSWORD}).headers["Location"] == "/inbox"


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"])
def test_nobody_is_sent_elsewhere(sit: Sit, place: str) -> None:
    desk = sit()
    desk.get("/login")
    assert desk.post("/login", {"login": "lin", "password": town.PASSWORD, "next": place}).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("login", "password"), [("lin", "wrong"), ("nobody", "wrong"), ("", ""), ("x" * 5000, "y" * 5000)]
)
def test_a_wrong_name_and_a_wrong_password_look_alike(sit: Sit, login: str, password: str) -> None:
    desk = sit()
    answer = desk.fill("/login", login=login, password=password)
    assert answer.status_code == 401
    assert "用户名或密码不正确。" in answer.text


@pytest.mark.parametrize("login", ["idle", "never-was"])
def test_the_sixth_try_has_to_wait_whether_the_name_is_known_or_not(sit: Sit, login: str) -> None:
    desk = sit()
    desk.get("/login")
    answers = [desk.post("/login", {"login": login, "password": "wrong"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert "15 分钟后再试" in answers[-1].text
    assert desk.post("/login", {"login": login, "password": town.PASSWORD}).status_code == 429


def test_a_new_word_is_given_at_login(sit: Sit) -> None:
    desk = sit()
    desk.get("/login")
    before = desk.client.get_cookie("linban").value
    desk.post("/login", {"login": "lin", "password": town.PASSWORD})
    assert desk.client.get_cookie("linban").value != before


def test_half_an_hour_of_doing_nothing_ends_it(sit: Sit, later: Callable[[timedelta], None]) -> None:
    desk = sit("lin")
    later(timedelta(minutes=29))
    assert desk.get("/").status_code == 200
    later(timedelta(minutes=60))
    assert desk.get("/").status_code == 303


def test_eight_hours_end_it_however_busy(sit: Sit, later: Callable[[timedelta], None]) -> None:
    desk = sit("lin")
    for minutes in range(25, 8 * 60, 25):
        later(timedelta(minutes=minutes))
        assert desk.get("/").status_code == 200
    later(timedelta(hours=8, minutes=1))
    assert desk.get("/").status_code == 303


def test_after_leaving_the_old_cookie_opens_nothing(sit: Sit) -> None:
    desk = sit("lin")
    desk.get("/")
    kept = desk.client.get_cookie("linban").value
    desk.post("/logout")
    desk.client.set_cookie("linban", kept)
    assert desk.get("/").status_code == 303


def test_acting_in_another_post_is_a_new_session(sit: Sit) -> None:
    desk = sit("lin")
    text = desk.get("/").text
    other = re.search(r'value="(\d+)"><button>登记接访员', text)[1]
    kept = desk.client.get_cookie("linban").value
    desk.post("/post", {"post": other})
    assert "桂花巷社区</summary>" in desk.get("/").text
    desk.client.set_cookie("linban", kept)
    assert desk.get("/").status_code == 303


def test_nobody_takes_the_post_of_another(sit: Sit) -> None:
    desk = sit("fang")
    desk.get("/")
    assert desk.post("/post", {"post": "4"}).status_code == 403


def test_who_holds_no_post_sees_no_cases(sit: Sit, street: Flask) -> None:
    with street.app_context():
        db.session.execute(db.text("DELETE FROM login_tries"))
        db.session.commit()
    assert sit("idle").get("/").status_code == 403


def test_language_light_and_size_are_remembered(sit: Sit) -> None:
    desk = sit()
    desk.get("/track")
    for place in ("/language/en", "/theme/dark", "/size/large"):
        answer = desk.post(place, headers={"Referer": "http://localhost/track"})
        assert answer.headers["Location"] == "/track"
    text = desk.get("/track").text
    assert '<html lang="en" data-bs-theme="dark">' in text
    assert "lb-large" in text


@pytest.mark.parametrize("place", ["/language/xx", "/theme/pink", "/size/huge"])
def test_what_is_not_offered_is_not_found(sit: Sit, place: str) -> None:
    desk = sit()
    desk.get("/track")
    assert desk.post(place).status_code == 404
