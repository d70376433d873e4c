from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from models import db
from tests.models.office import Office


@pytest.mark.parametrize(
    "statement", ["UPDATE events SET actor = 'nobody'", "DELETE FROM events", "TRUNCATE events CASCADE"]
)
def test_the_database_refuses_to_change_or_remove_an_event(office: Office, statement: str) -> None:
    office.register()
    with pytest.raises(IntegrityError, match="never changed"), office.session.begin_nested():
        office.session.execute(text(statement))


@pytest.mark.parametrize(
    "change", ["state = 'concluded'", "version = version + 1", "seq = seq + 1", "head = '\\x00'", "seq = seq - 1"]
)
def test_a_case_does_not_move_without_an_event(office: Office, change: str) -> None:
    opened = office.register()
    office.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    with pytest.raises(IntegrityError, match=f"case {opened.no} moves without"), office.session.begin_nested():
        office.session.execute(text(f"UPDATE cases SET {change}"))


def test_an_event_of_an_earlier_transaction_moves_no_case(sessions: db.Sessions) -> None:
    with db.transaction(sessions) as session:
        office = Office(session)
        no = office.register().no
    with pytest.raises(IntegrityError, match="moves without"), db.transaction(sessions) as session:
        session.execute(text("UPDATE cases SET seq = 0, state = '' WHERE no = :no"), {"no": no})


def test_a_case_cannot_be_put_in_by_hand(office: Office) -> None:
    office.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    with pytest.raises(IntegrityError, match="moves without"), office.session.begin_nested():
        office.session.execute(
            text("""INSERT INTO cases (no, procedure, definition, state, unit_id, filed_at)
                    VALUES ('XF-LA-2025-999999', 'petition', '1', 'registered', 'LA', now())""")
        )


def test_what_lists_sort_by_may_be_set_right_without_an_event(office: Office) -> None:
    office.register()
    office.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    office.session.execute(text("UPDATE cases SET title = title || '。'"))


def test_only_a_test_may_move_the_clock(kept: Engine) -> None:
    with kept.begin() as connection:
        schema = connection.execute(text("SELECT current_schema()")).scalar_one()
        connection.execute(text(f"COMMENT ON SCHEMA {schema} IS NULL"))
    with pytest.raises(IntegrityError, match="marked as a test"), kept.begin() as connection:
        connection.execute(text("INSERT INTO clock_offset (ahead) VALUES ('1 day')"))


def test_now_is_the_moved_clocks(office: Office) -> None:
    office.at("2026-02-14T09:30")
    assert f"{db.now(office.session):%Y-%m-%d %H:%M}" == "2026-02-14 01:30"


def test_a_lost_connection_is_tried_again_and_a_fault_is_not(engine: Engine) -> None:
    tries: list[int] = []

    def ends_itself() -> int:
        tries.append(1)
        with db.transaction(db.sessions(engine, secret="")) as session:
            if len(tries) < 3:
                session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return len(tries)

    assert db.retried(ends_itself, pause=lambda _: None) == 3
    with pytest.raises(DBAPIError, match="division by zero"):
        db.retried(lambda: fails(engine, tries), pause=lambda _: None)
    assert len(tries) == 4


def fails(engine: Engine, tries: list[int]) -> None:
    tries.append(1)
    with db.transaction(db.sessions(engine, secret="")) as session:
        session.execute(text("SELECT 1 / 0"))
