"""linban standing and linban check: what can happen where, and that nothing contradicts itself."""

from __future__ import annotations

import sys

import click

from workflow.proof import contradictions
from workflow.registry import PROCEDURES
from workflow.standing import standing as printed


@click.command()
@click.argument("procedure", type=click.Choice(sorted(PROCEDURES)))
@click.argument("state", default="")
def standing(procedure: str, state: str) -> None:
    """逐状态列出能发生的一切 / Print all that can happen, state by state."""
    if state and state not in PROCEDURES[procedure].states:
        raise click.BadParameter(f"没有“{state}”这个状态 / is no state", param_hint="STATE")
    click.echo(printed(PROCEDURES[procedure], state), nl=False)


@click.command()
def check() -> None:
    """证明每个程序不自相矛盾 / Prove that no procedure contradicts itself."""
    found = [each for procedure in PROCEDURES.values() for each in contradictions(procedure)]
    for each in found:
        click.echo(str(each), err=True)
    click.echo(
        f"{len(PROCEDURES)} 个程序，{len(found)} 处矛盾 / {len(PROCEDURES)} procedures, {len(found)} contradictions"
    )
    sys.exit(1 if found else 0)
