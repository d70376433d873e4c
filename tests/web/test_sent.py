"""What a page sends stands where the law looks for it, and nothing sent can break the reading."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.workflow.orchard import Orchard
from web.sent import in_yuan, read
from workflow.fields import Field

FIELDS = tuple(Orchard.fields.values())


def sent(*pairs: tuple[str, str], fields: tuple[Field, ...] = FIELDS) -> dict[str, object]:
    return read(MultiDict(pairs), fields)


def test_parts_stand_under_their_field() -> None:
    assert sent(("own_scores.soil", "30"), ("vote.present", "9"), ("own_scores.water", "")) == {
        "own_scores": {"soil": "30", "water": ""}, "vote": {"present": "9"},
    }  # fmt: skip


def test_rows_keep_their_numbers_however_they_come() -> None:
    pairs = [
        ("terms.2.what", "浇水"),
        ("terms.0.what", "修\r\n剪"),
        ("terms.0.tools", "saw"),
        ("terms.0.tools", "ladder"),
    ]
    assert sent(*pairs)["terms"] == [{"what": "修 剪", "tools": ["saw", "ladder"]}, {}, {"what": "浇水"}]


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("2000", 200_000), ("2000.00", 200_000), ("2,000.5", 200_050), ("０.０１", 1), ("12元", 1_200), ("-3", -300),
        ("2,00", "2,00"), ("1.234", "1.234"), ("两千", "两千"), ("", ""), ("1e3", "1e3"),
    ],
)  # fmt: skip
def test_yuan_become_fen_and_what_is_no_amount_is_left_to_the_law(typed: str, fen: object) -> None:
    assert sent(("budget", typed)) == {"budget": fen}
    assert sent(("terms.0.amount", typed)) == {"terms": [{"amount": fen}]}


@pytest.mark.parametrize(
    ("value", "shown"), [(200_000, "2000.00"), (1, "0.01"), ("两千", "两千"), (None, ""), (0, "0.00")]
)
def test_an_amount_comes_back_in_yuan(value: object, shown: str) -> None:
    assert in_yuan(value) == shown


@pytest.mark.parametrize(
    "name",
    [
        "terms.0",
        "terms.0.fly",
        "terms.50.what",
        "terms.x.what",
        "terms.00.what",
        "vote.present.more",
        "roll.1",
        "other.1",
    ],
)
def test_a_name_of_no_form_is_passed_on_whole(name: str) -> None:
    assert sent((name, "1")) == {name: "1"}


def test_a_name_that_claims_a_whole_table_takes_nothing_from_it() -> None:
    assert sent(("terms.0.what", "修"), ("terms", "x")) == sent(("terms", "x"), ("terms.0.what", "修"))


NAMES = st.from_regex(r"\A(terms|vote|own_scores|roll|budget|x)(\.([0-9]{1,3}|what|amount|present|soil)){0,3}\Z")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NAMES, st.text(max_size=5)), max_size=8))
def test_no_names_break_the_reading(pairs: list[tuple[str, str]]) -> None:
    told = sent(*pairs)
    assert len(told.get("terms", [])) <= 50
    assert {name.split(".")[0] for name, _ in pairs} == {name.split(".")[0] for name in told}
