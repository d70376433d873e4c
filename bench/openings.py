"""Figure 11: the calendar launches a round, and so many ratings open, each in a transaction of its own."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import insert, text

from bench.figures import Figure
from bench.ground import Ground
from models import casework, db
from models.tables import Entry, Unit
from workflow.calendar import Calendar
from workflow.periods import first_working_monday
from workflow.rosters import organisations

ABOVE = {"city_id": "YZ", "district_id": "QQ", "street_id": "LA", "community_id": "LALA"}
LONG_AGO, FIRST_YEAR, BAR = date(2015, 1, 1), 2019, 10.0  # seconds for a thousand
EACH_ONCE = text("""
SELECT count(*), count(DISTINCT once_key) FROM cases WHERE procedure = 'branch_rating' AND street_id = 'LA'
AND filed_at >= make_timestamptz(:year, 1, 1, 0, 0, 0) AND filed_at < make_timestamptz(:year + 1, 1, 1, 0, 0, 0)
""")
ANEW = text("DELETE FROM series")  # planned from this day on, though other figures were at work in later years
BRANCHES = text("SELECT count(*) FROM units WHERE level = 'branch' AND street_id = 'LA'")


@dataclass
class Openings:
    """A street with so many branches more; every round is the next year's."""

    where: Ground
    count: int
    year: int = FIRST_YEAR
    seconds: list[float] = field(default_factory=list)
    wrong: int = 0

    def warm(self) -> None:
        """Founds the branches; the calendar is asked for its days."""
        codes = [f"T{number:05}" for number in range(self.count)]
        units = [
            {"id": code, "name": f"第{code}支部", "level": "branch", "parent_id": "LALA", **ABOVE, "branch_id": code}
            for code in codes
        ]
        card = {
            "register": organisations.name,
            "since": LONG_AGO,
            "values": {"street": "LA", "founded_on": "2012-07-01"},
        }
        cards = [{**card, "about": code} for code in codes]
        self.where.put_clock_to(f"{self.year}-10-01T09:00")
        with db.transaction(self.where.sessions()) as session:
            session.execute(ANEW)
            session.execute(insert(Unit), units)
            session.execute(insert(Entry), cards)
        self.drain()

    def round(self) -> None:
        on = first_working_monday(11).of(self.year, Calendar({}))
        self.where.put_clock_to(f"{on}T00:06")
        began = time.perf_counter()
        self.drain()
        self.seconds.append(time.perf_counter() - began)
        self.wrong += self.missing_or_doubled()
        self.year += 1

    def drain(self) -> None:
        while casework.fire_due(self.where.sessions()):
            pass

    def missing_or_doubled(self) -> int:
        with self.where.sessions()() as session:
            cases, keys = map(int, session.execute(EACH_ONCE, {"year": self.year}).one())
            branches: int = session.execute(BRANCHES).scalar_one()
        return abs(cases - branches) + abs(cases - keys)

    def figure(self) -> Figure:
        """By one worker; scaled to a thousand where there were fewer."""
        a_thousand = [each * 1000 / max(self.count, 1) for each in self.seconds]
        told = {"ratings": self.count, "missing or doubled": self.wrong}
        return Figure(
            "11", "一次启动立千件 seconds for a thousand ratings", a_thousand, BAR, "at most", told, not self.wrong
        )
