"""Letters go to a real mail server of this machine, in office hours, one a person, each once.

The town stands in a schema of its own and is built once; each test finds it with one petition and no letter waiting.
"""

from __future__ import annotations

import email
import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from sqlalchemy import Engine, select, text

from jobs import deadlines, notices, store
from models import db, delivery, seed
from models.tables import Notice
from tests.models.conftest import new_engine
from tests.models.office import Office

SECRET = "a secret that opens nothing"
MONDAY = "2025-09-01T09:00"
EMPTY = "SET LOCAL session_replication_role = replica; TRUNCATE cases, counters, idempotency_keys, clock_offset CASCADE"
LIN = "chenliqiu@yunzhou.example"
ADD = """
    INSERT INTO notices
        (case_id, seq, role, person_id, channel, address, what, title, dedup_key, created_at, deliver_after)
    SELECT c.id, 1, 'caseworker', a.person_id, 'email', a.email, 'warn', :title, :title || a.email,
        linban_now(), linban_now()
    FROM cases c, accounts a WHERE a.email = :address ORDER BY c.id LIMIT 1
"""


class Desk:
    """One petition on a Monday morning; what is done here is really kept."""

    def __init__(self, sessions: db.Sessions) -> None:
        self.sessions = sessions
        self.at(MONDAY)
        with db.transaction(sessions) as session:
            Office(session).register()
        self.change("DELETE FROM notices")

    def at(self, moment: str) -> None:
        with db.transaction(self.sessions) as session:
            Office(session).put_clock_to(datetime.fromisoformat(f"{moment}+08:00"))

    def change(self, statement: str, **values: object) -> None:
        with db.transaction(self.sessions) as session:
            session.execute(text(statement), values)

    def write(self, *titles: str, address: str = LIN) -> None:
        for title in titles:
            self.change(ADD, title=title, address=address)

    def notices(self) -> list[Notice]:
        with self.sessions() as session:
            return list(session.scalars(select(Notice).order_by(Notice.id)))

    def states(self) -> list[tuple[bool, int, bool]]:
        return [(n.delivered_at is not None, n.attempts, n.dead_at is not None) for n in self.notices()]


