"""What is typed survives the end of a session: kept on the server for its author alone, until the act is done."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.web.counter import PETITION, Desk
from tests.web.test_flow import sign_in

Sit = Callable[..., Desk]
TYPED = "应当先查排水管线的产权，再定由谁维修。"


def form_of(number: str) -> str:
    return f"/cases/{number}/do/complete_record"


def test_what_is_typed_is_saved_by_itself_and_offered_after_signing_in_again(sheet: Page, filed: str) -> None:
    sign_in(sheet, "fang")
    sheet.clock.install()
    sheet.goto(form_of(filed))
    sheet.fill("#f-corrected_content", TYPED)
    with sheet.expect_response(lambda answer: answer.request.method == "POST") as saved:
        sheet.clock.fast_forward(20_000)
    assert saved.value.status == 200
    sheet.get_by_text("草稿存于").wait_for()
    sign_in(sheet, "fang")
    sheet.goto(form_of(filed))
    assert sheet.locator("[role=status]").count() == 1
    assert sheet.input_value("#f-corrected_content") == ""
    sheet.get_by_role("link", name="接着填").click()
    assert sheet.input_value("#f-corrected_content") == TYPED


def test_who_was_signed_out_meanwhile_is_told_that_nothing_was_saved(sheet: Page, filed: str) -> None:
    sign_in(sheet, "fang")
    sheet.clock.install()
    sheet.goto(form_of(filed))
    sheet.fill("#f-corrected_content", TYPED)
    sheet.context.clear_cookies()
    sheet.clock.fast_forward(20_000)
    sheet.get_by_text("没有存上").wait_for()
    assert sheet.input_value("#f-corrected_content") == TYPED


def test_nothing_is_saved_where_nothing_was_typed(sheet: Page, filed: str) -> None:
    sign_in(sheet, "fang")
    sheet.clock.install()
    sheet.goto(form_of(filed))
    sent: list[str] = []
    sheet.on("request", lambda asked: sent.append(asked.method))
    sheet.clock.fast_forward(60_000)
    sheet.get_by_role("link", name="返回").click()
    sheet.wait_for_url(f"**/cases/{filed}")
    assert "POST" not in sent


def test_a_draft_is_saved_taken_up_and_dropped_without_scripts(sit: Sit, filed: str) -> None:
    desk = sit("fang")
    desk.get(form_of(filed))
    kept = desk.post(form_of(filed), {"corrected_content": TYPED, "acted_on": "2026-01-05", "draft": "1"})
    assert kept.status_code == 200
    assert "草稿存于" in kept.text
    assert "接着填" in desk.get(f"/cases/{filed}").text or "有草稿" in desk.seen.text
    taken = desk.get(f"{form_of(filed)}?draft=1").text
    assert TYPED in taken
    assert 'value="2026-01-05"' in taken
    desk.get(form_of(filed))
    assert TYPED not in desk.post(form_of(filed), {"drop": "1"}).text
    assert "存过草稿" not in desk.get(form_of(filed)).text


def test_a_draft_goes_with_the_act(sit: Sit, filed: str) -> None:
    desk = sit("fang")
    desk.get(form_of(filed))
    desk.post(form_of(filed), {"address": "北塘社区12号楼", "draft": "1"})
    assert desk.fill(form_of(filed), address="北塘社区12号楼").status_code == 200
    assert "存过草稿" not in desk.get(form_of(filed)).text


def test_nobody_else_is_offered_the_draft(sit: Sit, filed: str) -> None:
    desk, other = sit("fang"), sit("lin")
    desk.get(form_of(filed))
    desk.post(form_of(filed), {"corrected_content": TYPED, "draft": "1"})
    assert "存过草稿" not in other.get(form_of(filed)).text
    assert TYPED not in other.get(f"{form_of(filed)}?draft=1").text


def test_a_draft_of_an_older_version_is_shown_with_what_has_changed(sit: Sit, filed: str) -> None:
    desk = sit("fang")
    desk.get(form_of(filed))
    desk.post(form_of(filed), {"petitioner_name": "周素珍", "address": "北塘社区12号楼", "draft": "1"})
    sit("fang").fill(f"/cases/{filed}/do/report_urgent", urgent_because="life", reason="地下室漏电，有触电危险")
    text = desk.get(f"{form_of(filed)}?draft=1").text
    assert 'id="meanwhile"' in text
    assert "北塘社区12号楼" in text
    assert desk.post(form_of(filed), {"address": "北塘社区12号楼"}).status_code == 200


def test_a_draft_is_out_of_sight_with_its_case(sit: Sit) -> None:
    """What the author may no longer see comes back in no form."""
    accusation = {**PETITION, "type": "accusation", "subject_org": "GHX"}
    number = re.search(r"XF-LAJD-\d{4}-\d{6}", sit("fang").fill("/cases/new/petition/register", **accusation).text)[0]
    assert sit("fang").get(f"{form_of(number)}?draft=1").status_code == 404


def test_a_case_half_taken_in_can_be_finished_later(sit: Sit) -> None:
    desk, path = sit("fang"), "/cases/new/petition/register"
    desk.get(path)
    desk.post(path, {"content": TYPED, "draft": "1"})
    assert "存过草稿" in desk.get(path).text
    assert TYPED in desk.get(f"{path}?draft=1").text
    assert desk.post(path, {**PETITION, "content": TYPED}).status_code == 201
    assert "存过草稿" not in desk.get(path).text
