"""What an operator asks of a running record: does it still say what was written, and what keeps it from working."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

from models import db, seed
from tests.models.conftest import SECRET, new_engine
from tests.models.office import Office
from web.cli import main

Run = Callable[..., Result]
MONDAY = "2025-09-01T09:00"


@pytest.fixture
def kept(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The town with three cases, on a Monday."""
    name = f"operator_{os.getpid()}_{os.urandom(4).hex()}"
    engine = new_engine(database_url, name)
    monkeypatch.setenv("LINBAN_SCHEMA", name)
    monkeypatch.delenv("LINBAN_MAIL", raising=False)
    seed.found_town(db.sessions(engine, secret=SECRET))
    with db.transaction(db.sessions(engine, secret=SECRET)) as session:
        office = Office(session).at(MONDAY)
        for _ in range(3):
            office.register()
    yield engine
    with engine.begin() as at:
        at.execute(text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def change(engine: Engine, *statements: str) -> None:
    """As somebody who owns the database could."""
    with engine.begin() as at:
        for statement in statements:
            at.execute(text(statement))


def move(engine: Engine, moment: str) -> None:
    with db.transaction(db.sessions(engine, secret=SECRET)) as session:
        Office(session).at(moment)


# The chain


def test_an_untouched_record_holds(kept: Engine) -> None:
    told = run("audit")
    assert (told.exit_code, told.stdout) == (0, "3 件，0 处不符 / 3 cases, 0 breaks\n")


def test_a_break_is_told_with_case_number_and_what_differs(kept: Engine) -> None:
    change(
        kept, "ALTER TABLE events DISABLE TRIGGER USER",
        "UPDATE events SET actor = '1' WHERE case_id = (SELECT id FROM cases WHERE no = 'XF-LA-2025-000002')",
    )  # fmt: skip
    told = run("audit")
    assert told.exit_code == 1
    assert told.stdout == (
        "XF-LA-2025-000002 #1: 记录被改动 / the event is not as it was written\n3 件，1 处不符 / 3 cases, 1 breaks\n"
    )


def test_one_case_can_be_asked_for(kept: Engine) -> None:
    assert run("audit", "--case", "XF-LA-2025-000001").stdout.startswith("1 件，0 处不符")
    unknown = run("audit", "--case", "XF-LA-2025-999999")
    assert unknown.exit_code == 2
    assert "is no case" in unknown.output


def test_an_act_done_meanwhile_is_no_break(kept: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the row of a case and its events somebody else acts on it."""
    whole = db.Session.execute

    def act() -> None:
        with db.transaction(db.sessions(kept, secret=SECRET)) as session:
            office = Office(session)
            office.act("chenliqiu", "XF-LA-2025-000001", "accept", route=6)

    def slowly(session: db.Session, statement: object, *given: object, **more: object) -> object:
        found = whole(session, statement, *given, **more)
        if "case_keys" in str(statement) and not acted:
            acted.append(True)
            with ThreadPoolExecutor(1) as beside:
                beside.submit(act).result()
        return found

    acted: list[bool] = []
    monkeypatch.setattr(db.Session, "execute", slowly)
    told = run("audit", "--case", "XF-LA-2025-000001")
    assert acted == [True]
    assert told.exit_code == 0, told.output


# The house


def wrong(told: Result) -> list[str]:
    return [line for line in told.stdout.splitlines() if line.startswith("✗")]


def test_a_house_in_order_says_so_line_by_line(kept: Engine) -> None:
    told = run("doctor")
    assert told.exit_code == 0, told.output
    lines = told.stdout.splitlines()
    assert len(lines) == 9
    assert all(" / " in line and line[0] in "✓·" for line in lines)
    assert "· 没有配置邮件，提醒只进收件箱：LINBAN_MAIL / no mail: reminders stay in the inbox" in lines


def test_mail_that_is_set_up_is_well(kept: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINBAN_MAIL", "mailto://127.0.0.1")
    assert "✓ 已配置邮件 / mail is set up" in run("doctor").stdout


def test_a_database_that_does_not_answer_ends_the_questions_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    told = run("doctor")
    assert told.exit_code == 1
    assert "no database" in wrong(told)[0]
    assert len(told.stdout.splitlines()) == 3


@pytest.mark.parametrize("revision", ["base", "0005"])
def test_tables_that_are_behind_are_told_with_the_command_that_brings_them_up(kept: Engine, revision: str) -> None:
    with kept.begin() as connection:
        command.downgrade(db.config(connection=connection), revision)
    told = run("doctor")
    assert told.exit_code == 1
    assert "linban database upgrade" in wrong(told)[0]
    assert ("空的" in wrong(told)[0]) == (revision == "base")
    assert run("database", "upgrade").exit_code == 0
    assert not any("数据表" in line for line in wrong(run("doctor")))


def test_a_server_may_be_named_without_its_driver(
    kept: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url.replace("postgresql+psycopg:", "postgres:"))
    assert run("database", "upgrade").exit_code == 0
    assert run("doctor").exit_code == 0


def test_a_year_not_yet_settled_is_told_a_month_before_it_begins(kept: Engine) -> None:
    change(kept, "UPDATE calendar_days SET confirmed = false WHERE day >= '2026-01-01'")
    move(kept, "2025-12-01T08:00")
    assert not any("放假安排" in line for line in wrong(run("doctor")))
    move(kept, "2025-12-02T08:00")
    assert "放假安排只确认到 2025-12-31" in run("doctor").stdout


def test_a_calendar_with_nothing_in_it_is_settled_until_yesterday(kept: Engine) -> None:
    change(kept, "TRUNCATE calendar_days")
    assert any("2025-08-31" in line for line in wrong(run("doctor")))


def test_a_queue_that_does_not_answer_is_told(kept: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1")
    assert "REDIS_URL" in wrong(run("doctor"))[0]


def test_what_was_given_up_is_counted_and_tried_again_when_told_to(kept: Engine) -> None:
    change(
        kept, "UPDATE clocks SET dead_at = linban_now(), attempts = 10 WHERE id = (SELECT min(id) FROM clocks)",
        "UPDATE notices SET dead_at = linban_now() WHERE id = (SELECT min(id) FROM notices)",
    )  # fmt: skip
    told = wrong(run("doctor"))
    assert [line.split()[1] for line in told] == ["1", "1"]
    assert all("--revive" in line for line in told)
    assert run("doctor", "--revive").exit_code == 0
    assert run("doctor").exit_code == 0


def test_clocks_that_nobody_climbs_are_told_after_five_minutes(kept: Engine) -> None:
    move(kept, "2025-09-10T09:00")
    with kept.begin() as at:
        first = at.scalar(text("SELECT min(next_at) AT TIME ZONE 'Asia/Shanghai' FROM clocks"))
    move(kept, f"{first:%Y-%m-%dT%H:%M}:00")
    assert run("doctor").exit_code == 0
    move(kept, f"{first:%Y-%m-%dT%H}:06")
    assert "3 项到点五分钟还没办" in wrong(run("doctor"))[0]
