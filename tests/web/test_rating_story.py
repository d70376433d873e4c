"""One branch's rating before a real browser, from the launch by the calendar to the passed re-check."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select, text

from models import db, polls, seed
from models.tables import Entry
from tests.models.conftest import new_engine
from tests.web import browser, counter
from tests.web.test_story import Time, act

SHEET = ("leader", "ideas", "systems", "premises", "safeguards", "results", "masses")
FAIR = dict(zip(SHEET, ("11", "7", "11", "7", "7", "14", "14"), strict=True))
ITEM = {"indicator": "masses", "problem": "走访少", "measure": "包楼到人", "owner": "支部书记", "due_on": "2026-02-02"}


@pytest.fixture
def town(database_url: str, tmp_path: Path) -> Iterator[tuple[str, Time]]:
    """The town before its calendar has opened anything, served at that address."""
    schema = f"rating_{os.getpid()}"
    engine = new_engine(database_url, schema)
    time = Time(db.sessions(engine, secret="opens nothing"))
    time.pass_until("2025-10-30T09:00")
    seed.found_town(time.sessions)
    time.pass_until("2025-10-31T09:00")
    app = counter.make(database_url, schema, tmp_path)
    with browser.served(app) as address:
        yield address, time
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()
    engine.dispose()


@pytest.fixture
def sheet(town: tuple[str, Time], chromium: Browser) -> Iterator[Page]:
    with browser.window(chromium, town[0]) as page:
        yield page


def sign_in(sheet: Page, login: str) -> None:
    sheet.context.clear_cookies()
    sheet.goto("/login")
    sheet.fill("#f-login", login)
    sheet.fill("#f-password", seed.DEMO_PASSWORD)
    sheet.press("#f-password", "Enter")
    sheet.wait_for_url("**/")


def number_of(time: Time, procedure: str, unit: str) -> str:
    asked = text("SELECT no FROM cases WHERE procedure = :procedure AND unit_id = :unit")
    with time.sessions() as session:
        return str(session.execute(asked, {"procedure": procedure, "unit": unit}).scalar_one())


def bar_last_year(time: Time, branch: str) -> None:
    """As if the branch had been graded poor the year before, under the secretary it still has."""
    values = {"branch": branch, "year": 2024, "reason": "定为差"}
    with db.transaction(time.sessions) as session:
        card = session.scalars(select(Entry).where(Entry.register == "organisations", Entry.about == branch)).one()
        session.add_all(
            Entry(register="award_bars", about=about, key=f"{branch} 2024", since=date(2025, 1, 9), values=values)
            for about in (branch, card.values["secretary"])
        )


def marks(name: str) -> dict[str, str]:
    return {f"{name}\\.{indicator}": mark for indicator, mark in FAIR.items()}


def filled(sheet: Page, path: str, **lines: str) -> None:
    """As `act`; names with a dot are inputs of a sheet or a row."""
    sheet.goto(path)
    for name, value in lines.items():
        found = sheet.locator(f"[name='{name.replace(chr(92), '')}']")
        if Path(value).is_file():
            found.set_input_files(value)
        elif found.first.evaluate("one => one.tagName") == "SELECT":
            found.select_option(value)
        elif found.first.get_attribute("type") == "radio":
            sheet.check(f"[name='{name.replace(chr(92), '')}'][value='{value}']")
        else:
            found.fill(value)
    sheet.click("form.lb-form button.lb-btn-go")
    assert sheet.locator("#trouble").count() == 0, sheet.locator("#trouble").inner_text()


def from_a_phone(sheet: Page, code: str, answer: str) -> None:
    assert sheet.context.browser is not None
    with sheet.context.browser.new_context(viewport={"width": 360, "height": 740}) as context:
        phone = context.new_page()
        phone.goto(f"{sheet.url.split('/cases')[0]}/form/{code}")
        phone.check(f"input[name=answer][value={answer}]")
        phone.click("form.lb-form button.lb-btn-go")
        assert "已收到" in phone.locator("main").inner_text()
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
        assert context.cookies() == []


def others_answer(time: Time, codes: list[str], answer: str) -> None:
    with db.transaction(time.sessions) as session:
        for code in codes:
            polls.fill_in(session, code, answer)


def test_from_the_calendar_to_the_passed_recheck(sheet: Page, town: tuple[str, Time], tmp_path: Path) -> None:
    _, time = town
    paper = tmp_path / "minutes.pdf"
    paper.write_bytes(b"%PDF-1.4\n%%EOF\n")
    minutes = str(paper)

    time.pass_until("2025-11-03T09:00")
    sign_in(sheet, "gongsunce")
    sheet.goto(f"/cases/{number_of(time, 'rating_round', 'SQ')}")
    assert "已立4件，共4件" in sheet.locator("#opened").inner_text()
    case = f"/cases/{number_of(time, 'branch_rating', 'SQXD1')}"
    bar_last_year(time, "SQXD1")
    sheet.goto(case)
    told = sheet.locator("main").inner_text()
    assert "新渡社区党支部2024年度定为差，自1月9日起不评先进单位，至下一年度定级确认时为止" in told
    assert "曲江南：新渡社区党支部2024年度定为差，自1月9日起不评先进个人" in told

    sign_in(sheet, "qujiangnan")
    filled(sheet, f"{case}/do/submit_self", minutes=minutes, **marks("self_scores"))
    sign_in(sheet, "lengyuebai")
    act(sheet, f"{case}/do/issue_codes", copies="20")
    codes = sheet.locator(".lb-codes .lb-code").all_inner_texts()
    assert len(codes) == 23
    assert sheet.locator(".lb-codes svg").count() == 23
    from_a_phone(sheet, codes[0], "satisfied")
    others_answer(time, codes[1:20], "satisfied")
    others_answer(time, codes[20:], "unsatisfied")
    time.pass_until("2025-11-10T09:00")
    sign_in(sheet, "lengyuebai")
    act(sheet, f"{case}/do/close_appraisal")
    filled(sheet, f"{case}/do/record_year_facts", missed_meetings="0", on_time_rate="90", ledger=minutes)
    sign_in(sheet, "bailuzhou")
    filled(sheet, f"{case}/do/submit_community", site_visit_on="2025-11-07", **marks("community_scores"))
    sign_in(sheet, "gongsunce")
    filled(sheet, f"{case}/do/score", **marks("street_scores"))
    filled(sheet, f"{case}/do/decide_verdict", grade="average", verdict_minutes=minutes)
    sheet.goto(case)
    assert "80.50" in sheet.locator("main").inner_text()

    time.pass_until("2025-11-18T09:00")
    sign_in(sheet, "qujiangnan")
    filled(sheet, f"{case}/do/submit_plan", **{f"items.0.{name}": value for name, value in ITEM.items()})
    sign_in(sheet, "bailuzhou")
    act(sheet, f"{case}/do/approve_plan")
    act(sheet, f"{case}/do/close_item", item="1", proof=minutes)
    sign_in(sheet, "qujiangnan")
    act(sheet, f"{case}/do/apply_recheck", report=minutes)
    sign_in(sheet, "bailuzhou")
    filled(sheet, f"{case}/do/pass_recheck", recheck_satisfaction="88", **marks("recheck_scores"))
    sheet.goto(case)
    assert "整改完成" in sheet.locator(".lb-sticky").inner_text()
