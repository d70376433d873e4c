"""Plays the town's plots through the one road, day by day, with the clock put back and doing its own work between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models import casework, db, polls
from models.organisation import Organisation, organisation
from models.plots import town_life
from models.plots.telling import Ahead, Held, Named, Of, Party, Plot, Turn
from models.snapshots import read_case
from models.tables import Person
from workflow.calendar import at, today
from workflow.permission import offices
from workflow.registry import PROCEDURES
from workflow.snapshot import CLOCK, Actor, CaseSnapshot, Facts

OPENS = 9  # o'clock
MARK = text("SELECT format('COMMENT ON SCHEMA %I IS %L', current_schema(), CAST(:mark AS text))")
WAS = text("SELECT obj_description(current_schema()::regnamespace, 'pg_namespace')")
PUT_BACK = text("""
    INSERT INTO clock_offset (ahead) VALUES (CAST(:at AS timestamptz) - clock_timestamp())
    ON CONFLICT (is_row) DO UPDATE SET ahead = excluded.ahead
""")
OPENED = text("""
SELECT c.no FROM cases c JOIN cases opener ON opener.id = c.opened_from_id
WHERE opener.no = :no AND c.unit_id = :unit
""")
BATCH = 500


@contextmanager
def time_may_move(sessions: db.Sessions) -> Iterator[None]:
    """Only a schema marked as a test lets its clock be moved: marked for the length of the telling, no longer."""
    with db.transaction(sessions) as session:
        before = session.execute(WAS).scalar_one()
        mark(session, "linban test")
    try:
        yield
    finally:
        with db.transaction(sessions) as session:
            session.execute(text("DELETE FROM clock_offset"))
            mark(session, before)


def mark(session: Session, words: str | None) -> None:
    session.execute(text(session.execute(MARK, {"mark": words}).scalar_one()))


@dataclass
class Storyteller:
    """Knows which plot became which case."""

    sessions: db.Sessions
    day_zero: date
    known: Organisation
    people: dict[str, str]
    numbers: dict[str, str] = field(default_factory=dict)
    codes: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def moment(self, turn: Turn, place: int) -> datetime:
        """In office hours of a working day, the later turns of a plot after the earlier ones."""
        day = self.known.calendar.previous_working(self.day_zero + timedelta(days=turn.day))
        return at(day, OPENS, min(5 + place, 59))

    def tell(self, plot: Plot, turn: Turn, moment: datetime) -> None:
        self.let_the_clock_work(moment)
        with db.transaction(self.sessions) as session:
            if plot.opened_by and plot.name not in self.numbers:
                self.numbers[plot.name] = opened_from(session, self.numbers[plot.opened_by], plot.unit)
            if turn.act in PROCEDURES[plot.procedure].polls:
                self.fill_in(session, plot, turn)
                return
            form = {name: self.meant(value, plot) for name, value in turn.form.items()}
            actor = self.actor(session, plot, turn.by)
            via = self.actor(session, plot, turn.via) if turn.via else None
            if plot.name in self.numbers:
                no = self.numbers[plot.name]
                done = casework.act(session, no, turn.act, form, actor=actor, version=None, via=via)
                self.keep(plot, done.codes)
            else:
                procedure, unit = PROCEDURES[plot.procedure], plot.unit
                opened = casework.open_case(session, procedure, turn.act, form, actor=actor, unit=unit, via=via)
                self.numbers[plot.name] = opened.no

    def keep(self, plot: Plot, codes: tuple[tuple[str, str], ...]) -> None:
        for poll, code in codes:
            self.codes.setdefault((plot.name, poll), []).append(code)

    def fill_in(self, session: Session, plot: Plot, turn: Turn) -> None:
        """So many forms with each answer, each by a code that was given out."""
        codes = self.codes[plot.name, turn.act]
        for answer, count in turn.form.items():
            for _ in range(count):
                polls.fill_in(session, codes.pop(), answer)

    def let_the_clock_work(self, until: datetime) -> None:
        with db.transaction(self.sessions) as session:
            session.execute(PUT_BACK, {"at": until})
        while casework.fire_due(self.sessions, BATCH):
            pass

    def actor(self, session: Session, plot: Plot, by: str | Named | Party) -> Actor:
        """The person named, in the first of his posts; or whoever holds the role where the case is, or above."""
        if isinstance(by, Named):
            return self.known.actors(self.people[by.name], self.day_zero)[0]
        if isinstance(by, Party):
            return Actor(by.id, by.id.rpartition("_")[0])
        role = PROCEDURES[plot.procedure].roles[by]
        if role.outside:
            return Actor("", role.id)
        return self.holder(self.standing(session, plot), role.id)

    def standing(self, session: Session, plot: Plot) -> Any:
        no, procedure = self.numbers.get(plot.name), PROCEDURES[plot.procedure]
        case = read_case(session, no).snapshot if no else CaseSnapshot("", plot.procedure, unit=plot.unit)
        facts = Facts(self.known.units, self.known.calendar)
        return procedure(case, facts, CLOCK, self.day_zero, db.now(session))

    def holder(self, case: Any, role: str) -> Actor:
        units = offices(case.roles[role], case) or (case.unit,)
        for unit in (*units, *self.known.upward(case.unit)):
            posts = self.known.posts.get((role, unit), ())
            if posts:
                return Actor(posts[0].person, role, unit)
        raise LookupError(f"nobody holds {role} for {case.no}")

    def meant(self, value: Any, plot: Plot) -> Any:
        if isinstance(value, list):
            return [self.meant(each, plot) for each in value]
        if isinstance(value, dict):
            return {name: self.meant(each, plot) for name, each in value.items()}
        if isinstance(value, Ahead):
            return (self.day_zero + timedelta(days=value.days)).isoformat()
        if isinstance(value, Of):
            return self.numbers[value.plot]
        if isinstance(value, Held):
            return self.known.holders(value.role, [plot.unit], self.day_zero)[0]
        if isinstance(value, Named):
            return self.people[value.name]
        if isinstance(value, list):
            return [self.meant(each, plot) for each in value]
        if isinstance(value, dict):
            return {name: self.meant(each, plot) for name, each in value.items()}
        return value


def opened_from(session: Session, no: str, unit: str) -> str:
    """The number of the case at that unit which that case has opened."""
    number: str = session.execute(OPENED, {"no": no, "unit": unit}).scalar_one()
    return number


def tell_the_town(sessions: db.Sessions, say: Callable[[str], None]) -> int:
    """Plays every plot to the day before today; gives how many acts people have done in it.

    The calendar opens nothing of the days that are told: its next days are found before the clock is put back.
    """
    with db.transaction(sessions) as session:
        casework.plan_series(session)
        now, known = db.now(session), organisation(session)
        people = {name: str(id_) for id_, name in session.execute(select(Person.id, Person.name))}
    teller = Storyteller(sessions, today(now), known, people)
    told = sorted(
        ((teller.moment(turn, place), bool(plot.opened_by), plot.name, place, plot, turn)
         for plot in town_life() for place, turn in enumerate(plot.turns)),
        key=lambda each: each[:4],
    )  # fmt: skip
    with time_may_move(sessions):
        for number, (moment, *_, plot, turn) in enumerate(told):
            teller.tell(plot, turn, moment)
            if number % 50 == 0:
                say(f"  演到 {moment:%m月%d日}，{number}/{len(told)} · told {number} of {len(told)}")
    while casework.fire_due(sessions, BATCH):
        pass
    return len(told)
