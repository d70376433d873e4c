"""The way of one petition before a real browser: a resident files it, the street takes it up, the resident follows."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.web import town


def file_online(sheet: Page) -> tuple[str, str, str]:
    """The number, the code and the PIN of the slip."""
    sheet.goto("/file/petition")
    sheet.fill("#f-content", "小区门口夜市油烟扰民，请求处理。")
    sheet.check("input[name=type][value=request]")
    sheet.fill("#f-petitioner_name", "邵明")
    sheet.fill("#f-petitioner_contact", "shaoming@example.com")
    sheet.click("form.lb-form button.lb-btn-go")
    codes = sheet.locator(".lb-code").all_inner_texts()
    return sheet.locator(".lb-nb").inner_text(), codes[0], codes[1]


def sign_in(sheet: Page, login: str) -> None:
    sheet.context.clear_cookies()
    sheet.goto("/login")
    sheet.fill("#f-login", login)
    sheet.fill("#f-password", town.PASSWORD)
    sheet.press("#f-password", "Enter")
    sheet.wait_for_url("**/")


def test_from_the_desk_to_the_case_to_the_act_and_back_to_the_resident(sheet: Page) -> None:
    number, code, pin = file_online(sheet)
    sign_in(sheet, "lin")
    sheet.locator("[data-row]", has_text=number).get_by_role("link", name="受理").click()
    sheet.fill("#f-route", "9")
    sheet.click("form.lb-form button.lb-btn-go")
    assert sheet.locator("#trouble").is_visible()
    sheet.fill("#f-route", "6")
    sheet.click("form.lb-form button.lb-btn-go")
    sheet.get_by_role("link", name="看这件案").click()
    assert "已受理办理中" in sheet.locator(".lb-sticky").inner_text()
    assert sheet.locator(".d-due").count() > 0
    sheet.goto(f"/track#{code}")
    assert sheet.locator("#f-code").input_value() == code
    sheet.fill("#f-factor", pin)
    sheet.click("form.lb-form button.lb-btn-go")
    assert "正在办理" in sheet.locator(".lb-say").inner_text()
    assert sheet.evaluate("location.hash") == ""


def test_it_works_without_scripts(chromium: Browser, address: str) -> None:
    with chromium.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        number, _code, _pin = file_online(page)
        sign_in(page, "lin")
        page.goto(f"/cases/{number}")
        page.get_by_role("link", name="全部").click()
        assert "全部" in page.locator("#line").inner_text()


def test_the_whole_history_comes_without_leaving_the_page(sheet: Page) -> None:
    number, _code, _pin = file_online(sheet)
    sign_in(sheet, "lin")
    sheet.goto(f"/cases/{number}")
    sheet.locator("#line a").click()
    sheet.get_by_role("link", name="只看要事").wait_for()
    assert sheet.url.endswith(number)
