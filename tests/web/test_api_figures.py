"""The figures over the network: the same as on the page, for those who watch."""

from __future__ import annotations

import pytest

from tests.web.programs import MONDAY, Program, Town
from workflow.registry import PROCEDURES


@pytest.fixture
def watcher(programs: Town) -> Program:
    programs.at(MONDAY)
    programs.program("zhouxiaoman").register()
    return programs.program("mengzhixing")


def test_every_measure_of_the_procedure_is_told_with_what_it_was_counted_from(watcher: Program) -> None:
    told = watcher.get("/procedures/petition/measures").get_json()
    assert [each["id"] for each in told["measures"]] == list(PROCEDURES["petition"].measures)
    found = {each["id"]: each for each in told["measures"]}["withdrawn_share"]
    assert found["label"] == {"zh": "撤回率", "en": "Share withdrawn"}
    assert found["among"] > 0
    assert found["value"] == pytest.approx(found["of"] / found["among"], abs=1e-6)


def test_where_nothing_was_counted_the_value_is_null(watcher: Program) -> None:
    told = watcher.get("/procedures/petition/measures?from=2010-01-01&to=2010-12-31").get_json()
    assert {each["value"] for each in told["measures"]} == {None}


def test_only_who_watches_may_ask_and_only_of_procedures_of_his_post(watcher: Program, programs: Town) -> None:
    assert programs.program("chenliqiu").get("/procedures/petition/measures").status_code == 403
    assert watcher.get("/procedures/branch_rating/measures").status_code == 404
    assert watcher.get("/procedures/nothing/measures").status_code == 404


def test_a_day_that_is_none_is_refused(watcher: Program) -> None:
    assert watcher.get("/procedures/petition/measures?from=2026-13-01").status_code == 422
    assert watcher.get("/procedures/petition/measures?from=2026-02-01&to=2026-01-01").status_code == 422
