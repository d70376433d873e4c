"""Days and terms in words."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale

from tests.web import samples
from web import rendering
from web.views.document import sheet
from web.views.due import Due

ON = date(2026, 4, 20)


def test_a_make_up_day_is_called_one(desk: Flask) -> None:
    assert rendering.day_long(date(2026, 2, 14)) == "2026年2月14日（星期六·补班）"
    assert rendering.day(date(2026, 4, 20)) == "4月20日（星期一）"


def test_another_year_is_named(desk: Flask) -> None:
    assert rendering.day_plain(date(2027, 1, 4)) == "2027年1月4日"


def test_moments_are_told_in_the_time_of_china(desk: Flask) -> None:
    assert rendering.moment(samples.at(4, 14, 16, 40)) == "4月14日 16:40"


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (Due("", ON, 3), "剩3个工作日"),
        (Due("", ON, 0), "今天到期"),
        (Due("", ON, -5, standing="overdue"), "逾期5个工作日"),
        (Due("", ON, 4, standing="paused"), "剩4个工作日"),
        (Due("", ON, 12, "days"), "剩12天"),
        (Due("", ON, 5, "hours"), "剩5小时"),
        (Due("", ON, 0, standing="kept", ended_on=date(2026, 4, 1)), "按期，4月1日"),
        (Due("", ON, 0, standing="missed", ended_on=date(2026, 4, 22)), "逾期办结，4月22日"),
    ],
)
def test_what_is_left_is_told_in_words(desk: Flask, due: Due, said: str) -> None:
    assert rendering.left(due) == said


def test_english_knows_one_from_many(desk: Flask) -> None:
    with force_locale("en"):
        assert rendering.left(Due("", ON, 1)) == "1 working day left"
        assert rendering.left(Due("", ON, -2, standing="overdue")) == "2 working days overdue"


@pytest.mark.parametrize(
    ("left", "standing", "group"),
    [
        (-1, "overdue", "late"),
        (0, "running", "today"),
        (3, "running", "soon"),
        (4, "running", "later"),
        (0, "paused", "pause"),
    ],
)
def test_a_term_belongs_to_the_group_of_its_urgency(left: int, standing: str, group: str) -> None:
    assert Due("", ON, left, standing=standing).group == group


def test_a_document_has_a_title_an_addressee_and_a_signature() -> None:
    said = "　　你反映的事项已于2026年2月12日受理，由柳岸街道办理。"
    text = f"受理告知书\n\n周素珍：\n{said}\n　　　　柳岸街道办事处\n　　　　2026年2月12日\n"
    blocks = sheet("受理告知书", text).blocks
    assert [block.kind for block in blocks] == ["title", "plain", "text", "sign"]
    assert blocks[-1].text == "柳岸街道办事处\n2026年2月12日"
