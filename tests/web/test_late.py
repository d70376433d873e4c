"""Two people at one case: the second loses nothing, and learns what is different and who was there before."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.web.counter import Desk
from tests.web.test_counter import accepted
from tests.web.test_flow import sign_in

Sit = Callable[..., Desk]


def completed(sit: Sit, number: str, **lines: str) -> None:
    answer = sit("fang").fill(f"/cases/{number}/do/complete_record", **lines)
    assert answer.status_code == 200, answer.text


def test_who_comes_late_sees_before_and_after_and_submits_again(sit: Sit, sheet: Page, filed: str) -> None:
    sign_in(sheet, "fang")
    sheet.goto(f"/cases/{filed}/do/complete_record")
    sheet.fill("#f-address", "北塘社区12号楼")
    completed(sit, filed, petitioner_name="周素真")
    sheet.click("form.lb-form button.lb-btn-go")
    told = sheet.locator("#meanwhile")
    assert "方婷" in told.inner_text()
    assert told.locator("tbody tr").inner_text().split() == ["姓名", "周素珍", "周素真"]
    assert sheet.evaluate("document.activeElement.id") == "meanwhile"
    assert sheet.input_value("#f-address") == "北塘社区12号楼"
    sheet.click("form.lb-form button.lb-btn-go")
    sheet.get_by_role("link", name="看这件案").click()
    facts = sheet.locator("#h-facts >> xpath=ancestor::section").inner_text()
    assert "北塘社区12号楼" in facts


def test_a_line_that_was_left_alone_follows_what_others_wrote(sit: Sit, filed: str) -> None:
    """The form was drawn with the old name in it; sending it again must not take the new one back."""
    late = sit("fang")
    late.get(f"/cases/{filed}/do/complete_record")
    completed(sit, filed, petitioner_name="周素真")
    lines = {"petitioner_name": "周素珍", "address": "北塘社区12号楼"}
    answer = late.post(f"/cases/{filed}/do/complete_record", lines)
    assert answer.status_code == 409
    assert re.search('value="周素真"[^>]*id="f-petitioner_name"', answer.text)
    assert re.search('value="北塘社区12号楼"[^>]*id="f-address"', answer.text)


def test_a_change_of_several_choices_is_told_too(sit: Sit, filed: str) -> None:
    late = sit("fang")
    late.get(f"/cases/{filed}/do/complete_record")
    sit("fang").fill(f"/cases/{filed}/do/report_urgent", urgent_because="life", reason="地下室漏电，有触电危险")
    answer = late.post(f"/cases/{filed}/do/complete_record", {"address": "北塘社区12号楼"})
    assert answer.status_code == 409
    assert "危及生命" in answer.text


def test_the_second_to_press_the_same_button_learns_who_was_first_and_when(sit: Sit, filed: str) -> None:
    late = sit("lin")
    late.get(f"/cases/{filed}/do/accept")
    accepted(sit, filed)
    answer = late.post(f"/cases/{filed}/do/accept", {"route": "6"})
    assert answer.status_code == 409
    assert re.search(r"林晓芸已于\d+月\d+日 \d\d:\d\d办理此步骤。", answer.text)
    assert "已登记" in answer.text
    assert 'value="6"' in answer.text
    assert 'class="lb-btn lb-btn-go"' not in answer.text


def test_nobody_learns_by_coming_late_what_he_may_not_see(sit: Sit, filed: str) -> None:
    """Of a person's telephone a supervisor from outside sees the first and the last signs, late or not."""
    late = sit("shi")
    late.get(f"/cases/{filed}/do/report_urgent")
    completed(sit, filed, petitioner_contact="13900005678")
    answer = late.post(f"/cases/{filed}/do/report_urgent", {})
    assert answer.status_code == 409
    assert "139****5678" in answer.text
    assert "13900005678" not in answer.text
