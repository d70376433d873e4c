"""A figure: what was measured, the bar it is held to, and whether it is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Literal

from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """`measured` is the median over the rounds, each of which has measured both sides; `told` is what lies beneath."""

    number: str
    what: str
    rounds: Sequence[float]
    bar: float
    is_met_when: Literal["at least", "at most"] = "at least"
    told: dict[str, Any] = field(default_factory=dict)
    clean: bool = True

    @property
    def measured(self) -> float:
        return median(self.rounds)

    @property
    def met(self) -> bool:
        """Fast and wrong is not met."""
        fast = self.measured <= self.bar if self.is_met_when == "at most" else self.measured >= self.bar
        return fast and self.clean

    def as_json(self) -> dict[str, Any]:
        return {
            "figure": self.number, "what": self.what, "measured": round(self.measured, 4),
            "rounds": [round(each, 4) for each in self.rounds], "bar": self.bar, "is_met_when": self.is_met_when,
            "met": self.met, **self.told,
        }  # fmt: skip


def table(figures: Sequence[Figure]) -> Table:
    shown = Table("图 figure", "量什么 what", "量得 measured", "标准 bar", "达到 met", "细目 detail")
    for each in figures:
        sign = "≥" if each.is_met_when == "at least" else "≤"
        told = ", ".join(f"{name} {value}" for name, value in each.told.items())
        shown.add_row(
            each.number, each.what, f"{each.measured:.3f}", f"{sign} {each.bar}", "✓" if each.met else "✗", told
        )
    return shown
