"""Cases of two versions at the counter, and the command that leads them from one to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text

from models import db, seed
from models.definitions import remember
from models.organisation import organisation
from models.reading.visible import visible_beneath
from models.snapshots import read_case
from models.tables import Case
from tests.models.conftest import SECRET
from tests.models.stalls import CLERK, LIVES, OFFICER, PEOPLE, WAY, acted, lived
from tests.web import programs
from tests.web.counter import Desk
from tests.web.programs import BASE, Town
from tests.workflow import stall, stall_1
from web import cli
from web.casefile import CaseFile
from web.commands import check, up
from web.commands import migrate as command
from web.meanwhile import meanwhile
from web.processes import NotStarted
from workflow.registry import EARLIER, PROCEDURES, definitions
from workflow.snapshot import Actor

CHEN_IS_HEAD = text("""
    UPDATE posts SET role = 'head' FROM accounts a WHERE a.person_id = posts.person_id AND a.login = 'chenliqiu'
""")


@pytest.fixture
def street(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A case of every life under the first version; the second is in force since."""
    with programs.town(database_url, tmp_path) as town:
        with db.transaction(town.sessions) as session:
            session.execute(PEOPLE)
            session.execute(CHEN_IS_HEAD)
        monkeypatch.setitem(PROCEDURES, "stall", stall_1.Stall)
        lived(town.sessions)
        monkeypatch.setitem(EARLIER, ("stall", "1"), stall_1.Stall)
        monkeypatch.setitem(PROCEDURES, "stall", stall.Stall)
        monkeypatch.setattr(command, "MIGRATIONS", (WAY,))
        for name, value in (("URL", database_url), ("SCHEMA", town.schema), ("KEY", SECRET)):
            place = {"URL": "DATABASE_URL", "SCHEMA": "LINBAN_SCHEMA", "KEY": "LINBAN_SECRET_KEY"}[name]
            monkeypatch.setenv(place, value)
        yield town


@pytest.fixture
def linban(street: Town) -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(cli.main, ["migrate", "stall", "--to", "2", *words])


def stands(town: Town) -> dict[str, tuple[str, str]]:
    with town.sessions() as session:
        return {
            no: (state, version) for no, state, version in session.execute(select(Case.no, Case.state, Case.definition))
        }


def of_state(town: Town, state: str) -> str:
    return min(no for no, (stood, _) in stands(town).items() if stood == state)


def versions(town: Town) -> set[str]:
    return {version for _, version in stands(town).values()}


def test_without_a_word_more_it_is_only_rehearsed(street: Town, linban: Callable[..., Result]) -> None:
    told = linban()
    assert told.exit_code == 0, told.output
    assert f"stall 1 → 2: {len(LIVES)} 件 / cases" in told.output
    assert "granted → licensed: 1" in told.output
    assert "重新起算 anew" in told.output
    assert "given up: 2026年办法不再收费" in told.output
    assert "nothing changed" in told.output
    assert versions(street) == {"1"}


