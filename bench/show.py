"""All figures of one run, as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console

from bench.acts import Acts, Shares
from bench.crew import crew
from bench.figures import Figure, table
from bench.ground import ground
from bench.proofs import Proofs
from bench.rungs import Rungs
from bench.versions import Versions
from web.servers import servers


@dataclass(frozen=True)
class Size:
    """Acts a connection, cases with two clocks due, and cases led to another version, in every round."""

    acts: int
    cases: int
    led: int


SIZES = {"quick": Size(5, 10, 12), "": Size(150, 2_000, 1_000), "full": Size(500, 50_000, 10_000)}


def main(*, as_json: bool, rounds: int, size: str) -> None:
    console = Console(stderr=True)
    with servers(durable=True) as (database, _):
        figures = measured(database, SIZES[size], rounds, console.print)
    if as_json:
        print(json.dumps([each.as_json() for each in figures], ensure_ascii=False, indent=1))
    else:
        Console().print(table(figures))


def measured(url: str, size: Size, rounds: int, say: Callable[[str], None]) -> list[Figure]:
    """The first round of each kind warms connections, plans and caches, and is not counted."""
    with ground(url) as where, crew(where) as hands:
        acts = Acts(where, hands, size.acts)
        shares = Shares(acts)
        acts.warm()
        for number in range(1, rounds + 1):
            say(f"办理 acts {number}/{rounds} …")
            acts.round()
            shares.round()
        rungs = Rungs(where, hands, size.cases)
        rungs.warm()
        for number in range(1, rounds + 1):
            say(f"到期 deadlines {number}/{rounds} …")
            rungs.round()
        versions = Versions(where, size.led)
        for number in range(1, rounds + 1):
            say(f"换版 versions {number}/{rounds} …")
            versions.round()
        proofs = Proofs()
        for _ in range(rounds):
            proofs.round()
        return [*acts.figures(), rungs.figure(), *shares.figures(), versions.figure(), proofs.figure()]
