"""Score sheets, ballots and tables over the counter and over the network: typed, refused, kept, shown."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import select

from models import audit
from models.db import db
from models.snapshots import read_case
from models.tables import Case, EventValues, Person
from tests.web import browser, counter, town
from tests.web.counter import Desk
from tests.workflow.orchard import Orchard
from web import days, tokens
from workflow.registry import PROCEDURES
from workflow.snapshot import Actor

OPEN = "/cases/new/orchard/propose"
VOTE = {
    "present": 12,
    "ballots_issued": 12,
    "ballots_returned": 12,
    "for": 10,
    "against": 2,
    "abstain": 0,
    "invalid": 0,
}
SHEET = {"own_scores.soil": "40", "own_scores.water": "30", "own_scores.pruning": "9.5"}


@pytest.fixture(scope="module")
def orchard(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A town of its own that keeps an orchard."""
    name = f"orchard_{os.getpid()}"
    with pytest.MonkeyPatch.context() as patched, town.schema(database_url, name):
        patched.setitem(PROCEDURES, "orchard", Orchard)
        app = counter.make(database_url, name, tmp_path_factory.mktemp("data"))
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def keeper(orchard: Flask) -> Desk:
    return Desk(orchard.test_client()).sign_in("yuan")


@pytest.fixture
def person(orchard: Flask) -> Callable[[str], str]:
    def id_of(name: str) -> str:
        with orchard.app_context():
            return str(db.session.scalar(select(Person.id).where(Person.name == name)))

    return id_of


@pytest.fixture
def soon(orchard: Flask) -> str:
    with orchard.app_context():
        return (days.today() + timedelta(days=60)).isoformat()


def proposal(person: Callable[[str], str], **more: str) -> dict[str, object]:
    lines = {"applicant": person("方婷"), "budget": "12,000.00", "share": "0.25", "sides.0.who": person("林晓芸")}
    return {**lines, **SHEET, "sides.0.helpers": [person("石磊"), person("何静")], "sides.0.from": "GHX", **more}


@pytest.fixture
def proposed(keeper: Desk, person: Callable[[str], str]) -> str:
    answer = keeper.fill(OPEN, **proposal(person))
    assert answer.status_code == 201, answer.text
    return re.search(r"GY-LAJD-\d{4}-\d{6}", answer.text)[0]


def totals(**more: object) -> dict[str, object]:
    return {f"vote.{name}": str(value) for name, value in {**VOTE, **more}.items()}


def on_file(app: Flask, no: str) -> dict[str, object]:
    with app.app_context():
        return dict(db.session.scalar(select(Case.data).where(Case.no == no)))


# On the page


def test_a_sheet_is_asked_indicator_by_indicator(keeper: Desk) -> None:
    text = keeper.get(OPEN).text
    assert re.search(r'<legend class="lb-q">自评</legend>', text)
    assert re.search(r'inputmode="decimal"[^>]* name="own_scores\.soil"', text)
    assert "满分40" in text


def test_what_is_typed_in_yuan_is_kept_in_fen(orchard: Flask, keeper: Desk, proposed: str) -> None:
    assert on_file(orchard, proposed)["budget"] == 1_200_000
    assert "12,000.00元" in keeper.get(f"/cases/{proposed}").text


def test_everything_is_kept_as_exact_text_and_plain_records(
    orchard: Flask, proposed: str, person: Callable[[str], str]
) -> None:
    kept = on_file(orchard, proposed)
    assert kept["share"] == "0.25"
    assert kept["own_scores"] == {"soil": "40", "water": "30", "pruning": "9.5"}
    assert kept["sides"] == [{"who": person("林晓芸"), "helpers": [person("石磊"), person("何静")], "from": "GHX"}]


def test_the_case_shows_a_sheet_and_a_table(keeper: Desk, proposed: str) -> None:
    text = keeper.get(f"/cases/{proposed}").text
    assert re.search('scope="row">修剪</th><td role="cell">9.5</td><td role="cell">30</td>', text)
    assert re.search(
        '<th role="rowheader" scope="row">合计</th><td role="cell">79.5</td><td role="cell">100</td>', text
    )
    assert re.search(">林晓芸</td>.*>石磊、何静</td>.*>桂花巷社区</td>", text)


def test_a_row_more_is_drawn_and_nothing_typed_is_lost(
    orchard: Flask, keeper: Desk, person: Callable[[str], str]
) -> None:
    keeper.get(OPEN)
    before = len(cases(orchard))
    text = keeper.post(OPEN, proposal(person, more="sides")).text
    assert 'name="sides.1.who"' in text
    assert 'name="budget"' in text
    assert 'value="12000.00"' in text
    assert 'value="9.5"' in text
    assert re.search(rf'name="sides\.0\.helpers" value="{person("石磊")}" checked', text)
    assert re.search(r'<button[^>]*name="more" value="sides" formaction="#f-sides\.2"', text)
    assert len(cases(orchard)) == before


