"""Stalls under the first version, the second with its text changed, and the way from the one to the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.workflow import stall
from tests.workflow.life import Life, moment
from tests.workflow.stall import Stall as Now
from tests.workflow.stall_1 import Stall as Before
from tests.workflow.stall_1_2 import stalls
from tests.workflow.test_faults import module_of
from workflow.migrating import migrate
from workflow.refusals import Refused
from workflow.snapshot import Actor, CaseSnapshot, RunningClock
from workflow.words.migration import Way, converted
from workflow.words.procedure import Procedure

WAY = Way(stalls, Before, Now)
LOOKING = {**stalls.clocks, "looking": converted("visiting")}
VENDOR, CLERK, HEAD = Actor("li", "vendor"), Actor("wu", "clerk", "street"), Actor("he", "head", "street")


def row(name: str) -> RunningClock:
    made = applied().case.clocks[0]
    return replace(made, id=name)


def applied(**form: Any) -> Life:
    """A stall applied for on Monday 1 September 2025."""
    life = Life(Before)
    filled = {"applicant": "li", "place": "东口", "goods": "food"} | form
    life.act("2025-09-01T09:00", VENDOR, "apply", via=CLERK, **filled)
    return life


def licensed(on: str = "2025-09-05") -> Life:
    life = applied()
    life.act(f"{on}T09:00", CLERK, "grant", granted_on=on)
    life.act(f"{on}T10:00", HEAD, "grant")
    return life


def led(life: Life, at: str = "2025-09-09T10:00", way: Way = WAY) -> CaseSnapshot:
    return migrate(way, life.case, life.facts, moment(at), cause={}).after


def clock(case: CaseSnapshot, name: str) -> RunningClock:
    return next(row for row in case.clocks if row.id == name and row.is_live)


def refused(life: Life, way: Way, at: str = "2025-09-09T10:00") -> str:
    with pytest.raises(Refused) as found:
        led(life, at, way)
    return "".join(each.message for each in found.value.refusals)


def now_with(folder: Path, *changes: tuple[str, str]) -> type[Procedure]:
    """The present version, its text changed here and there."""
    return changed(stall, folder, changes)


def changed(module: ModuleType, folder: Path, changes: Iterable[tuple[str, str]]) -> type[Procedure]:
    """Nobody else takes it for the version it says it is."""
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new)
    known = dict(Procedure.by_version)
    made = module_of(source, folder, "Stall")
    Procedure.by_version.update(known)
    return made


def way_to(new: type[Procedure], old: type[Procedure] = Before, **other: Any) -> Way:
    return Way(replace(stalls, **other), old, new)


CLOCKS = stalls.clocks


def table_of(
    privacy: str = "sensitive", options: str = 'kin="亲属", hired="雇工"', kind: str = "choice", name: str = "who"
) -> list[tuple[str, str]]:
    """A table of those who help."""
    column = f'choice("关系", {options})' if kind == "choice" else 'text("关系")'
    columns = f'{name}=text("姓名", privacy="{privacy}"), phone=text("电话"), kind={column}'
    return [
        ("    remark = text", f'    helpers = rows("帮手", {columns})\n    remark = text'),
        ("import choice, day", "import rows, choice, day"),
    ]


OFFICES = [("rules = Law", "from workflow.words.who import above, here, the, upward\n\nrules = Law")]


AMONG = [
    ('    vendor = Role("摊主", outside=True)\n', ""),
    (
        "    remark = text",
        '    vendor = Role("摊主", outside=True, among=each_of(helpers, name="who"))\n    remark = text',
    ),
    ("rules = Law", "from workflow.words.who import each_of\n\nrules = Law"),
]
