"""Letters through apprise to a real mail server: one a person, in working hours, marked when taken."""

from __future__ import annotations

import socket
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import apprise
import pytest
from aiosmtpd.controller import Controller

from jobs import notices
from jobs.clock import Ticker
from tests.jobs.town import Town

WARNED = "2025-09-09T09:00"
MAIL = "notices WHERE channel = 'email'"
LETTERS = "SELECT attempts, delivered_at IS NOT NULL, dead_at IS NOT NULL FROM notices WHERE channel = 'email'"


class Postbox:
    """What the mail server took, and how it answers."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.refuses: set[str] = set()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's word
        if self.refuses & {"", *envelope.rcpt_tos}:
            return "451 come again later"
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 taken"

    @property
    def texts(self) -> list[str]:
        return [str(message.get_content()) for message in self.taken]


@pytest.fixture(scope="session", autouse=True)
def loaded() -> None:
    """apprise loads its ways of sending when it is first asked, one of them with a module that is going away."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        apprise.Apprise().add("mailto://127.0.0.1?from=nobody@yunzhou.example")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def postbox(town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    found = Postbox()
    port = free_port()
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setenv("LINBAN_MAIL", f"mailto://127.0.0.1:{port}?from=linban@yunzhou.example")
    yield found
    server.stop()


def backlog(town: Town, count: int = 15) -> int:
    """Each petition warns both caseworkers of the street: so many letters wait."""
    town.register(count)
    town.put_clock_to(WARNED)
    town.drain()
    return town.count(MAIL)


def test_thirty_notices_of_one_person_are_one_letter(town: Town, postbox: Postbox) -> None:
    assert backlog(town, 30) == 60
    assert notices.deliver() == 2
    assert {message["to"] for message in postbox.taken} == {
        "chenliqiu@yunzhou.example", "suwanqing@yunzhou.example",
    }  # fmt: skip
    assert {message["subject"] for message in postbox.taken} == {"邻办：您有30条提醒"}
    assert [text.count("告知期限将于9月16日到期") for text in postbox.texts] == [30, 30]
    assert town.count(f"{MAIL} AND delivered_at IS NULL") == 0
    assert notices.deliver() == 0


def test_one_notice_is_its_own_subject(town: Town, postbox: Postbox) -> None:
    backlog(town, 1)
    notices.deliver()
    assert {message["subject"] for message in postbox.taken} == {"邻办：告知期限将于9月16日到期"}


@pytest.mark.parametrize("closed", ["2025-09-14T10:00", "2025-09-09T20:00", "2025-10-01T10:00", "2025-09-10T08:59"])
def test_nothing_goes_out_when_the_office_is_closed(town: Town, postbox: Postbox, closed: str) -> None:
    backlog(town)
    town.put_clock_to(closed)
    town.drain()
    assert (notices.deliver(), postbox.taken) == (0, [])
    ticker = Ticker()
    ticker.tick(0.0)
    assert ticker.due_since is None


def test_a_sunday_that_is_worked_in_exchange_is_a_working_day(town: Town, postbox: Postbox) -> None:
    backlog(town)
    town.put_clock_to("2025-09-28T10:00")
    town.drain()
    assert notices.deliver() > 0


def test_letters_wait_until_the_clock_has_said_all(town: Town, postbox: Postbox) -> None:
    town.register(3)
    town.put_clock_to(WARNED)
    assert notices.deliver() == 0
    town.drain()
    town.put_clock_to("2025-09-15T10:00")
    assert notices.deliver() == 0
    town.drain()
    assert notices.deliver() == 2
    assert [text.count("到期") for text in postbox.texts] == [6, 6]


def test_what_is_refused_is_tried_ever_more_rarely_and_given_up_at_ten(town: Town, postbox: Postbox) -> None:
    backlog(town, 2)
    postbox.refuses.add("")
    pauses = []
    for attempt in range(1, 11):
        assert notices.deliver() == 0
        assert town.rows(LETTERS) == [(attempt, False, attempt == 10)] * 4
        ((pause,),) = set(town.rows("SELECT round(extract(epoch FROM not_before - linban_now()) / 2) FROM notices"
                                    " WHERE channel = 'email'"))  # fmt: skip
        pauses.append(int(pause))
        town.run("UPDATE notices SET not_before = linban_now()")
    assert pauses == sorted(set(pauses))
    postbox.refuses.clear()
    assert notices.deliver() == 0
    assert town.count(f"{MAIL} AND last_error <> '' AND dead_at IS NOT NULL") == 4


def test_one_address_that_is_refused_holds_up_no_other(town: Town, postbox: Postbox) -> None:
    backlog(town)
    postbox.refuses.add("chenliqiu@yunzhou.example")
    assert notices.deliver() == 1
    marked = town.rows("SELECT DISTINCT address, delivered_at IS NOT NULL FROM notices WHERE channel = 'email'")
    assert set(marked) == {("chenliqiu@yunzhou.example", False), ("suwanqing@yunzhou.example", True)}


def test_without_a_mail_server_that_answers_nothing_is_marked(
    town: Town, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    backlog(town)
    monkeypatch.setenv("LINBAN_MAIL", "mailto://127.0.0.1:1?from=linban@yunzhou.example")
    assert notices.deliver() == 0
    assert town.count(f"{MAIL} AND attempts = 1 AND delivered_at IS NULL") == 30


def test_a_letter_that_cannot_even_be_written_holds_up_nothing(
    town: Town, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    backlog(town)
    whole = notices.body

    def body(letter: Any) -> str:
        if letter.address.startswith("chen"):
            raise ZeroDivisionError
        return whole(letter)

    monkeypatch.setattr(notices, "body", body)
    assert notices.deliver() == 1
    assert town.count(f"{MAIL} AND attempts = 1 AND delivered_at IS NULL") == 15


def test_several_deliverers_at_once_send_once(town: Town, postbox: Postbox) -> None:
    backlog(town, 40)
    with ThreadPoolExecutor(4) as pool:
        sent = sum(pool.map(lambda _: notices.deliver(), range(4)))
    assert (sent, len(postbox.taken)) == (2, 2)
    assert {message["subject"] for message in postbox.taken} == {"邻办：您有40条提醒"}


def test_whoever_dies_with_a_letter_in_hand_loses_it_to_the_next_after_five_minutes(
    town: Town, postbox: Postbox
) -> None:
    backlog(town)
    assert notices.claim() is not None
    assert notices.claim() is not None
    town.put_clock_to("2025-09-09T09:04")
    assert notices.deliver() == 0
    town.put_clock_to("2025-09-09T09:06")
    assert notices.deliver() == 2