def test_a_browser_without_scripts_adds_a_row_and_lands_on_it(orchard: Flask, chromium: Browser) -> None:
    with (
        browser.served(orchard) as address,
        browser.window(chromium, address, width=360, java_script_enabled=False) as sheet,
    ):
        sheet.goto(f"{address}/login")
        sheet.locator("#f-login").fill("yuan")
        sheet.locator("#f-password").fill(town.PASSWORD)
        sheet.locator("#f-password").press("Enter")
        sheet.goto(f"{address}{OPEN}")
        sheet.locator('[name="budget"]').fill("二十")
        for number in (1, 2):
            sheet.get_by_role("button", name="再加一行").click()
            assert sheet.url.endswith(f"#f-sides.{number}")
            assert sheet.locator(f'[id="f-sides.{number}"]').is_visible()
        assert sheet.locator('[name="budget"]').input_value() == "二十"


def cases(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Case.no)))


def test_a_row_more_on_a_case_keeps_the_version_that_was_seen(
    orchard: Flask, keeper: Desk, proposed: str, soon: str
) -> None:
    path = f"/cases/{proposed}/do/settle"
    keeper.get(path)
    lines = {"roll": "15", **totals(), "terms.0.what": "修篱笆", "terms.0.due_on": soon, "terms.0.amount": "一百"}
    answer = keeper.post(path, {**lines, "more": "terms"})
    assert answer.status_code == 200
    assert 'value="一百"' in answer.text
    assert 'name="version" value="1"' in answer.text
    assert 'name="terms.1.what"' in answer.text


def test_a_wish_for_a_row_where_there_is_no_table_sends_the_form(keeper: Desk, person: Callable[[str], str]) -> None:
    assert keeper.fill(OPEN, **proposal(person, more="budget")).status_code == 201


def test_errors_stand_at_the_very_input(keeper: Desk, proposed: str, soon: str) -> None:
    rows = {"terms.0.what": "修篱笆", "terms.0.due_on": soon, "terms.2.what": "浇水", "terms.2.amount": "12.345"}
    answer = keeper.fill(f"/cases/{proposed}/do/settle", roll="15", **totals(**{"for": 9}), **rows)
    assert answer.status_code == 422
    assert re.search(r'id="e-terms\.2\.due_on">第3行：请填写期限。', answer.text)
    assert re.search(r'id="e-terms\.2\.amount">第3行：金额须为金额，最多两位小数。', answer.text)
    assert re.search(r'id="e-vote\.for">赞成、反对、弃权和无效共11票，与收回的12票不符。', answer.text)
    assert 'href="#f-terms.2.due_on"' in answer.text
    assert 'value="12.345"' in answer.text


def test_an_indicator_above_its_mark_is_refused_at_its_input(keeper: Desk, person: Callable[[str], str]) -> None:
    answer = keeper.fill(OPEN, **proposal(person, **{"own_scores.soil": "40.5"}))
    assert answer.status_code == 422
    assert re.search(r'id="e-own_scores\.soil">土壤超过该项满分40。', answer.text)


def test_a_ballot_is_carried_and_shown(keeper: Desk, proposed: str, soon: str) -> None:
    settled(keeper, proposed, soon)
    text = keeper.get(f"/cases/{proposed}").text
    assert "已议定" in text
    assert re.search('<th role="rowheader" scope="row">到会有表决权人数</th><td role="cell">12</td>', text)
    assert re.search('<th role="rowheader" scope="row">弃权</th><td role="cell">0</td>', text)
    assert "委托他人代投" not in text
    assert "2,000.00元" in text


def settled(keeper: Desk, no: str, soon: str) -> None:
    terms = {"terms.0.what": "修篱笆", "terms.0.due_on": soon, "terms.0.amount": "2000", "terms.0.shared": "true"}
    answer = keeper.fill(f"/cases/{no}/do/settle", roll="15", **totals(), **terms)
    assert answer.status_code == 200, answer.text


def test_what_is_on_file_is_drawn_again(keeper: Desk, proposed: str, soon: str) -> None:
    settled(keeper, proposed, soon)
    path = f"/cases/{proposed}/do/visit"
    visit = {"visits.0.seen_on": "2026-01-05", "visits.0.height": "1.8", "visits.0.watched_by": "王五\r\n赵六"}
    assert keeper.fill(path, **visit).status_code == 200
    text = keeper.get(path).text
    assert re.search(r'type="date" value="2026-01-05"[^>]* name="visits\.0\.seen_on"', text)
    assert "王五\n赵六</textarea>" in text
    assert 'name="visits.1.height"' in text


def test_somebody_in_a_row_must_be_on_the_rolls(keeper: Desk, person: Callable[[str], str]) -> None:
    answer = keeper.fill(OPEN, **proposal(person, **{"sides.1.who": "999999"}))
    assert answer.status_code == 422
    assert re.search(r'id="e-sides\.1\.who">第2行：果农：查无此项。', answer.text)


