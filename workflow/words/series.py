"""What the calendar opens: one case a period for each unit of a level."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from workflow.periods import Period
from workflow.snapshot import Level
from workflow.words.law import Source, source_here
from workflow.words.naming import Word


@dataclass(eq=False, repr=False)
class Series(Word):
    """The clock does `act` on each day `on` at every unit of the level; `once` keeps it at one a period.

    A person may do the act too: where the law refused the clock, that is how it is made up for.
    """

    act: Any
    each: Level
    on: Period
    source: Source | None = field(default_factory=source_here)
    id: str = field(default="", init=False)
