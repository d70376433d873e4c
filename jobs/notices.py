"""Delivers letters through apprise; the inbox needs no delivery, it is the row itself."""

from __future__ import annotations

import os
import time
from urllib.parse import quote

import apprise
import structlog
from sqlalchemy.orm import Session

from jobs import store
from models import db, delivery
from models.delivery import Letter
from workflow.calendar import SHANGHAI

log = structlog.get_logger(__name__)

LONGEST = 10.0  # seconds; the next ticket goes on
SHOWN = 100  # lines of a letter
REFUSED = "邮件服务器没有接收 / the mail server did not take it"


def mail_server() -> str:
    """An apprise URL; empty where no letters are sent."""
    return os.environ.get("LINBAN_MAIL", "")


def anything_to_deliver(session: Session) -> bool:
    return bool(mail_server()) and delivery.anything_to_deliver(session)


def deliver() -> int:
    """Sends what waits, one letter an address, for ten seconds at most; gives how many were sent."""
    done, end = 0, time.monotonic() + LONGEST
    while mail_server() and time.monotonic() < end and (letter := claim()):
        done += deliver_one(mail_server(), letter)
    return done


def claim() -> Letter | None:
    with db.transaction(store.sessions()) as session:
        return delivery.claim(session)


def deliver_one(server: str, letter: Letter) -> bool:
    """Sent outside every transaction; what is marked is what the mail server took."""
    taken = is_taken(server, letter)
    if not taken:
        log.warning("letter.refused", notices=letter.ids)
    db.retried(lambda: mark(letter, taken))
    return taken


def mark(letter: Letter, taken: bool) -> None:
    with db.transaction(store.sessions()) as session:
        if taken:
            delivery.sent(session, letter.ids)
        else:
            delivery.failed(session, letter.ids, REFUSED)


def is_taken(server: str, letter: Letter) -> bool:
    """A letter that cannot be sent, whatever the fault, holds up no other."""
    try:
        return post(server, letter)
    except Exception as error:
        log.error("letter.failed", notices=letter.ids, reason=type(error).__name__)
        return False


def post(server: str, letter: Letter) -> bool:
    """`server` is an apprise URL such as `mailto://host:25?from=linban@example.org`.

    A letter sent twice carries the same key, so that a mail filter may know it again.
    """
    joint = "&" if "?" in server else "?"
    sender = apprise.Apprise()
    sender.add(f"{server}{joint}to={quote(letter.address)}&+X-Linban-Key={quote(letter.key)}")
    return bool(sender.notify(title=subject(letter), body=body(letter), body_format=apprise.NotifyFormat.TEXT))


def subject(letter: Letter) -> str:
    if len(letter.lines) == 1:
        return f"邻办：{letter.lines[0].title}"
    return f"邻办：您有{len(letter.lines)}条提醒"


def body(letter: Letter) -> str:
    lines = [f"{line.created_at.astimezone(SHANGHAI):%m月%d日 %H:%M}　{line.title}" for line in letter.lines[:SHOWN]]
    if len(letter.lines) > SHOWN:
        lines.append(f"……另有{len(letter.lines) - SHOWN}条，见收件箱")
    return "\n".join([*lines, "", "请登录邻办办理。此邮件由系统发出，请勿直接回复。"])
