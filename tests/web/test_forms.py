"""Fields become controls, and what was sent becomes what the law is asked."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.web import samples
from tests.workflow.orchard import Orchard
from tests.workflow.test_fields import FIELDS
from web.api import components
from web.forms import Asked, Pools
from web.languages import sentence
from web.sent import read
from web.views.form import Line
from workflow import fields
from workflow.field import CHECKS
from workflow.refusals import Refusal, refusal


def named(name: str, field: fields.Field) -> fields.Field:
    field.id = name
    return field


def test_every_kind_of_field_has_a_control(desk: Flask) -> None:
    controls = {line.id: line.control for line in Asked("petition", samples.FIELDS, pools=samples.POOLS).lines()}
    assert controls == {
        "outcome": "radios", "opinion": "area", "talked": "tick", "implement_due_on": "day", "days": "number",
        "liable": "checks", "signer": "radios", "phone": "phone", "id_number": "id", "present": "names",
        "original": "file",
    }  # fmt: skip


def test_many_choices_stand_in_a_list(desk: Flask) -> None:
    people = [(str(number), f"第{number}人") for number in range(6)]
    line = Asked("petition", (named("who", fields.person("承办人")),), pools=Pools(people=lambda _: people)).lines()[0]
    assert line.control == "select"


def test_what_was_typed_comes_back(desk: Flask) -> None:
    lines = {line.id: line for line in samples.do_form({"outcome": "explain", "present": ["甲", "乙"]}).lines}
    assert [option.value for option in lines["outcome"].options if option.chosen] == ["explain"]
    assert lines["present"].value == "甲\n乙"


def test_a_refusal_about_a_line_stands_at_the_line(desk: Flask) -> None:
    form = samples.do_form({}, samples.REFUSALS)
    assert [line.id for line in form.wrong] == ["opinion", "implement_due_on"]
    assert form.troubles == ("不予支持的，须先与信访人沟通。",)


def test_a_refusal_about_an_unknown_line_is_not_lost(desk: Flask) -> None:
    asked = Asked(
        "petition", samples.FIELDS, refusals=(Refusal("InvalidData", "没有“{name}”一栏。", {"name": "state"}, "state"),)
    )
    assert asked.troubles() == ("没有“state”一栏。",)


def test_sent_values_keep_their_number() -> None:
    lines = [("liable", "wuye"), ("liable", "jiedao"), ("present", "甲\r\n\r\n 乙 "), ("outcome", "support")]
    sent = MultiDict([*lines, ("key", "k"), ("csrf_token", "t")])
    assert read(sent, samples.FIELDS) == {
        "liable": ["wuye", "jiedao"], "present": ["甲", "乙"], "outcome": "support",
    }  # fmt: skip


def test_a_name_nobody_asked_for_is_passed_on_to_be_refused() -> None:
    assert read(MultiDict([("state", "concluded")]), samples.FIELDS) == {"state": "concluded"}


def test_a_long_line_may_be_typed_in_a_box(desk: Flask) -> None:
    reason = named("reason", fields.text("理由", at_most=2000))
    assert Asked("petition", (reason,)).lines()[0].control == "area"
    assert read(MultiDict([("reason", "一\r\n二")]), (reason,)) == {"reason": "一 二"}


# Fields made of fields

VOTE, TERMS, SHEET = (Orchard.fields[name] for name in ("vote", "terms", "own_scores"))


def drawn(field: fields.Field, value: object = None, *refusals: Refusal, more: str = "") -> Line:
    return Asked("orchard", (field,), {field.id: value}, refusals, samples.POOLS, more).lines()[0]


def test_every_kind_of_field_is_drawn(desk: Flask) -> None:
    lines = Asked("orchard", tuple(Orchard.fields.values()), pools=samples.POOLS).lines()
    controls = {each.id: each.control for line in lines for each in line.each()}
    assert controls["budget"] == controls["terms.0.amount"] == "money"
    assert controls["share"] == controls["own_scores.soil"] == "decimal"
    assert (controls["vote"], controls["terms"], controls["terms.0"]) == ("group", "rows", "group")
    assert (controls["vote.excluded_grounds"], controls["vote.open_voting"]) == ("names", "tick")
    assert controls["terms.0.due_on"] == "day"


@pytest.mark.parametrize("kind", CHECKS)
def test_every_kind_is_drawn_and_described_to_programs(desk: Flask, kind: str) -> None:
    field = named(f"a_{kind}", FIELDS[kind])
    [line] = Asked("petition", (field,), pools=samples.POOLS).lines()
    assert line.id == f"a_{kind}"
    shape = components.of_field(field, f"petition.{field.id}")
    assert shape["type"] in ("string", "integer", "boolean", "array", "object")


def test_a_program_is_told_the_shape_of_every_part(desk: Flask) -> None:
    told = components.form(Orchard, Orchard.acts["settle"][0], 0)["properties"]
    terms, vote = told["terms"], told["vote"]
    assert (terms["type"], terms["minItems"], terms["maxItems"]) == ("array", 1, 50)
    assert terms["items"]["required"] == ["what", "due_on"]
    assert terms["items"]["properties"]["amount"]["x-unit"] == "fen"
    assert vote["required"][0] == "present"
    assert vote["properties"]["for"]["x-label-en"] == "In favour"
    sheet = components.of_field(Orchard.fields["own_scores"], "orchard.own_scores")["properties"]["soil"]
    assert re.fullmatch(sheet["pattern"], "39.5")
    assert not re.fullmatch(sheet["pattern"], "39.55")
    assert sheet["x-maximum"] == 40


def test_each_indicator_shows_its_full_mark(desk: Flask) -> None:
    assert [(part.id, part.hint) for part in drawn(SHEET).parts] == [
        ("own_scores.soil", "满分40"), ("own_scores.water", "满分30"), ("own_scores.pruning", "满分30"),
    ]  # fmt: skip


def test_a_table_shows_its_rows_and_a_blank_one(desk: Flask) -> None:
    table = drawn(TERMS, [{"what": "修", "amount": 200_000, "tools": ["saw"], "shared": True}, {"what": " "}, {}])
    assert [row.label for row in table.parts] == ["第1行", "第2行"]
    cells = {each.id: each for each in table.each()}
    assert cells["terms.0.amount"].value == "2000.00"
    assert [option.value for option in cells["terms.0.tools"].options if option.chosen] == ["saw"]
    assert cells["terms.0.shared"].value == "true"
    assert cells["terms.1.what"].value == ""


def test_a_row_more_is_one_beyond_all_that_were_drawn(desk: Flask) -> None:
    assert len(drawn(TERMS, [{"what": "修"}, {}], more="terms").parts) == 3
    assert len(drawn(TERMS, [{"what": "修"}, {"what": "剪"}], more="terms").parts) == 3
    assert len(drawn(TERMS, [{"what": "修"}, {}], more="visits").parts) == 2


def test_a_full_table_grows_no_more(desk: Flask) -> None:
    sides = drawn(Orchard.fields["sides"], [{"who": str(number)} for number in range(6)])
    assert len(sides.parts) == 6
    assert not sides.grows
    assert drawn(TERMS, []).grows


def test_a_refusal_stands_at_its_very_cell(desk: Flask) -> None:
    refused = [
        refusal("InvalidData", "请填写{label}。", {"label": "期限"}, "terms", (1, "due_on")),
        refusal("InvalidData", "{label}须逐项填写。", {"label": "议定事项"}, "terms", (0,)),
        refusal("InvalidData", "没有“{name}”一栏。", {"name": "fly"}, "terms", (1, "fly")),
    ]
    asked = Asked("orchard", (TERMS,), {"terms": [{"what": "修"}, {"what": "剪"}]}, refused, samples.POOLS)
    wrong = {each.id: each.errors for line in asked.lines() for each in line.each() if each.errors}
    assert wrong == {"terms.1.due_on": ("第2行：请填写期限。",), "terms.0": ("第1行：议定事项须逐项填写。",)}
    assert asked.troubles() == ("第2行：没有“fly”一栏。",)


def test_a_refusal_about_a_row_is_told_in_english_too(gallery_app: Flask) -> None:
    refused = refusal(
        "InvalidData",
        "{label}至少{min}字，现有{actual}字。",
        {"label": "事项", "min": 2, "actual": 1},
        "terms",
        (1, "what"),
    )
    with gallery_app.test_request_context(headers={"Cookie": "linban_language=en"}):
        assert re.match("Row 2: .*at least 2", sentence(refused, "orchard"))
