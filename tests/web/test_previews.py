"""Before an act that issues a document, the document can be read as it will be issued; looking writes nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import text

from models.db import db
from tests.web import browser
from tests.web.counter import Desk
from tests.web.test_flow import sign_in

Sit = Callable[..., Desk]
WRITTEN = "SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM documents) + (SELECT sum(version) FROM cases)"


@pytest.fixture
def written(street: Flask) -> Callable[[], int]:
    def count() -> int:
        with street.app_context():
            return int(db.session.scalar(text(WRITTEN)))

    return count


def sheet(page: str) -> list[str]:
    """The lines of the document on a page."""
    found = re.search(r'<article class="lb-sheet".*?</article>', page, re.DOTALL)
    return [line.strip() for line in re.sub("<[^>]*>", "\n", found[0]).split("\n") if line.strip()]


def test_what_is_previewed_is_what_is_issued(sit: Sit, filed: str, written: Callable[[], int]) -> None:
    desk = sit("lin")
    before = written()
    desk.get(f"/cases/{filed}/do/accept")
    shown = desk.post(f"/cases/{filed}/do/accept", {"route": "6", "preview": "1"})
    assert shown.status_code == 200
    assert written() == before
    assert "受理告知书" in shown.text
    desk.post(f"/cases/{filed}/do/accept", {"route": "6"})
    paper = re.search(rf"/cases/{filed}/docs/\d+(?=[^>]*>受理告知书)", desk.get(f"/cases/{filed}").text)[0]
    assert sheet(desk.get(paper).text) == sheet(shown.text)


def test_a_preview_is_refused_for_what_the_act_would_be_refused_for(sit: Sit, filed: str) -> None:
    desk = sit("lin")
    desk.get(f"/cases/{filed}/do/accept")
    answer = desk.post(f"/cases/{filed}/do/accept", {"route": "9", "preview": "1"})
    assert answer.status_code == 422
    assert 'href="#f-route"' in answer.text
    other = sit("fang").fill(f"/cases/{filed}/do/accept", route="6", preview="1")
    assert other.status_code == 403


def test_a_preview_over_an_old_version_tells_what_has_changed(sit: Sit, filed: str) -> None:
    desk = sit("lin")
    desk.get(f"/cases/{filed}/do/accept")
    sit("fang").fill(f"/cases/{filed}/do/complete_record", petitioner_name="周素真")
    answer = desk.post(f"/cases/{filed}/do/accept", {"route": "6", "preview": "1"})
    assert answer.status_code == 409
    assert "周素真" in answer.text


def test_a_stranger_previews_nothing(sit: Sit, filed: str) -> None:
    desk = sit("stranger")
    desk.get("/")
    assert desk.post(f"/cases/{filed}/do/accept", {"route": "6", "preview": "1"}).status_code == 404


def test_a_file_is_sent_once_for_preview_and_act(sit: Sit, filed: str) -> None:
    desk = sit("lin")
    desk.fill(f"/cases/{filed}/do/accept", route="6")
    head = sit("zhao")
    head.get(f"/cases/{filed}/do/reply")
    lines = {
        "outcome": "explain", "legal_basis": "《信访工作条例》第三十二条", "remedy_named": "true", "talked": "true",
        "opinion": (io.BytesIO(b"%PDF-1.7 opinion"), "意见书.pdf"), "preview": "1",
    }  # fmt: skip
    shown = head.post(f"/cases/{filed}/do/reply", lines, content_type="multipart/form-data")
    assert shown.status_code == 200, shown.text
    form = shown.text[shown.text.index("<main") :]
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    assert re.fullmatch("[0-9a-f-]{36}", hidden["opinion"])
    done = head.client.post(f"/cases/{filed}/do/reply", data=hidden)
    assert done.status_code == 200, done.text
    assert "已答复" in done.text


def test_preview_go_back_and_confirm_work_without_scripts(chromium: Browser, address: str, filed: str) -> None:
    with browser.window(chromium, address, java_script_enabled=False) as page:
        sign_in(page, "lin")
        page.goto(f"/cases/{filed}/do/accept")
        page.fill("#f-route", "6")
        page.get_by_role("button", name="预览文书").click()
        assert "受理告知书" in page.locator(".lb-sheet").inner_text()
        page.get_by_role("button", name="返回修改").click()
        assert page.input_value("#f-route") == "6"
        page.get_by_role("button", name="预览文书").click()
        page.get_by_role("button", name="确认办理").click()
        assert "已受理办理中" in page.inner_text("main")


def test_an_act_without_documents_has_no_preview(sit: Sit, filed: str) -> None:
    assert "预览文书" not in sit("lin").get(f"/cases/{filed}/do/report_urgent").text
