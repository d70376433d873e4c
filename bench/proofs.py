"""Figure 8: every procedure proved against itself, the others and an organisation of five hundred units, in seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator

from bench.figures import Figure
from workflow.proof import contradictions
from workflow.proving import bodies
from workflow.proving.others import between
from workflow.proving.tree import ladders_reach_somebody
from workflow.registry import PROCEDURES
from workflow.snapshot import Unit

BAR = 2.0  # seconds
STREETS, COMMUNITIES, BRANCHES = 20, 8, 2  # under a city and a district: 502 units


class Proofs:
    def __init__(self) -> None:
        self.units = {unit.id: unit for unit in tree()}
        self.seconds: list[float] = []
        self.found = 0

    def round(self) -> None:
        """Nothing that an earlier round has read is known any more."""
        for remembered in (bodies.bodies, bodies.written, bodies.read, bodies.quoted):
            remembered.cache_clear()
        began = time.perf_counter()
        self.found += sum(1 for _ in self.proved())
        self.seconds.append(time.perf_counter() - began)

    def proved(self) -> Iterator[object]:
        for procedure in PROCEDURES.values():
            yield from contradictions(procedure)
            yield from ladders_reach_somebody(procedure, self.units, lambda role, unit: bool(role and unit))
        yield from between(PROCEDURES)

    def figure(self) -> Figure:
        told = {"procedures": len(PROCEDURES), "units": len(self.units), "contradictions": self.found}
        what = "证明，秒 proofs, seconds"
        return Figure("8", what, self.seconds, BAR, "at most", told=told, clean=not self.found)


def tree() -> Iterator[Unit]:
    yield Unit("C", "城", "city")
    yield Unit("D", "区", "district", "C")
    for street in (f"S{n}" for n in range(STREETS)):
        yield Unit(street, "街道", "street", "D")
        for community in (f"{street}C{n}" for n in range(COMMUNITIES)):
            yield Unit(community, "社区", "community", street)
            yield from (Unit(f"{community}B{n}", "支部", "branch", community) for n in range(BRANCHES))
