"""linban audit: whether the record of every case still is what was written."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models import audit as chain
from models.tables import Case
from web.record import as_of_one_moment, needs_database

WHAT = {
    "missing": "缺一条记录 / an event is missing",
    "prev": "与上一条不相接 / does not follow the event before it",
    "hash": "记录被改动 / the event is not as it was written",
    "state": "状态与上一条不相接 / its state does not follow",
    "values": "填写的内容被改动 / what was filled in is not as it was written",
    "case": "案件与最后一条记录不符 / the case is not as its last event left it",
}


@click.command()
@click.option("--case", "number", default="", help="只查一件 / one case only")
@needs_database
def audit(number: str) -> None:
    """逐件核对记录是否被改动 / Verify the chain of every case."""
    with as_of_one_moment() as session:
        numbers = asked(session, number)
        with click.progressbar(numbers, label="核对 verifying", file=sys.stderr) as bar:
            broken = [(no, each) for no, each in breaks(session, bar)]
    for no, each in broken:
        click.echo(f"{no} #{each.seq}: {WHAT[each.what]}")
    click.echo(f"{len(numbers)} 件，{len(broken)} 处不符 / {len(numbers)} cases, {len(broken)} breaks")
    sys.exit(1 if broken else 0)


def asked(session: Session, number: str) -> list[str]:
    if number and not session.scalar(select(exists().where(Case.no == number))):
        raise click.BadParameter(f"没有“{number}”这件案 / is no case", param_hint="--case")
    return [number] if number else list(session.scalars(select(Case.no).order_by(Case.id)))


def breaks(session: Session, numbers: Iterable[str]) -> Iterable[tuple[str, chain.Break]]:
    return ((no, each) for no in numbers for each in chain.verify(session, no))
