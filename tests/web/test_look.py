"""What a real browser makes of the pages: nothing runs over, nothing is blocked, everybody can use them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.web import browser, gallery

NAMES = sorted(gallery.pages())


@pytest.fixture(scope="module")
def address(gallery_app: Flask) -> Iterator[str]:
    with browser.served(gallery_app) as found:
        yield found


@pytest.fixture(params=[1280, 360], ids=["wide", "phone"])
def sheet(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": request.param, "height": 900}) as context:
        yield context.new_page()


@pytest.fixture(params=["light", "dark"])
def light(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """As the reader's system wants it, without a choice of his own."""
    with chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=request.param) as context:
        yield context.new_page()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_fits_and_is_usable_by_everybody(address: str, sheet: Page, name: str) -> None:
    said: list[str] = []
    sheet.on("console", lambda message: said.append(message.text))
    sheet.on("pageerror", lambda error: said.append(str(error)))
    sheet.goto(f"{address}/gallery/{name}")
    assert sheet.evaluate("document.documentElement.scrollWidth") <= sheet.viewport_size["width"]
    assert faults(sheet) == []
    assert said == []


@pytest.mark.parametrize("name", NAMES)
def test_every_word_can_be_read_in_any_light_and_in_english(address: str, light: Page, name: str) -> None:
    light.context.add_cookies([{"name": "linban_language", "value": "en", "url": address}])
    light.goto(f"{address}/gallery/{name}")
    assert light.evaluate("document.documentElement.scrollWidth") <= light.viewport_size["width"]
    assert faults(light) == []


def faults(sheet: Page) -> list[str]:
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in Axe().run(sheet).response["violations"]]


def test_keys_walk_the_rows_and_open_one(address: str, sheet: Page) -> None:
    sheet.goto(f"{address}/gallery/desk")
    sheet.keyboard.press("j")
    sheet.keyboard.press("j")
    assert sheet.locator(".is-here h3").inner_text() == "反映物业公共收益未公示"
    sheet.keyboard.press("Enter")
    sheet.wait_for_url("**/cases/XF-LAJD-2026-000101")


@pytest.mark.parametrize(("keys", "path"), [("gw", "/"), ("gb", "/board"), ("n", "/cases/new")])
def test_keys_lead_to_the_places_they_are_said_to(address: str, sheet: Page, keys: str, path: str) -> None:
    sheet.goto(f"{address}/gallery/case")
    for key in keys:
        sheet.keyboard.press(key)
    sheet.wait_for_url(f"{address}{path}")


def test_a_slash_puts_the_cursor_into_the_search_and_types_nothing(address: str, chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}/gallery/desk")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.type("jn")
        assert page.input_value("[name=q]") == "jn"
        assert page.locator(".is-here").count() == 0


def test_where_the_search_has_no_room_a_slash_leads_to_it(address: str, chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 800, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}/gallery/desk")
        page.keyboard.press("/")
        page.wait_for_url(f"{address}/cases")


def test_a_letter_typed_into_a_form_is_a_letter(address: str, sheet: Page) -> None:
    sheet.goto(f"{address}/gallery/do")
    sheet.locator("#f-opinion").press_sequentially("gwn?/")
    assert sheet.input_value("#f-opinion") == "gwn?/"
    assert sheet.url.endswith("/gallery/do")


def test_single_keys_can_be_switched_off(address: str, sheet: Page) -> None:
    sheet.goto(f"{address}/gallery/desk")
    sheet.keyboard.press("?")
    sheet.locator("#keys-on").uncheck()
    sheet.keyboard.press("Escape")
    sheet.keyboard.press("j")
    assert sheet.locator(".is-here").count() == 0


def test_what_was_typed_survives_leaving_the_page(address: str, sheet: Page) -> None:
    sheet.goto(f"{address}/gallery/do")
    sheet.locator("#f-opinion").fill("经查，积水由接口错开引起。")
    sheet.goto(f"{address}/gallery/desk")
    sheet.goto(f"{address}/gallery/do")
    assert sheet.locator("#f-opinion").input_value() == "经查，积水由接口错开引起。"
    assert sheet.locator("[role=status]").is_visible()


def test_the_first_thing_after_a_refusal_is_what_was_wrong(address: str, sheet: Page) -> None:
    sheet.goto(f"{address}/gallery/do-wrong")
    assert sheet.evaluate("document.activeElement.id") == "trouble"
    sheet.get_by_role("link", name="意见书内容").click()
    assert sheet.evaluate("document.activeElement.id") == "f-opinion"
