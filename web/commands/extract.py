"""linban messages: brings the catalogue of the procedures up to what they say now."""

from __future__ import annotations

from pathlib import Path

import click

from web.catalogues import HOME
from web.extraction import messages as told
from web.merging import merge, read, write

CATALOGUE = HOME / "en" / "LC_MESSAGES" / "procedures.po"


@click.command()
@click.argument("path", type=click.Path(path_type=Path), default=CATALOGUE)
def messages(path: Path) -> None:
    """更新程序的英文词条 / Update the English of the procedures."""
    before = read(path)
    after = merge(before, told())
    write(path, after)
    untold = [message for message in after if message.id and not message.string]
    for message in untold:
        click.echo(f"缺英文 / no English: {message.context}: {message.id}")
    for message in after.obsolete.values():
        click.echo(f"不再使用 / no longer said: {message.context}: {message.id}")
    click.echo(f"{len(after)} 条，{len(untold)} 条缺英文 / {len(after)} entries, {len(untold)} without English")
