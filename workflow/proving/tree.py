"""Ladders against the real organisation tree: from every unit where a case may open, somebody is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from workflow.calendar import Calendar
from workflow.permission import seats
from workflow.proving.contradiction import Found, at
from workflow.snapshot import CLOCK, CaseSnapshot, Facts, Unit
from workflow.words.procedure import Procedure
from workflow.words.when import Clock
from workflow.words.who import WATCHES, Role

Holds = Callable[[str, str], bool]
ANY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)  # where a post must be held does not hang on the day
SHOWN = 5


def ladders_reach_somebody(procedure: type[Procedure], units: Mapping[str, Unit], holds: Holds) -> Found:
    """`holds(role, unit)`: whether anybody has that post at that very unit; a vacancy is looked for upward.

    Where a post is vacant all the way up, whoever watches over the office is told instead; where nobody watches either,
    the ladder of that unit reaches nobody.
    """
    for vacancy in vacancies(procedure, units, holds):
        unwatched = [unit for unit in vacancy.units if not watched(unit, units, holds)]
        if unwatched:
            sentence = f"{vacancy.clock.code} tells {vacancy.role.id}, and from {several_of(unwatched)} nobody hears it"
            yield at(procedure, vacancy.clock, sentence)


@dataclass(frozen=True)
class Vacancy:
    """From these units nobody holds the role, however far up one looks; the clock is the first that tells it."""

    role: Role
    clock: Clock
    units: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.role.id}（{several_of(self.units)}）"


def vacancies(procedure: type[Procedure], units: Mapping[str, Unit], holds: Holds) -> Iterator[Vacancy]:
    cases = [standing(procedure, unit, units) for unit in units.values() if unit.level in procedure.levels]
    for role, clock in told_by_ladders(procedure):
        gaps = tuple(case.unit for case in cases if not any(holds(role.id, unit) for unit in seats(role, case)))
        if gaps:
            yield Vacancy(role, clock, gaps)


def watched(unit: str, units: Mapping[str, Unit], holds: Holds) -> bool:
    while unit in units:
        if holds(WATCHES, unit):
            return True
        unit = units[unit].parent
    return False


def several_of(units: Sequence[str]) -> str:
    return "、".join(units[:SHOWN]) + (f" +{len(units) - SHOWN}" if len(units) > SHOWN else "")


def told_by_ladders(procedure: type[Procedure]) -> Iterator[tuple[Role, Clock]]:
    """Each role of the office once, with the first clock that tells it."""
    told: dict[str, tuple[Role, Clock]] = {}
    for clock in procedure.all_clocks():
        for role in (role for rung in clock.rungs for role in rung.tell):
            told.setdefault(role.id, (role, clock))
    return (each for each in told.values() if not each[0].outside and not each[0].is_no_post)


def standing(procedure: type[Procedure], unit: Unit, units: Mapping[str, Unit]) -> Procedure:
    """A case that has just opened there, and names that unit wherever it names one."""
    named = {field.id: unit.id for field in procedure.fields.values() if field.kind == "unit"}
    snapshot = CaseSnapshot("", procedure.id, unit=unit.id, data=named)
    return procedure(snapshot, Facts(units, Calendar({})), CLOCK, date.min, ANY_MOMENT)
