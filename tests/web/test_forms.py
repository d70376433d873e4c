"""Fields become controls, and what was sent becomes what the law is asked."""

from __future__ import annotations

from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.web import samples
from web import forms
from web.forms import Asked, Pools
from workflow import fields
from workflow.refusals import Refusal


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
    assert forms.read(sent, samples.FIELDS) == {
        "liable": ["wuye", "jiedao"], "present": ["甲", "乙"], "outcome": "support",
    }  # fmt: skip


def test_a_name_nobody_asked_for_is_passed_on_to_be_refused() -> None:
    assert forms.read(MultiDict([("state", "concluded")]), samples.FIELDS) == {"state": "concluded"}


def test_a_long_line_may_be_typed_in_a_box(desk: Flask) -> None:
    reason = named("reason", fields.text("理由", at_most=2000))
    assert Asked("petition", (reason,)).lines()[0].control == "area"
    assert forms.read(MultiDict([("reason", "一\r\n二")]), (reason,)) == {"reason": "一 二"}
