"""linban unit: an office of the tree, and how residents reach it."""

from __future__ import annotations

import click

from models.town import LEVELS
from web import accounts
from web.commands.account import told
from web.record import record


@click.command()
@click.argument("code")
@click.option("--name", default="", help="名称 / name")
@click.option("--level", type=click.Choice(LEVELS), default=None, help="级别 / level")
@click.option("--under", default="", help="上级单位代码 / code of the unit above")
@click.option("--phone", default="", help="电话 / telephone")
@click.option("--hours", default="", help="办公时间 / opening hours")
@told
def unit(code: str, name: str, level: str | None, under: str, phone: str, hours: str) -> None:
    """建单位，或改名称、电话、办公时间 / Make a unit, or change its name, telephone and hours."""
    with record() as session:
        accounts.put_unit(session, code, name=name, level=level or "", under=under, phone=phone, hours=hours)
    click.echo("已记 / kept")
