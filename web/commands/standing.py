"""linban standing: what can happen where."""

from __future__ import annotations

import click

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
