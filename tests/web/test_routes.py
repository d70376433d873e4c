"""Every address is on the list of who may call it, and asking changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from tests.web.counter import Desk
from tests.web.routes import ROUTES

Sit = Callable[..., Desk]
FILLED = {
    "<procedure>": "petition", "<trigger>": "register", "<number>": "XF-LAJD-2026-999999", "<int:id>": "1",
    "<uuid:id>": "0198c0de-0000-7000-8000-000000000000", "<id>": "petition", "<code>": "en", "<name>": "dark",
}  # fmt: skip
GETS = [rule for rule, method, _who in ROUTES.values() if method == "GET"]
# An anonymous form knows no cookie, so that there is nothing a token would guard.
POSTS = [rule for rule, method, _who in ROUTES.values() if method == "POST" and not rule.startswith("/form")]


def filled(rule: str) -> str:
    for name, value in FILLED.items():
        rule = rule.replace(name, value)
    return rule


def test_every_route_is_on_the_list(street: Flask) -> None:
    found = {
        (rule.endpoint, str(rule), method)
        for rule in street.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static" and not str(rule).startswith("/api")
    }
    assert found == {(endpoint, rule, method) for endpoint, (rule, method, _who) in ROUTES.items()}


@pytest.mark.parametrize(("rule", "method", "who"), ROUTES.values(), ids=list(ROUTES))
def test_only_public_pages_open_without_signing_in(sit: Sit, rule: str, method: str, who: str) -> None:
    desk = sit()
    desk.get("/track")
    answer = desk.get(filled(rule)) if method == "GET" else desk.post(filled(rule))
    shut = answer.status_code == 401 or answer.headers.get("Location") == "/login"
    assert shut == (who != "public") or (rule, method) in {("/logout", "POST"), ("/login", "POST")}


@pytest.mark.parametrize("rule", GETS)
def test_reading_writes_nothing(street: Flask, sit: Sit, rule: str) -> None:
    desk, written = sit("shi"), []
    with street.app_context():
        engine = street.extensions["sqlalchemy"].engine

    def watch(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if re.match(r"\s*(INSERT|UPDATE|DELETE|CREATE|DROP|ALTER)", statement, re.IGNORECASE):
            written.append(statement)

    event.listen(engine, "before_cursor_execute", watch)
    try:
        desk.get(filled(rule))
    finally:
        event.remove(engine, "before_cursor_execute", watch)
    assert written == []


@pytest.mark.parametrize("rule", POSTS)
def test_every_change_needs_the_token(sit: Sit, rule: str) -> None:
    desk = sit("shi")
    desk.get("/")
    assert desk.client.post(filled(rule)).status_code == 403


@pytest.mark.parametrize(
    "path", ["/nowhere", "/cases/x/y/z", "/procedures/unknown", "/file/unknown", "/cases/new/petition/accept"]
)
def test_what_is_not_there_is_not_found(sit: Sit, path: str) -> None:
    answer = sit("lin").get(path)
    assert answer.status_code == 404
    assert "没有找到" in answer.text


def test_a_wrong_method_says_which_are_right(sit: Sit) -> None:
    answer = sit("lin").client.delete("/procedures")
    assert answer.status_code == 403 or "GET" in answer.headers["Allow"]
