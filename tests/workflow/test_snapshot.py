from __future__ import annotations

from dataclasses import replace
from datetime import date

from workflow.calendar import at, end_of
from workflow.snapshot import RunningClock, altered

DUE = date(2025, 9, 16)
CLOCK = RunningClock("notice", "D1", date(2025, 9, 1), at(date(2025, 9, 1), 9), DUE, end_of(DUE), DUE, "15日")


def test_what_is_altered_is_a_value_of_its_own_like_any_other() -> None:
    changed = altered(CLOCK, climbed=frozenset({"warn:D1:1"}), next_at=at(date(2025, 9, 12), 9))
    assert changed == replace(CLOCK, climbed=frozenset({"warn:D1:1"}), next_at=at(date(2025, 9, 12), 9))
    assert hash(changed) != hash(CLOCK)
    assert (CLOCK.climbed, CLOCK.next_at) == (frozenset(), None)
