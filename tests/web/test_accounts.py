"""An operator makes the first office and account of an empty record, and then everybody else."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

from models.db import db
from tests.models.conftest import new_engine
from tests.web import counter
from web.cli import main

Run = Callable[..., Result]
FIRST = "account begin --unit LA --unit-name 柳岸街道 --level street --name 孟知行 --login Meng --role supervisor"


@pytest.fixture
def empty(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Tables and nothing in them."""
    name = f"empty_{os.getpid()}_{os.urandom(4).hex()}"
    engine = new_engine(database_url, name)
    monkeypatch.setenv("LINBAN_SCHEMA", name)
    yield engine
    with engine.begin() as at:
        at.execute(text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()


@pytest.fixture
def run(empty: Engine) -> Run:
    def ran(words: str, typed: str = "") -> Result:
        return CliRunner().invoke(main, words.split(), input=typed)

    return ran


def count(engine: Engine, table: str) -> int:
    with engine.begin() as at:
        return int(at.scalar(text(f"SELECT count(*) FROM {table}")))


def test_the_first_person_can_sign_in_with_the_password_shown_once(
    run: Run, empty: Engine, database_url: str, tmp_path: Path
) -> None:
    told = run(FIRST)
    assert told.exit_code == 0, told.output
    password = re.search(r"shown this once: (\S{16})$", told.output)[1]
    app = counter.make(database_url, os.environ["LINBAN_SCHEMA"], tmp_path)
    desk = counter.Desk(app.test_client()).sign_in("meng", password)
    assert "孟知行" in desk.get("/").text
    with app.app_context():
        db.engine.dispose()


def test_the_first_account_brings_the_calendar(run: Run, empty: Engine) -> None:
    run(FIRST)
    with empty.begin() as at:
        assert at.scalar(text("SELECT count(*) FROM calendar_days WHERE confirmed AND day >= '2026-01-01'")) >= 365


def test_a_beginning_needs_no_tables(run: Run, empty: Engine) -> None:
    with empty.begin() as at:
        at.execute(text(f"DROP SCHEMA {os.environ['LINBAN_SCHEMA']} CASCADE"))
        at.execute(text(f"CREATE SCHEMA {os.environ['LINBAN_SCHEMA']}"))
    assert run(FIRST).exit_code == 0
    assert count(empty, "accounts") == 1


def test_there_is_only_one_beginning(run: Run, empty: Engine) -> None:
    run(FIRST)
    again = run(FIRST.replace("Meng", "other").replace("--unit LA", "--unit SQ"))
    assert again.exit_code == 1
    assert "已有账号" in again.output
    assert "there are accounts" in again.output
    assert (count(empty, "accounts"), count(empty, "units")) == (1, 1)


def test_a_password_may_be_read_and_is_then_not_shown(run: Run) -> None:
    told = run(f"{FIRST} --password-stdin", "correct horse\n")
    assert told.exit_code == 0
    assert "correct horse" not in told.output


@pytest.mark.parametrize(
    ("words", "typed", "why"),
    [
        (FIRST.replace("supervisor", "emperor"), "", "没有“emperor”这个岗位"),
        (FIRST.replace("supervisor", "petitioner"), "", "没有“petitioner”这个岗位"),
        (FIRST.replace("--unit LA", "--unit la-1"), "", "单位代码须是"),
        (f"{FIRST} --password-stdin", "short\n", "密码至少8个字符"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(run: Run, empty: Engine, words: str, typed: str, why: str) -> None:
    told = run(words, typed)
    assert (told.exit_code, why in told.output) == (1, True), told.output
    assert [count(empty, table) for table in ("units", "people", "accounts", "calendar_days")] == [0, 0, 0, 0]


def test_others_are_added_each_in_his_posts(run: Run, empty: Engine) -> None:
    run(FIRST)
    told = run("account add --unit LA --name 陈立秋 --login chen --role caseworker --role window_clerk")
    assert told.exit_code == 0, told.output
    assert count(empty, "posts") == 3
    assert run("account post chen --unit LA --role dispatcher").exit_code == 0
    assert count(empty, "posts") == 4
    assert "already holds" in run("account post chen --unit LA --role dispatcher").output


@pytest.mark.parametrize("login", ["meng", "MENG"])
def test_a_login_belongs_to_one_person(run: Run, empty: Engine, login: str) -> None:
    run(FIRST)
    assert run(f"account add --unit LA --name 另一人 --login {login} --role caseworker").exit_code == 1
    assert count(empty, "people") == 1


def test_a_unit_stands_under_one_of_a_higher_level(run: Run, empty: Engine) -> None:
    run(FIRST)
    assert run("unit LAGH --name 桂花巷社区 --level community --under LA").exit_code == 0
    for wrong in ("--level street --under LA", "--level community --under XX", "--level community --under LAGH"):
        assert run(f"unit NEW --name 新 {wrong}").exit_code == 1
    with empty.begin() as at:
        line = at.execute(text("SELECT street_id, community_id FROM units WHERE id = 'LAGH'")).one()
    assert tuple(line) == ("LA", "LAGH")


def test_a_units_telephone_can_be_changed_and_its_place_cannot(run: Run, empty: Engine) -> None:
    run(FIRST)
    assert run("unit LA --phone 0000-5551180 --hours 9-17").exit_code == 0
    assert run("unit LA --level district").exit_code == 1
    with empty.begin() as at:
        row = at.execute(text("SELECT name, level, phone, hours FROM units")).one()
    assert tuple(row) == ("柳岸街道", "street", "0000-5551180", "9-17")


def test_a_database_that_does_not_answer_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    told = CliRunner().invoke(main, FIRST.split())
    assert told.exit_code == 1
    assert told.output.count("\n") == 1
    assert "no database" in told.output
