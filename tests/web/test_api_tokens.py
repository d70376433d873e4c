"""Keys for programs: made on the command line, shown once, good for one post only."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from models import db
from models.tables import ApiToken
from tests.web.programs import Program, Town
from web.commands.token import token


@pytest.fixture
def run(programs: Town, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("LINBAN_SCHEMA", programs.schema)

    def ran(*words: str) -> Result:
        return CliRunner().invoke(token, ["create", *words])

    return ran


def test_a_key_is_shown_once_and_kept_as_a_hash(run: object, programs: Town) -> None:
    result = run("chenliqiu", "--role", "caseworker", "--unit", "LA", "--label", "数据对接")  # type: ignore[operator]
    assert result.exit_code == 0, result.output
    word = result.output.strip()
    assert re.fullmatch("linban_[A-Za-z0-9_-]{43}", word)
    told = Program(programs.app.test_client(), word).get("/me").get_json()
    assert (told["name"], told["token"]) == ("陈立秋", "数据对接")
    assert told["expires_at"]
    with db.transaction(programs.sessions) as session:
        row = session.scalars(select(ApiToken).where(ApiToken.label == "数据对接")).one()
        assert word.encode() not in row.token_hash
        assert (len(row.token_hash), row.last_used_at is not None) == (32, True)


@pytest.mark.parametrize(
    "words",
    [
        ("chenliqiu", "--role", "unit_head", "--unit", "LA"),
        ("chenliqiu", "--role", "caseworker", "--unit", "SQ"),
        ("chenliqiu", "--role", "caseworker"),
        ("chenliqiu", "--role", "nonsense", "--unit", "LA"),
        ("nobody", "--role", "caseworker", "--unit", "LA"),
        ("99999999999999999999", "--role", "caseworker", "--unit", "LA"),
    ],
)
def test_nobody_gets_a_key_to_a_post_he_does_not_hold(run: object, words: tuple[str, ...]) -> None:
    result = run(*words)  # type: ignore[operator]
    assert result.exit_code == 1
    assert "linban_" not in result.output
