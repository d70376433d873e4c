"""Lists over the network: only what one may see, in an order that holds, a page at a time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.programs import MONDAY, Program, Town


@pytest.fixture
def clerk(programs: Town) -> Program:
    programs.at(MONDAY)
    return programs.program("zhouxiaoman")


def walked(program: Program, first: str) -> list[dict[str, Any]]:
    """All pages, one after the other."""
    found, onward = [], first
    while onward:
        told = program.get(onward.removeprefix("/api/v1")).get_json()
        found += told["cases"]
        onward = told["next"]
    return found


@pytest.mark.parametrize("sort", ["due", "-due", "filed", "-filed"])
def test_pages_follow_each_other_without_gap_or_double(clerk: Program, sort: str) -> None:
    made = {clerk.register()["number"] for _ in range(3)}
    found = walked(clerk, f"/cases?limit=2&sort={sort}")
    numbers = [each["number"] for each in found]
    assert made <= set(numbers)
    assert len(numbers) == len(set(numbers))
    key = sort.removeprefix("-")
    moments = [each[f"{key}_at"] or "9999" for each in found]
    assert moments == sorted(moments, reverse=sort.startswith("-"))


def test_nobody_lists_anothers_cases(clerk: Program, programs: Town) -> None:
    no = clerk.register()["number"]
    assert no in {each["number"] for each in walked(programs.program("hechangfeng"), "/cases?limit=200")}
    assert no not in {each["number"] for each in walked(programs.program("zhengheguang"), "/cases?limit=200")}


def test_filters_narrow(clerk: Program, programs: Town) -> None:
    no = clerk.register()["number"]
    programs.program("chenliqiu").act(no, "accept", {"route": 6}, 1)
    accepted = walked(clerk, "/cases?state=accepted&procedure=petition&level=street&limit=200")
    assert no in {each["number"] for each in accepted}
    assert {each["state"]["id"] for each in accepted} == {"accepted"}
    assert walked(clerk, "/cases?level=city") == []
    assert no not in {each["number"] for each in walked(clerk, "/cases?due_by=2025-10-01&limit=200")}


def test_what_is_overdue_is_told_so(clerk: Program, programs: Town) -> None:
    no = clerk.register()["number"]
    assert no not in {each["number"] for each in walked(clerk, "/cases?overdue=true&limit=200")}
    programs.at("2025-09-20T09:00+08:00")
    late = walked(clerk, "/cases?overdue=true&limit=200")
    assert no in {each["number"] for each in late}
    assert all(each["overdue"] for each in late)
    assert no not in {each["number"] for each in walked(clerk, "/cases?overdue=false&limit=200")}


def test_the_community_sees_its_own_and_the_street_sees_both(programs: Town, clerk: Program) -> None:
    assert clerk.register()["number"]
    below = programs.program("weichunhe").register()["number"]
    assert [each["number"] for each in walked(programs.program("weichunhe"), "/cases")] == [below]
    assert below in {each["number"] for each in walked(clerk, "/cases?limit=200")}
