"""The figures: for those who watch, each with its formula, to look at and to take away."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from tests.web.counter import Desk
from web import formulas, sheets
from workflow.registry import PROCEDURES

Sit = Callable[..., Desk]
MEASURES = [(law, measure) for law in PROCEDURES.values() for measure in law.measures.values()]


@pytest.mark.usefixtures("filed")
def test_a_figure_stands_with_its_formula_and_what_it_was_counted_from(sit: Sit) -> None:
    text = sit("shi").get("/stats").text
    card = text[text.index('id="m-withdrawn_share"') :].split("</section>")[0]
    assert "“撤回”的 ÷ “登记”的" in card
    assert re.search(r"<b>0\.0%</b><small>0 ÷ \d+</small>", card)


def test_only_who_watches_sees_the_figures_and_of_the_procedures_of_his_post(sit: Sit) -> None:
    assert sit("fang").get("/stats").status_code == 403
    shown = sit("sikong").get("/stats").text
    assert "统计：邻里纠纷调解" in shown
    assert "procedure=petition" not in shown


def test_a_period_without_anything_says_so(sit: Sit) -> None:
    assert "这段时间没有可以统计的" in sit("shi").get("/stats?from=2020-01-01&to=2020-12-31").text


@pytest.mark.parametrize(
    ("asked", "problem"),
    [("from=2026-13-01", "日期应写成"), ("from=x&to=y", "日期应写成"), ("from=2026-05-01&to=2026-04-01", "不能晚于")],
)
def test_days_that_are_none_are_told_and_a_page_is_shown_all_the_same(sit: Sit, asked: str, problem: str) -> None:
    answer = sit("shi").get(f"/stats?{asked}")
    assert answer.status_code == 422
    assert problem in answer.text
    assert "<h1>统计" in answer.text


def test_an_unknown_procedure_is_the_first_of_his(sit: Sit) -> None:
    assert "统计：信访事项" in sit("shi").get("/stats?procedure=nothing").text


@pytest.mark.usefixtures("filed")
def test_the_table_holds_every_figure_with_its_months(sit: Sit) -> None:
    answer = sit("shi").get("/stats.xlsx?procedure=petition")
    assert answer.mimetype == sheets.KIND
    assert "linban-petition-" in answer.headers["Content-Disposition"]
    told = cells(answer.data)
    assert {measure.label for measure in PROCEDURES["petition"].measures.values()} <= told
    assert {"指标", "公式"} <= told


def cells(body: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        text = book.read("xl/sharedStrings.xml").decode()
    return set(re.findall(r"<t[^>]*>([^<]*)</t>", text))


def test_what_looks_like_a_formula_is_text_in_a_table() -> None:
    body = sheets.sheet(
        "表", ["甲"], [['=HYPERLINK("http://elsewhere.example")'], ["@SUM(1)"], [None], ["https://x.example"]]
    )
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "@SUM(1)" in cells(body)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(("law", "measure"), MEASURES, ids=[f"{law.id}.{each.id}" for law, each in MEASURES])
def test_every_figure_of_the_house_can_say_its_formula(law, measure) -> None:
    said = formulas.formula(law, measure)
    assert all(getattr(word, "label", "§") in said for word in measure.named)