class Box:
    """Takes every letter, or none while `full`."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.full = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.full:
            return "452 insufficient storage"
        assert isinstance(envelope.content, bytes)
        self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    @property
    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.letters]


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    found = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setenv("LINBAN_MAIL", f"mailto://127.0.0.1:{port}?from=linban@yunzhou.example&mode=insecure")
    yield found
    server.stop()


@pytest.fixture(scope="module")
def built(database_url: str) -> Iterator[Engine]:
    """The town in a schema of its own, built once."""
    engine = new_engine(database_url, f"mail_{os.getpid()}")
    seed.found_town(db.sessions(engine, secret=SECRET))
    yield engine
    engine.dispose()


@pytest.fixture
def desk(built: Engine, box: Box, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    own = {"DATABASE_URL": database_url, "LINBAN_SCHEMA": f"mail_{os.getpid()}", "LINBAN_SECRET_KEY": SECRET}
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    with built.begin() as connection:
        connection.execute(text(EMPTY))
    store.close()
    yield Desk(db.sessions(built, secret=SECRET))
    store.close()


def test_a_letter_reaches_the_mail_server_once(desk: Desk, box: Box) -> None:
    desk.write("受理将于9月16日到期")
    assert notices.deliver() == 1
    assert notices.deliver() == 0
    [letter] = box.letters
    assert (letter["To"], letter["Subject"]) == (LIN, "邻办：受理将于9月16日到期")
    assert "请登录邻办办理" in letter.get_content()
    assert letter["X-Linban-Key"] == f"受理将于9月16日到期{LIN}"
    assert desk.states() == [(True, 1, False)]


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        ("2025-09-02T08:59", False),
        ("2025-09-02T09:00", True),
        ("2025-09-02T17:59", True),
        ("2025-09-02T18:00", False),
        ("2025-09-06T10:00", False),  # Saturday
        ("2025-09-28T10:00", True),  # Sunday worked for the National Day holidays
        ("2025-10-01T10:00", False),
    ],
)
def test_letters_go_out_in_office_hours_of_shanghai(desk: Desk, box: Box, moment: str, goes: bool) -> None:
    desk.write("受理将于9月16日到期")
    desk.change("UPDATE clocks SET next_at = NULL")
    desk.at(moment)
    with desk.sessions() as session:
        assert notices.anything_to_deliver(session) is goes
    assert notices.deliver() == int(goes)


def test_a_backlog_is_one_letter_a_person(desk: Desk, box: Box) -> None:
    desk.write("第一条", "第二条", "第三条")
    desk.write("另一人的", address="daiweizhong@yunzhou.example")
    assert notices.deliver() == 2
    assert sorted(box.subjects) == ["邻办：另一人的", "邻办：您有3条提醒"]
    body = next(letter for letter in box.letters if letter["To"] == LIN).get_content()
    assert all(title in body for title in ("第一条", "第二条", "第三条"))


def test_a_long_backlog_is_not_a_long_letter(desk: Desk, box: Box) -> None:
    desk.write(*(f"第{n}条" for n in range(notices.SHOWN + 7)))
    notices.deliver()
    assert "……另有7条，见收件箱" in box.letters[0].get_content()


def test_many_hands_share_no_backlog_and_send_nothing_twice(desk: Desk, box: Box) -> None:
    people = [f"{login}@yunzhou.example" for login in ("zhouxiaoman", "hejinghao", "chenliqiu", "daiweizhong")]
    for address in people:
        desk.write(*(f"{n}" for n in range(5)), address=address)
    with ThreadPoolExecutor(4) as hands:
        taken = sum(hands.map(lambda _: notices.deliver(), range(4)))
    assert taken == len(people)
    assert sorted(str(letter["To"]) for letter in box.letters) == sorted(people)


def test_what_the_mail_server_refuses_is_tried_again_ever_later(desk: Desk, box: Box) -> None:
    desk.write("受理将于9月16日到期")
    box.full = True
    assert notices.deliver() == 0
    [row] = desk.notices()
    assert (row.delivered_at, row.attempts, row.dead_at) == (None, 1, None)
    assert row.last_error
    assert notices.deliver() == 0
    assert len(desk.notices()) == 1
    box.full = False
    desk.at("2025-09-01T09:01")
    assert notices.deliver() == 1
    assert desk.states() == [(True, 2, False)]


def test_after_ten_tries_a_letter_is_given_up_and_told(desk: Desk, box: Box) -> None:
    desk.write("受理将于9月16日到期")
    box.full = True
    for _ in range(delivery.TRIES):
        desk.change("UPDATE notices SET not_before = NULL")
        notices.deliver()
    assert desk.states() == [(False, delivery.TRIES, True)]
    box.full = False
    desk.change("UPDATE notices SET not_before = NULL")
    assert notices.deliver() == 0


def test_what_was_withdrawn_is_not_sent(desk: Desk, box: Box) -> None:
    desk.write("已收回")
    desk.change("UPDATE notices SET withdrawn_at = linban_now()")
    assert notices.deliver() == 0
    assert not box.letters


def test_whoever_dies_with_a_letter_in_hand_loses_it_to_the_next(desk: Desk, box: Box) -> None:
    desk.write("受理将于9月16日到期")
    with db.transaction(desk.sessions) as session:
        assert delivery.claim(session)
    assert notices.deliver() == 0
    desk.at("2025-09-01T09:06")
    assert notices.deliver() == 1


def test_without_a_mail_server_letters_wait(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINBAN_MAIL", "")
    desk.write("受理将于9月16日到期")
    assert notices.deliver() == 0
    assert desk.states() == [(False, 0, False)]


def test_a_warning_arrives_by_letter_when_the_clock_has_spoken(desk: Desk, box: Box) -> None:
    desk.at("2025-09-09T09:00")
    assert notices.deliver() == 0
    deadlines.drain()
    assert notices.deliver() > 0
    assert any("将于9月16日到期" in subject for subject in box.subjects)
