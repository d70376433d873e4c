"""Figure 9: running cases led over to another version and given back stand as they stood; and how long that takes."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.figures import Figure
from bench.ground import OFFICER, Ground, actor
from models import casework, db, migrating
from models.migrating import Report
from workflow.procedures import petition
from workflow.procedures.petition import Petition
from workflow.proving.migrations import prove_way
from workflow.registry import EARLIER
from workflow.snapshot import Actor
from workflow.words.migration import Migration, Way, converted, starts_anew
from workflow.words.procedure import Procedure

BAR = 1.0
OPERATOR = Actor("operator", "operator")
LONGER = ('"办理期限", days(60)', '"办理期限", days(90)')
SAID = ('number_prefix = "XF"', 'number_prefix = "XF"\n    version = "2"')
LED = Migration(
    "petition", "1", "2", clocks={"handling": converted("handling"), "notice": starts_anew("notice")}
)  # fmt: skip

# All that a case is but what counts its events, and all its clocks, whether or not they are set aside.
STANDING = text("""
SELECT c.no, to_jsonb(c) - '{seq,version,head}'::text[] AS stands,
    (SELECT jsonb_agg(to_jsonb(k) - 'not_before' ORDER BY k.id) FROM clocks k WHERE k.case_id = c.id) AS clocks
FROM cases c WHERE c.no LIKE :batch || '%'
""")

ASIDE = text("""
UPDATE clocks SET not_before = 'infinity' FROM cases WHERE cases.id = clocks.case_id AND cases.no LIKE 'led%'
""")


@contextmanager
def another_version() -> Iterator[Way]:
    """The petition as it would stand under a second version: its own text with a longer term."""
    source = Path(petition.__file__).read_text(encoding="utf-8").replace(*LONGER).replace(*SAID)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "petition_2.py"
        path.write_text(source, encoding="utf-8")
        way = prove_way(Way(LED, Petition, loaded(path)))
    EARLIER["petition", "2"] = way.new
    try:
        yield way
    finally:
        del EARLIER["petition", "2"], Procedure.by_version["petition", "2"]


def loaded(path: Path) -> type[Procedure]:
    spec = spec_from_file_location(path.stem, path)
    assert spec, "the file is there"
    assert spec.loader, "and is Python"
    module = sys.modules[path.stem] = module_from_spec(spec)
    spec.loader.exec_module(module)
    found: type[Procedure] = module.Petition
    return found


class Versions:
    """Cases in three states, led there and back in every round."""

    def __init__(self, ground: Ground, count: int) -> None:
        self.ground, self.shares, self.told = ground, list[float](), dict[str, float]()
        self.clean = True
        ground.put_clock_to("2025-09-01T09:00")
        origins = [ground.register(), ground.register(simple_wanted=True), self.accepted()]
        each = -(-count // len(origins))
        self.count = each * len(origins)
        for number, origin in enumerate(origins):
            ground.copies(origin, f"led{number}", each)
            ground.set_aside(origin)

    def accepted(self) -> str:
        no = self.ground.register()
        with db.transaction(self.ground.sessions()) as session:
            officer = actor(session, OFFICER, "caseworker")
            casework.act(session, no, "accept", {"route": 6}, actor=officer, version=None)
        return no

    def standing(self) -> dict[str, Any]:
        with self.ground.sessions()() as session:
            return {row.no: (row.stands, row.clocks) for row in session.execute(STANDING, {"batch": "led"})}

    def round(self) -> None:
        before = self.standing()
        with another_version() as way:
            self.timed("there", lambda: migrating.apply(self.ground.sessions(), way, actor=OPERATOR))
            moved = self.standing()
            self.timed("back", lambda: migrating.undo(self.ground.sessions(), way, actor=OPERATOR))
        after = self.standing()
        self.set_aside()
        self.clean = self.clean and all(moved[no] != stood for no, stood in before.items())
        self.shares.append(sum(after[no] == stood for no, stood in before.items()) / self.count)

    def set_aside(self) -> None:
        """They are due in no other figure."""
        with db.transaction(self.ground.sessions()) as session:
            session.execute(ASIDE)

    def timed(self, name: str, work: Callable[[], Report]) -> None:
        began = time.perf_counter()
        report = work()
        self.told[f"seconds {name}"] = round(time.perf_counter() - began, 2)
        self.clean = self.clean and report.whole and report.cases >= self.count

    def figure(self) -> Figure:
        what = "换版再撤回后一切如旧的案件 cases led to another version and back that stand as they stood"
        return Figure("9", what, self.shares, BAR, told={"cases": self.count, **self.told}, clean=self.clean)
