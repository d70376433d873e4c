"""linban doctor: what keeps the house from working, and what to do about it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import click
from sqlalchemy.exc import OperationalError

from models import db
from models.definitions import changed
from models.reading.health import Health, health, revive
from models.stranded import stranded
from web import embedded
from web.record import UNREACHABLE, record, server
from workflow.registry import definitions

AHEAD = timedelta(days=30)  # by then a year's arrangement has been published


@dataclass(frozen=True)
class Finding:
    """`well` is nothing where it is only worth knowing."""

    well: bool | None
    said: str


@click.command()
@click.option("--revive", "again", is_flag=True, help="先让停办的重新试 / first try again what was given up")
def doctor(again: bool) -> None:
    """检查运行状况 / See what is wrong, and what to do."""
    found = [*of_the_record(again), of_the_queue(), of_mail()]
    for each in found:
        click.echo(f"{ {True: '✓', False: '✗', None: '·'}[each.well] } {each.said}")
    sys.exit(1 if any(each.well is False for each in found) else 0)


def of_the_record(again: bool) -> Iterator[Finding]:
    """Of a record that is not up to date nothing more can be asked."""
    try:
        with server() as engine:
            has, wants = db.revisions(engine)
    except OperationalError:
        yield Finding(False, UNREACHABLE)
        return
    yield Finding(True, "数据库可用 / the database answers")
    if has != wants:
        yield Finding(
            False, f"数据表是 {has or '空的 empty'}，应为 {wants}：linban database upgrade / tables are behind"
        )
        return
    yield Finding(True, f"数据表是最新的 {has} / the tables are up to date")
    with record() as session:
        if again:
            revive(session)
        told = health(session)
        lines = [*stranded(session, definitions()), *changed(session, definitions())]
    yield from of_the_definitions(lines)
    yield from (of_the_calendar(told), of_what_was_given_up(told), of_letters(told), of_what_lies(told))


def of_the_definitions(told: list[str]) -> Iterator[Finding]:
    if not told:
        yield Finding(True, "在办案件的程序版本都在 / every case has its version of the procedure")
    yield from (Finding(False, each) for each in told)


def of_the_calendar(told: Health) -> Finding:
    last = told.first_in_doubt - timedelta(days=1)
    if told.first_in_doubt > told.today + AHEAD:
        return Finding(True, f"放假安排确认到 {last} / holidays are settled until {last}")
    return Finding(
        False,
        f"放假安排只确认到 {last}，请载入下一年的通知：linban calendar load FILE"
        f" / holidays are settled only until {last}: load the next notice",
    )


def of_what_was_given_up(told: Health) -> Finding:
    return none_of(
        told.given_up,
        "没有停办的期限 / nothing was given up",
        "{n} 项办了十次都没办成，查日志后 linban doctor --revive"
        " / {n} failed ten times: see the worker's log, then revive",
    )


def of_letters(told: Health) -> Finding:
    return none_of(
        told.letters_given_up,
        "没有寄不出的邮件 / no letter was given up",
        "{n} 封邮件寄不出，核对 LINBAN_MAIL 后 linban doctor --revive"
        " / {n} letters were not taken: check LINBAN_MAIL, then revive",
    )


def of_what_lies(told: Health) -> Finding:
    return none_of(
        told.left_lying,
        "到点的都办了 / whatever was due is done",
        "{n} 项到点五分钟还没办，时钟可能没有运行：linban up"
        " / {n} have been due for five minutes: is the clock running?",
    )


def none_of(number: int, good: str, bad: str) -> Finding:
    return Finding(False, bad.format(n=number)) if number else Finding(True, good)


def of_the_queue() -> Finding:
    url = os.environ.get("REDIS_URL", "") or embedded.queue_url(embedded.data_home())
    if not embedded.pings(url):
        return Finding(False, "队列连不上，期限照办但会慢：查 REDIS_URL / the queue does not answer: check REDIS_URL")
    if embedded.may_lose_tickets(url):
        return Finding(
            False, "队列会丢消息：maxmemory-policy 设为 noeviction / the queue may lose tickets: set noeviction"
        )
    return Finding(True, "队列可用 / the queue answers")


def of_mail() -> Finding:
    if os.environ.get("LINBAN_MAIL", ""):
        return Finding(True, "已配置邮件 / mail is set up")
    return Finding(None, "没有配置邮件，提醒只进收件箱：LINBAN_MAIL / no mail: reminders stay in the inbox")
