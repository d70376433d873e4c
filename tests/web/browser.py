"""A real browser before the pages; one line in two languages where there is none."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

PLACES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MISSING = (
    "找不到 Chromium：apt-get install chromium，或设 LINBAN_BROWSER=路径；不测浏览器设 LINBAN_BROWSER=none。"
    " / No Chromium found: apt-get install chromium, or set LINBAN_BROWSER to its path; LINBAN_BROWSER=none skips."
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def place() -> str:
    """Fails the test where there is none, skips it where none is wanted."""
    wanted = os.environ.get("LINBAN_BROWSER", "")
    if wanted == "none":
        pytest.skip("LINBAN_BROWSER=none：不测浏览器 / browser tests are switched off")
    found = wanted or next(filter(None, map(shutil.which, PLACES)), "")
    if not found:
        pytest.fail(MISSING, pytrace=False)
    return found


@contextmanager
def opened() -> Iterator[Browser]:
    where = place()
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=where, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def window(chromium: Browser, address: str = "", *, width: int = 1280, **more: Any) -> Iterator[Page]:
    """A window of its own, whose pages may ask for nothing that their security policy forbids."""
    with chromium.new_context(base_url=address or None, viewport={"width": width, "height": 900}, **more) as context:
        page, blocked = context.new_page(), []
        page.set_default_timeout(10_000)
        page.on("console", lambda told: blocked.append(told.text) if "Security" in told.text else None)
        yield page
        assert blocked == []


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the application in a thread of its own, at a port the system chooses."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
