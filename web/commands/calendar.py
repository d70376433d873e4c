"""linban calendar: what a year's notice of holidays would move, and moving it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click
from rich.console import Console
from rich.table import Table

from models import db, holidays
from models.almanac import UnreadableNotice, read_notice, text_of
from models.holidays import Line, Preview
from web.record import needs_database, record, writing
from workflow.calendar import Day
from workflow.registry import definition
from workflow.snapshot import Actor

OPERATOR = Actor("operator", "operator")
SHOWN = 50
P = ParamSpec("P")
NOTICE = click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
ALL = click.option("--all", "everything", is_flag=True, help="列出全部 / list every term")


@click.group()
def calendar() -> None:
    """全年放假安排 / A year's holidays."""


def told(command: Callable[P, None]) -> Callable[P, None]:
    """A notice that cannot be read is one line for each mistake."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except UnreadableNotice as error:
            for problem in error.problems:
                click.echo(problem, err=True)
            sys.exit(2)

    return needs_database(guarded)


@calendar.command()
@NOTICE
@ALL
@told
def preview(path: Path, everything: bool) -> None:
    """只看哪些期限会变 / Show which terms would move; nothing is written."""
    with record() as session:
        show(holidays.preview(session, notice_in(path)), everything)


@calendar.command()
@NOTICE
@ALL
@told
def load(path: Path, everything: bool) -> None:
    """载入并重新计算期限 / Load the notice and move the terms, all of it or nothing."""
    notice = notice_in(path)
    with writing() as sessions, db.transaction(sessions) as session:
        done = holidays.apply(session, notice, actor=OPERATOR)
    show(done, everything)
    click.echo("已载入 / loaded" if done.changed else "早已载入，没有变动 / loaded before, nothing changed")


def notice_in(path: Path) -> dict[date, Day]:
    return read_notice(text_of(path.read_bytes()))


def show(found: Preview, everything: bool) -> None:
    table = Table("案件 case", "期限 term", "原到期 from", "新到期 to", "天数 days", "说明 note")
    lines = found.lines if everything else found.lines[:SHOWN]
    for line in lines:
        table.add_row(*row(line))
    Console().print(table)
    if len(lines) < len(found.lines):
        click.echo(f"另有 {len(found.lines) - len(lines)} 项，用 --all 列出 / and more: --all lists them")
    click.echo(
        f"{found.year}: 延后 later {len(found.later)} · 提前 earlier {len(found.earlier)} · "
        f"保留 kept {len(found.kept)} · 不再暂定 confirmed {len(found.confirmed)} · 核对 looked at {found.looked_at}"
    )
    if found.forgotten:
        click.echo(f"通知没有写到 / the notice does not mention: {'、'.join(found.forgotten)}", err=True)


def row(line: Line) -> list[str]:
    label = definition(line.procedure, line.definition).clock(line.clock, line.text).label
    note = "已告知，不缩短 kept" if line.is_kept else "不再暂定 confirmed" if line.confirmed else ""
    return [line.no, f"{line.code} {label}", str(line.from_day), str(line.to_day), f"{line.by_days:+d}", note]
