"""linban bench: how near the road comes to hand-written SQL. Lives in a checkout; an installed Linban has none."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON")
@click.option("--rounds", default=3, show_default=True, help="交替测几轮 / how often both sides are taken in turn")
@click.option("--quick", is_flag=True, help="几秒，只看能不能跑 / seconds, to see that it runs")
@click.option("--full", is_flag=True, help="十万条到期期限 / a hundred thousand deadlines due")
def bench(as_json: bool, rounds: int, quick: bool, full: bool) -> None:
    """测速度，与手写 SQL 相比 / Measure speed against hand-written SQL."""
    if find_spec("bench") is None:
        click.echo("基准只在源码目录里有，请用 make bench · figures are taken in a checkout: make bench", err=True)
        sys.exit(2)
    import_module("bench.show").main(as_json=as_json, rounds=rounds, size="quick" if quick else "full" if full else "")
