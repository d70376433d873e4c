"""Rules that every page keeps, whatever stands in it."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.web import gallery
from tests.web.markup import Page

NAMES = sorted(gallery.pages())
ALLOWED = re.compile(
    r"XF-[A-Z]+-\d+-\d+|[A-Z0-9]{4}(-[A-Z0-9]{1,5})+|English|Enter|\b[gwbjkn]\b|PDF|Word|MB|A4|[0-9a-f]{4}-[0-9a-f]{4}"
    r"|linban|linxiaoyun|zhaoqiming|第n天"
)
OURS = re.compile(r"^[^\u4e00-\u9fff]*$")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_whole(visit: FlaskClient, name: str, language: str) -> None:
    visit.set_cookie("linban_language", language)
    answer = visit.get(f"/gallery/{name}")
    assert answer.status_code == 200
    assert Page(answer.text).faults == []


@pytest.mark.parametrize("name", NAMES)
def test_a_chinese_page_has_no_latin_letters(visit: FlaskClient, name: str) -> None:
    words = Page(visit.get(f"/gallery/{name}").text).words
    assert [word for word in words if re.search("[A-Za-z]", ALLOWED.sub("", word))] == []


@pytest.mark.parametrize("name", ["desk-empty", "login", "ask", "fault-404"])
def test_an_english_page_has_no_chinese_of_ours(visit: FlaskClient, name: str) -> None:
    visit.set_cookie("linban_language", "en")
    words = Page(visit.get(f"/gallery/{name}").text).words
    samples = (
        "林晓芸",
        "赵启明",
        "柳岸",
        "桂花巷",
        "中文",
        "信访",
        "承办人",
        "登记接访员",
        "负责人",
        "未找到",
        "没有找到",
    )
    assert [word for word in words if not OURS.match(word) and not any(each in word for each in samples)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_form_that_changes_something_carries_a_token(visit: FlaskClient, name: str) -> None:
    text = visit.get(f"/gallery/{name}").text
    posts = [form for form in Page(text).forms if form.get("method") == "post"]
    assert text.count('name="csrf_token"') == len(posts)


def test_every_answer_forbids_inline_code_and_framing(visit: FlaskClient) -> None:
    policy = visit.get("/gallery/desk").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


def test_what_a_resident_wrote_is_shown_as_text(visit: FlaskClient) -> None:
    text = visit.get("/gallery/do-wrong").text
    assert "<script>" not in text


def test_a_page_is_never_kept_by_the_browser(visit: FlaskClient) -> None:
    assert visit.get("/gallery/case").headers["Cache-Control"] == "no-store"
