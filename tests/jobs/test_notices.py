"""Letters go to a real mail server of this machine, in office hours, one a person, each once."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from jobs import notices, queue
from models import db, delivery
from tests.jobs.clockwork import Clockwork

LIN = "chenliqiu@yunzhou.example"
ADD = """
    INSERT INTO notices
        (case_id, seq, role, person_id, channel, address, what, title, dedup_key, created_at, deliver_after)
    SELECT c.id, 1, 'caseworker', a.person_id, 'email', a.email, 'warn', :title, :title || a.email,
        linban_now(), linban_now()
    FROM cases c, accounts a WHERE a.email = :address ORDER BY c.id LIMIT 1
"""


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


@pytest.fixture
def desk(town: Clockwork, box: Box) -> Clockwork:
    """One petition, and no letter waiting yet."""
    town.petitions()
    town.change("DELETE FROM notices")
    return town


def write(town: Clockwork, *titles: str, address: str = LIN) -> None:
    for title in titles:
        town.change(ADD, title=title, address=address)


def states(town: Clockwork) -> list[tuple[bool, int, bool]]:
    return [(n.delivered_at is not None, n.attempts, n.dead_at is not None) for n in town.notices()]


def test_a_letter_reaches_the_mail_server_once(desk: Clockwork, box: Box) -> None:
    write(desk, "受理将于9月16日到期")
    assert notices.deliver() == 1
    assert notices.deliver() == 0
    [letter] = box.letters
    assert (letter["To"], letter["Subject"]) == (LIN, "邻办：受理将于9月16日到期")
    assert "请登录邻办办理" in letter.get_content()
    assert letter["X-Linban-Key"] == f"受理将于9月16日到期{LIN}"
    assert states(desk) == [(True, 1, False)]


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
def test_letters_go_out_in_office_hours_of_shanghai(desk: Clockwork, box: Box, moment: str, goes: bool) -> None:
    write(desk, "受理将于9月16日到期")
    desk.at(moment)
    with desk.sessions() as session:
        assert notices.anything_to_deliver(session) is goes
    assert notices.deliver() == int(goes)


def test_a_backlog_is_one_letter_a_person(desk: Clockwork, box: Box) -> None:
    write(desk, "第一条", "第二条", "第三条")
    write(desk, "另一人的", address="daiweizhong@yunzhou.example")
    assert notices.deliver() == 2
    assert sorted(box.subjects) == ["邻办：另一人的", "邻办：您有3条提醒"]
    body = next(letter for letter in box.letters if letter["To"] == LIN).get_content()
    assert all(title in body for title in ("第一条", "第二条", "第三条"))


def test_a_long_backlog_is_not_a_long_letter(desk: Clockwork, box: Box) -> None:
    write(desk, *(f"第{n}条" for n in range(notices.SHOWN + 7)))
    notices.deliver()
    assert "……另有7条，见收件箱" in box.letters[0].get_content()


def test_many_hands_share_no_backlog_and_send_nothing_twice(desk: Clockwork, box: Box) -> None:
    people = [f"{login}@yunzhou.example" for login in ("zhouxiaoman", "hejinghao", "chenliqiu", "daiweizhong")]
    for address in people:
        write(desk, *(f"{n}" for n in range(5)), address=address)
    with ThreadPoolExecutor(4) as hands:
        taken = sum(hands.map(lambda _: notices.deliver(), range(4)))
    assert taken == len(people)
    assert sorted(str(letter["To"]) for letter in box.letters) == sorted(people)


def test_what_the_mail_server_refuses_is_tried_again_ever_later(desk: Clockwork, box: Box) -> None:
    write(desk, "受理将于9月16日到期")
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
    assert states(desk) == [(True, 2, False)]


def test_after_ten_tries_a_letter_is_given_up_and_told(desk: Clockwork, box: Box) -> None:
    write(desk, "受理将于9月16日到期")
    box.full = True
    for _ in range(delivery.TRIES):
        desk.change("UPDATE notices SET not_before = NULL")
        notices.deliver()
    assert states(desk) == [(False, delivery.TRIES, True)]
    box.full = False
    desk.change("UPDATE notices SET not_before = NULL")
    assert notices.deliver() == 0


def test_what_was_withdrawn_is_not_sent(desk: Clockwork, box: Box) -> None:
    write(desk, "已收回")
    desk.change("UPDATE notices SET withdrawn_at = linban_now()")
    assert notices.deliver() == 0
    assert not box.letters


def test_whoever_dies_with_a_letter_in_hand_loses_it_to_the_next(desk: Clockwork, box: Box) -> None:
    write(desk, "受理将于9月16日到期")
    with db.transaction(desk.sessions) as session:
        assert len(delivery.claim(session)) == 1
    assert notices.deliver() == 0
    desk.at("2025-09-01T09:06")
    assert notices.deliver() == 1


def test_without_a_mail_server_letters_wait(desk: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINBAN_MAIL", "")
    write(desk, "受理将于9月16日到期")
    assert notices.deliver() == 0
    assert states(desk) == [(False, 0, False)]


def test_a_warning_arrives_by_letter_once_the_bell_has_rung(desk: Clockwork, box: Box) -> None:
    desk.at("2025-09-09T09:00")
    queue.ring()
    desk.work()
    assert any("将于9月16日到期" in subject for subject in box.subjects)