def test_whoever_joins_is_told_with_the_rule(linban: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    joined = replace(WAY.migration, joins={"head": "2026年办法第九条"})
    monkeypatch.setattr(command, "MIGRATIONS", (replace(WAY, migration=joined),))
    assert "head 从此参与 / sees them from now on: 2026年办法第九条" in linban().output


def test_it_is_done_and_taken_back(street: Town, linban: Callable[..., Result]) -> None:
    before = stands(street)
    assert linban("--apply").exit_code == 0
    assert versions(street) == {"2"}
    back = linban("--undo")
    assert (back.exit_code, "已撤回 / given back" in back.output) == (0, True)
    assert stands(street) == before


def test_who_cannot_be_led_is_named(street: Town, linban: Callable[..., Result]) -> None:
    no = of_state(street, "applied")
    acted(street.sessions, no, CLERK, "grant", granted_on="2025-09-09")
    told = linban("--apply")
    assert told.exit_code == 1
    assert f"{no} 留在原处 / stays: “许可”还在等下一位签字，新版的签法不同。 / “许可” is still waiting" in told.output
    assert stands(street)[no] == ("applied", "1")


def test_a_version_that_nothing_leads_to_is_refused_in_a_line(linban: Callable[..., Result]) -> None:
    told = CliRunner().invoke(cli.main, ["migrate", "stall", "--to", "3"])
    assert (told.exit_code, "no migration leads there" in told.output) == (2, True)
    assert linban("--apply", "--undo").exit_code == 2


def test_running_cases_of_a_version_without_a_way_are_told(street: Town) -> None:
    """Seen from a way that leads from version 0, those of version 1 have none."""
    assert command.others(street.sessions, [WAY]) == []
    other = replace(WAY, old=WAY.new)
    assert command.others(street.sessions, [other]) == [
        f"第 1 版 {len(LIVES)} 件没有换版说明 / {len(LIVES)} of version 1: no way"
    ]


# At the counter


def test_pages_of_both_versions_are_shown(street: Town, linban: Callable[..., Result]) -> None:
    kept = of_state(street, "applied")
    acted(street.sessions, kept, CLERK, "grant", granted_on="2025-09-09")
    no = of_state(street, "suspended")
    linban("--apply")
    desk = Desk(street.app.test_client()).sign_in("chenliqiu", seed.DEMO_PASSWORD)
    page = desk.get(f"/cases/{no}").text
    for said in ("程序版本变更，今后按新的版本办理", "收费期限", "准予期", "收费", "已停业"):
        assert said in page
    desk.client.set_cookie("linban_language", "en")
    assert "Procedure changed: handled under the new version" in desk.get(f"/cases/{no}").text
    desk.client.set_cookie("linban_language", "zh")
    assert "已申请" in desk.get(f"/cases/{kept}").text
    for path in ("/", "/cases?q=TD-LA", "/inbox"):
        assert desk.get(path).status_code == 200


def test_programs_read_both_versions(street: Town, linban: Callable[..., Result]) -> None:
    no = of_state(street, "suspended")
    linban("--apply")
    program = street.program("chenliqiu")
    told = program.get(f"/cases/{no}").get_json()
    assert {clock["code"] for clock in told["clocks"]} >= {"S7", "T6"}
    assert {fact["field"] for fact in told["facts"]} >= {"site"}
    events = program.get(f"/cases/{no}/events").get_json()["events"]
    labels = {event["trigger"]: event["label"]["zh"] for event in events}
    assert (labels["collect"], labels["definition"]) == ("收费", "程序版本变更，今后按新的版本办理")
    assert program.get(f"/cases/{no}/clocks/T6/receipt").status_code == 200
    assert program.get(f"/cases/{no}/acts").status_code == 200
    listed = program.get("/cases?procedure=petition").get_json()
    assert listed["cases"] == []
    assert BASE in told["url"]


def test_a_post_sees_the_cases_of_the_versions_it_has_a_part_in(street: Town, linban: Callable[..., Result]) -> None:
    kept, led = of_state(street, "applied"), of_state(street, "suspended")
    acted(street.sessions, kept, CLERK, "grant", granted_on="2025-09-09")
    linban("--apply")
    seen = {}
    with street.sessions() as session:
        for role in ("clerk", "officer", "head", "visitor"):
            found = session.scalars(select(Case.no).where(visible_beneath(session, Actor("20", role, "LA"))))
            seen[role] = {kept, led} & set(found)
    assert seen == {"clerk": {kept}, "officer": {led}, "head": {kept, led}, "visitor": set()}


def test_whoever_comes_too_late_with_a_form_is_told_where_the_case_stood(
    street: Town, linban: Callable[..., Result]
) -> None:
    no = of_state(street, "applied")
    with street.sessions() as session:
        version = read_case(session, no).version
    linban("--apply")
    with street.app.test_request_context(), street.sessions() as session:
        seen = CaseFile(read_case(session, no), OFFICER, organisation(session))
        told = meanwhile(seen, "refuse", version, {})
    assert (told.was, told.now) == ("已申请", "已收件")
    assert [each.what for each in told.acts] == ["程序版本变更，今后按新的版本办理"]


# Starting


def test_a_program_without_a_version_that_a_case_needs_does_not_start(
    street: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    up.nobody_stranded(street.sessions)
    monkeypatch.delitem(EARLIER, ("stall", "1"))
    with pytest.raises(NotStarted) as found:
        up.nobody_stranded(street.sessions)
    first, second = str(found.value).split("\n")[:2]
    assert "不能启动" in first
    assert "not started" in first
    assert second.startswith("stall 1: ")
    assert "没有这个版本" in second
    with street.sessions() as session, pytest.raises(LookupError):
        read_case(session, of_state(street, "suspended"))


def test_a_definition_changed_in_its_place_is_told_by_doctor_and_check(street: Town) -> None:
    with db.transaction(street.sessions) as session:
        remember(session, definitions())
        session.execute(
            text("UPDATE definitions SET names = names || '{act gone}' WHERE procedure = 'stall' AND version = '1'")
        )
    told = CliRunner().invoke(cli.main, ["doctor"])
    wrong = [line for line in told.output.splitlines() if "raise the version" in line]
    assert (told.exit_code, len(wrong), wrong[0][0]) == (1, 1, "✗")
    assert "stall 1: 已有案件按此版办理，定义却变了，请升版" in wrong[0]
    assert wrong[0].endswith("-act gone")
    with street.sessions() as session:
        found = [each for each in check.House({}, frozenset(), session).contradictions() if "act gone" in each]
    assert len(found) == 1


def test_an_upgrade_remembers_what_the_definitions_are(street: Town) -> None:
    assert CliRunner().invoke(cli.main, ["database", "upgrade"]).exit_code == 0
    with street.sessions() as session:
        known = {tuple(row) for row in session.execute(text("SELECT procedure, version FROM definitions"))}
    assert known == set(definitions())
