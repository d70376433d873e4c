"""One petition from filing to the end, before a real browser, while the movable clock lets its terms pass."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from socket import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import insert, select, text

from jobs import notices, store
from models import casework, db
from models.tables import Account, Person, Post
from tests.web import browser, counter, town
from tests.web.test_flow import file_online, sign_in
from workflow.calendar import SHANGHAI

MOVE = text("""
    INSERT INTO clock_offset (ahead) VALUES (CAST(:at AS timestamptz) - clock_timestamp())
    ON CONFLICT (is_row) DO UPDATE SET ahead = excluded.ahead
""")


class Letters:
    """Takes every letter it is brought."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken.append((envelope.rcpt_tos[0], envelope.content.decode("utf-8", "replace")))
        return "250 OK"


class Time:
    """The clock of one schema, and the work it then does."""

    def __init__(self, sessions: db.Sessions) -> None:
        self.sessions = sessions

    def pass_until(self, moment: str) -> None:
        with db.transaction(self.sessions) as session:
            session.execute(MOVE, {"at": datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)})
        while casework.fire_due(self.sessions):
            pass


@pytest.fixture(scope="module")
def letters() -> Iterator[Letters]:
    found = Letters()
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    os.environ["LINBAN_MAIL"] = f"mailto://127.0.0.1:{port}?from=linban@yunzhou.example"
    yield found
    del os.environ["LINBAN_MAIL"]
    server.stop()


@pytest.fixture(scope="module")
def office(
    database_url: str, letters: Letters, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, Time]]:
    """The small town with a reviewer in the district and an address for everybody."""
    name = f"story_{os.getpid()}"
    before = {key: os.environ.get(key) for key in ("LINBAN_SCHEMA", "LINBAN_SECRET_KEY")}
    with town.schema(database_url, name) as engine:
        with engine.begin() as at:
            person = at.execute(insert(Person).values(name="傅明理").returning(Person.id)).scalar_one()
            kept = at.execute(select(Account.password_hash).limit(1)).scalar_one()
            at.execute(insert(Account).values(person_id=person, login="fu", password_hash=kept))
            at.execute(insert(Post).values(person_id=person, role="reviewer", unit_id="QQ", from_day=date(2020, 1, 1)))
            at.execute(text("UPDATE accounts SET email = login || '@yunzhou.example'"))
        os.environ.update({"LINBAN_SCHEMA": name, "LINBAN_SECRET_KEY": "opens nothing"})
        store.close()
        app = counter.make(database_url, name, tmp_path_factory.mktemp("story"))
        yield app, Time(db.sessions(engine, secret="opens nothing"))
        store.close()
        with app.app_context():
            db.db.engine.dispose()
    for key, value in before.items():
        os.environ.pop(key, "") if value is None else os.environ.update({key: value})


@pytest.fixture
def sheet(office: tuple[Flask, Time], chromium: Browser) -> Iterator[Page]:
    with browser.served(office[0]) as address, browser.window(chromium, address) as page:
        yield page


def act(sheet: Page, path: str, **lines: str) -> None:
    """Fills in the form at that address: a file by its path, a choice by its value, anything else as text."""
    sheet.goto(path)
    for name, value in lines.items():
        choice = sheet.locator(f"input[name={name}][value='{value}']")
        if Path(value).is_file():
            sheet.set_input_files(f"#f-{name}", value)
        elif choice.count():
            choice.check()
        elif value == "tick":
            sheet.locator(f"input[name={name}][type=checkbox]").check()
        else:
            sheet.fill(f"#f-{name}", value)
    sheet.click("form.lb-form button.lb-btn-go")
    assert sheet.locator("#trouble").count() == 0, sheet.locator("#trouble").inner_text()


def follow(sheet: Page, code: str, pin: str) -> str:
    """What the resident is told."""
    sheet.context.clear_cookies()
    sheet.goto(f"/track#{code}")
    sheet.fill("#f-factor", pin)
    sheet.click("form.lb-form button.lb-btn-go")
    return sheet.locator("main").inner_text()


def test_from_filing_through_review_to_the_end(
    sheet: Page, office: tuple[Flask, Time], letters: Letters, tmp_path: Path
) -> None:
    _, time = office
    opinion = tmp_path / "opinion.pdf"
    opinion.write_bytes(b"%PDF-1.4\n%%EOF\n")
    time.pass_until("2025-09-01T09:00")
    number, code, pin = file_online(sheet)
    time.pass_until("2025-09-05T10:00")
    sign_in(sheet, "lin")
    act(sheet, f"/cases/{number}/do/accept", route="6")

    time.pass_until("2025-11-05T10:00")  # sixty days ended on 4 November
    assert notices.deliver() >= 2
    assert {"lin@yunzhou.example", "zhao@yunzhou.example"} <= {to for to, _ in letters.taken}
    sign_in(sheet, "zhao")
    sheet.goto("/inbox")
    assert "办理期限已逾期" in sheet.locator("main").inner_text()

    answer = {"outcome": "explain", "legal_basis": "噪声污染防治法", "remedy_named": "tick", "talked": "tick"}
    act(sheet, f"/cases/{number}/do/reply", opinion=str(opinion), **answer)
    sign_in(sheet, "fang")
    act(sheet, f"/cases/{number}/do/record_service", method="hand")

    time.pass_until("2025-11-10T10:00")
    assert "复查" in follow(sheet, code, pin)
    act(sheet, "/track/do/request_review", grounds="对事实认定有不同意见")
    sign_in(sheet, "fu")
    act(sheet, f"/cases/{number}/do/review_reply", opinion=str(opinion), outcome="uphold")
    sign_in(sheet, "fang")
    act(sheet, f"/cases/{number}/do/record_service", method="hand")

    time.pass_until("2026-01-05T10:00")  # nobody asked for more: the window closed by itself
    sheet.goto(f"/cases/{number}")
    sign_in(sheet, "lin")
    sheet.goto(f"/cases/{number}")
    assert "期满办结" in sheet.locator(".lb-sticky").inner_text()
    assert "办结" in follow(sheet, code, pin)
