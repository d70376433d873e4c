"""One quarrel from the counter to the last visit, before a real browser: two neighbours, two codes, one agreement."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from jobs import store
from models import db
from tests.web import browser, counter, town
from tests.web.test_flow import sign_in
from tests.web.test_story import Time, act, follow

SCREENED = ("our_matter", "no_reserved", "not_settled", "voluntary", "no_violence")


@pytest.fixture(scope="module")
def office(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Time]]:
    """The small town, on a clock of its own."""
    name = f"quarrel_{os.getpid()}"
    with town.schema(database_url, name) as engine:
        store.close()
        app = counter.make(database_url, name, tmp_path_factory.mktemp("quarrel"))
        yield app, Time(db.sessions(engine, secret="opens nothing"))
        store.close()
        with app.app_context():
            db.db.engine.dispose()


@pytest.fixture
def sheet(office: tuple[Flask, Time], chromium: Browser) -> Iterator[Page]:
    with browser.served(office[0]) as address, browser.window(chromium, address) as page:
        yield page


def register(sheet: Page) -> tuple[str, str]:
    """The number of the case and the code of whoever applied."""
    sheet.goto("/cases/new/mediation/register")
    for row, (side, name, phone) in enumerate((("A", "张兰", "13800000001"), ("B", "李明", "13800000002"))):
        sheet.check(f"input[name='sides.{row}.side'][value={side}]")
        sheet.fill(f"[id='f-sides.{row}.name']", name)
        sheet.fill(f"[id='f-sides.{row}.phone']", phone)
    sheet.fill("#f-title", "楼上夜间练鼓")
    sheet.fill("#f-facts", "楼上每晚练鼓，多次劝说没有结果。")
    choose(sheet, "source", "application")
    sheet.click("form.lb-form button.lb-btn-go")
    assert sheet.locator("#trouble").count() == 0, sheet.locator("#trouble").inner_text()
    (code,) = codes_for(sheet, "张兰")
    return sheet.locator(".lb-head .lb-nb").inner_text(), code


def codes_for(sheet: Page, name: str) -> list[str]:
    """What stands on the slip that is handed to him."""
    slip = sheet.locator(".lb-slip", has_text=name)
    return re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}[0-9A-Z*~$=]", slip.inner_text())


def ask(sheet: Page, number: str) -> str:
    """The code of the other side, who is asked for his consent."""
    sheet.goto(f"/cases/{number}/do/ask_consent")
    for value in SCREENED:
        sheet.check(f"input[name=admissibility][value={value}]")
    sheet.fill("#f-tier", "2")
    choose(sheet, "kind", "noise")
    sheet.click("form.lb-form button.lb-btn-go >> nth=0")
    (code,) = codes_for(sheet, "李明")
    return code


def choose(sheet: Page, name: str, value: str) -> None:
    """One of few side by side, or of many in a list."""
    listed = sheet.locator(f"select[name='{name}']")
    if listed.count():
        listed.select_option(value)
    else:
        sheet.check(f"input[name='{name}'][value='{value}']")


def draw_up(sheet: Page, number: str) -> None:
    sheet.goto(f"/cases/{number}/do/draft_written")
    sheet.fill("#f-content", "李明晚九点以后不练鼓，并赔偿张兰隔音费用。")
    choose(sheet, "terms.0.who", "B")
    sheet.fill("[id='f-terms.0.what']", "赔偿隔音费用")
    sheet.fill("[id='f-terms.0.amount']", "800")
    sheet.fill("[id='f-terms.0.due_on']", "2026-03-20")
    sheet.click("form.lb-form button.lb-btn-go >> nth=0")
    assert sheet.locator("#trouble").count() == 0, sheet.locator("#trouble").inner_text()


def test_from_the_counter_to_the_last_visit(sheet: Page, office: tuple[Flask, Time]) -> None:
    _, time = office
    time.pass_until("2026-03-02T09:00")
    sign_in(sheet, "deng")
    number, first = register(sheet)
    second = ask(sheet, number)

    told = follow(sheet, first, "0001")
    assert "征询意愿" in told
    assert "李明" not in told
    act(sheet, "/track/do/consent", consent_form="online")
    follow(sheet, second, "0002")
    act(sheet, "/track/do/consent", consent_form="online")
    assert "已受理" in follow(sheet, first, "0001")

    time.pass_until("2026-03-03T09:00")
    sign_in(sheet, "qin")
    mediator = "input[name=mediators]"
    sheet.goto(f"/cases/{number}/do/assign")
    sheet.locator(mediator).first.check()
    sheet.check("input[name=chosen_by][value=committee]")
    sheet.click("form.lb-form button.lb-btn-go >> nth=0")
    sign_in(sheet, "yao")
    draw_up(sheet, number)
    act(sheet, f"/cases/{number}/do/sign", mark_form="signature")

    time.pass_until("2026-03-04T09:00")
    follow(sheet, second, "0002")
    act(sheet, "/track/do/sign", mark_form="signature")
    sign_in(sheet, "deng")
    act(sheet, f"/cases/{number}/do/sign", on_behalf_of="party_1", mark_form="fingerprint")
    sign_in(sheet, "qin")
    act(sheet, f"/cases/{number}/do/sign", mark_form="seal")
    sheet.goto(f"/cases/{number}")
    page = sheet.locator("main").inner_text()
    assert "协议生效" in sheet.locator(".lb-sticky").inner_text()
    assert "800.00元" in page
    assert "申请司法确认期限" in page

    time.pass_until("2026-03-19T10:00")
    sign_in(sheet, "deng")
    act(sheet, f"/cases/{number}/do/record_performance", on_behalf_of="party_2", term_no="1")
    sign_in(sheet, "hua")
    act(sheet, f"/cases/{number}/do/follow_up", visit_form="phone", opinions="双方都说安静了。", all_performed="true")
    assert "协议已经履行完毕" in follow(sheet, second, "0002")