def test_the_chain_holds_and_tells_every_value(orchard: Flask, keeper: Desk, proposed: str, soon: str) -> None:
    settled(keeper, proposed, soon)
    with orchard.app_context():
        session = db.session()
        assert audit.verify(session, proposed) == []
        told = session.scalars(select(EventValues.values).order_by(EventValues.event_id.desc())).first()
        assert told["form"]["vote"]["for"] == 10
        assert told["file"]["terms"] == [{"what": "修篱笆", "due_on": soon, "amount": 200_000, "shared": True}]
        assert read_case(session, proposed).snapshot.data["vote"].is_carried(15)


# Over the network


@pytest.fixture
def program(orchard: Flask, person: Callable[[str], str]) -> Callable[..., object]:
    with orchard.app_context():
        word = tokens.issue(db.session(), Actor(person("袁青"), "keeper", "LAJD"), "test")
        db.session.commit()
    client: FlaskClient = orchard.test_client()

    def sent(path: str, form: object = None, **more: object) -> object:
        headers = {"Authorization": f"Bearer {word}"}
        if form is None:
            return client.get(f"/api/v1{path}", headers=headers)
        return client.post(f"/api/v1{path}", json={"form": form, **more}, headers=headers)

    return sent


def test_a_program_sends_and_reads_what_the_page_does(program: Callable[..., object], proposed: str, soon: str) -> None:
    terms = [{}, {"what": "修篱笆", "due_on": f"{soon}T09:00:00+08:00", "amount": 200_000}]
    answer = program(f"/cases/{proposed}/acts/settle", {"roll": 15, "vote": VOTE, "terms": terms}, version=1)
    assert answer.status_code == 200, answer.text
    facts = {each["field"]: each["value"] for each in program(f"/cases/{proposed}").json["facts"]}
    assert facts["own_scores"] == {"soil": "40", "water": "30", "pruning": "9.5"}
    assert facts["budget"] == 1_200_000
    assert facts["terms"] == [{"what": "修篱笆", "due_on": soon, "amount": 200_000}]
    assert facts["vote"]["for"] == 10


def test_a_program_is_pointed_at_the_very_cell(program: Callable[..., object], proposed: str, soon: str) -> None:
    terms = [
        {"what": "修", "due_on": f"{soon}T09:00:00"}, {"what": "剪"}, {"what": "浇", "due_on": soon, "amount": 12.5},
        {"what": "收", "due_on": soon, "fly": 1},
    ]  # fmt: skip
    answer = program(
        f"/cases/{proposed}/acts/settle", {"roll": 15, "vote": VOTE | {"proxies": 1}, "terms": terms}, version=1
    )
    told = {each["pointer"]: (each["code"], each["message"], each["message_en"]) for each in answer.json["errors"]}
    assert {pointer: code for pointer, (code, _, _) in told.items()} == {
        "/form/vote/proxies": "invalid-value", "/form/terms/0/due_on": "timezone-required",
        "/form/terms/1/due_on": "required", "/form/terms/2/amount": "invalid-value", "/form/terms/3/fly": "unknown-field",
    }  # fmt: skip
    assert told["/form/terms/1/due_on"][1] == "第2行：请填写期限。"
    assert told["/form/terms/1/due_on"][2].startswith("Row 2: ")
    assert told["/form/vote/proxies"][2] == "Nobody may vote by proxy."


def test_a_limit_is_told_with_the_mistake(program: Callable[..., object], person: Callable[[str], str]) -> None:
    form = {
        "applicant": person("方婷"),
        "budget": 6_000_000,
        "own_scores": {"soil": 41, "water": 30, "pruning": 9.5},
        "sides": [{"who": person("林晓芸")}],
    }
    told = {each["pointer"]: each for each in program("/cases/orchard", form).json["errors"]}
    assert (told["/form/budget"]["code"], told["/form/budget"]["max"]) == ("out-of-range", 5_000_000)
    assert told["/form/budget"]["message"] == "预算不得大于50,000.00元。"
    assert (told["/form/own_scores/soil"]["code"], told["/form/own_scores/soil"]["max"]) == ("out-of-range", 40)
    assert told["/form/own_scores/pruning"]["message"] == "修剪有小数的，须写成带引号的文字。"


@pytest.mark.parametrize(
    "terms",
    [
        [[]],
        [[["x"]]],
        {"0": {}},
        [{"what": {"a": 1}}],
        [{"due_on": [1]}],
        [{"tools": {"a": "b"}}],
        "x",
        [None, 3],
        [{"": ""}],
    ],
)
def test_rubbish_in_a_table_is_refused_in_sentences(
    program: Callable[..., object], proposed: str, terms: object
) -> None:
    answer = program(f"/cases/{proposed}/acts/settle", {"roll": 15, "vote": VOTE, "terms": terms}, version=1)
    assert answer.status_code == 422
    assert all(each["message"] and each["message_en"] for each in answer.json["errors"])
