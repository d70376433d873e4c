"""Plays a story through the running system: real rows, the real queue, a clock that is moved from rung to rung."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from redis import Redis
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from jobs import queue, worker
from jobs import store as jobs_store
from models import casework, db
from models.snapshots import read_case
from models.tables import CalendarDay, Person, Post, Setting
from models.tables import Entry as EntryRow
from models.tables import Unit as UnitRow
from workflow.calendar import SHANGHAI
from workflow.expectations import compare, shown
from workflow.field import PERSONS, Field
from workflow.permission import placed
from workflow.questions import Entry
from workflow.refusals import Refused
from workflow.registry import PROCEDURES, definition
from workflow.snapshot import Actor, CaseSnapshot, Facts, Unit
from workflow.story import Step, Story, UnreadableStory
from workflow.words.outside import REGISTERS

Answer = dict[str, Any]
NAMING = {*PERSONS, "case"}

NEXT = text("""
    SELECT min(at) FROM (
        SELECT next_at AS at FROM clocks WHERE next_at <= :until AND dead_at IS NULL
        UNION ALL SELECT linban_now() FROM impulses WHERE done_at IS NULL AND dead_at IS NULL) due
""")
IMPULSES = text("SELECT EXISTS (SELECT FROM impulses WHERE done_at IS NULL AND dead_at IS NULL)")
MOVE = text("""
    INSERT INTO clock_offset (ahead) VALUES (CAST(:at AS timestamptz) - clock_timestamp())
    ON CONFLICT (is_row) DO UPDATE SET ahead = excluded.ahead
""")
EVENTS = text("""
    SELECT e.id, c.no, e.seq, e.trigger, e.rung, e.outcome, e.at, e.role, e.actor, parent.no AS parent
    FROM events e JOIN cases c ON c.id = e.case_id LEFT JOIN cases parent ON parent.id = c.opened_from_id
    WHERE e.id > :last ORDER BY e.id
""")
PAPERS = text("""
    SELECT d.label FROM documents d JOIN cases c ON c.id = d.case_id WHERE c.no = :no AND d.seq = :seq ORDER BY d.id
""")
TOLD = text("""
    SELECT n.role, n.what FROM notices n JOIN cases c ON c.id = n.case_id
    WHERE c.no = :no AND n.seq = :seq GROUP BY n.role, n.what ORDER BY min(n.id)
""")
FILLED_IN = text("""
    INSERT INTO poll_counts (case_id, poll, answer, count) SELECT id, :poll, :answer, :count FROM cases WHERE no = :no
    ON CONFLICT (case_id, poll, answer) DO UPDATE SET count = poll_counts.count + excluded.count
""")
OPENINGS = text("""
    SELECT count(*) FROM impulses i JOIN cases c ON c.id = i.case_id WHERE c.no = :no AND i.kind = 'open'
""")


@contextmanager
def scratch_schema(url: str) -> Iterator[tuple[Engine, str]]:
    """A schema of its own, marked as a test so that its clock may be moved; gone afterwards."""
    schema = f"rehearsal_{uuid.uuid4().hex[:12]}"
    engine = db.engine(url, schema=schema)
    try:
        with engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
            connection.execute(text(f"COMMENT ON SCHEMA {schema} IS 'linban test'"))
        db.upgrade(engine, schema=schema)
        yield engine, schema
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        engine.dispose()


def play_live(story: Story, facts: Facts, url: str) -> Answer:
    """The same answer as on paper, given by the database, the queue and the clock. Needs `REDIS_URL`."""
    with scratch_schema(url) as (engine, schema):
        own = {"LINBAN_SCHEMA": schema, "LINBAN_QUEUE": schema, "DATABASE_URL": url, "LINBAN_SECRET_KEY": schema}
        with surroundings(own):
            played = Live(story, facts, db.sessions(engine, secret=schema))
            return played.whole()


@contextmanager
def surroundings(values: Mapping[str, str]) -> Iterator[None]:
    """What the worker reads from its environment, for the length of one rehearsal."""
    before = {name: os.environ.get(name) for name in values}
    jobs_store.close()
    os.environ.update(values)
    try:
        yield
    finally:
        jobs_store.close()
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


class Live:
    """A story on a scratch schema; case numbers, people's ids and back again to the names they have in the story."""

    def __init__(self, story: Story, facts: Facts, factory: db.Sessions) -> None:
        self.story, self.facts, self.factory = story, facts, factory
        self.numbers: dict[str, str] = {}
        self.people: dict[str, str] = {}
        self.openings: dict[str, int] = {}
        self.answers: list[Answer] = []
        self.last_event = 0

    def whole(self) -> Answer:
        with db.transaction(self.factory) as session:
            self.settle_the_town(session)
        unmet: list[str] = []
        for n, step in enumerate(self.story.steps, 1):
            before = len(self.answers)
            self.until(step.at)
            self.move_to(step.at)
            if step.do:
                self.act(n, step)
                self.follow(step.at)
            unmet += self.unmet(n, step, self.answers[before:])
        answer = {"procedure": self.story.procedure, "title": self.story.title, "held": not unmet, "unmet": unmet}
        return answer | {"steps": self.answers}

    def unmet(self, n: int, step: Step, recent: list[Answer]) -> list[str]:
        cases = {name: self.in_their_names(case) for name in self.numbers if (case := self.snapshot(name))}
        lines: list[str] = []
        for expected in self.story.expected_after(n, len(self.story.steps)):
            lines += compare(expected, n, cases, recent, lambda name: self.procedure(cases[name]), step.at)
        return lines

    def in_their_names(self, case: CaseSnapshot) -> CaseSnapshot:
        """The case with people and other cases under the names they have in the story."""
        names = {no: name for name, no in self.numbers.items()} | {id_: name for name, id_ in self.people.items()}
        fields = self.procedure(case).fields
        written = {key: renamed(fields[key], fields[key].to_json(value), names) for key, value in case.data.items()}
        return replace(case, data={key: fields[key].from_json(value) for key, value in written.items()})

    # The town of the story

    def settle_the_town(self, session: Session) -> None:
        """Units from the top down, everybody with a post where he stands, the calendar, the settings of every root."""
        for unit in in_order(self.story):
            session.add(unit_row(unit, self.story))
            session.flush()
        for name, actor in self.cast().items():
            session.add(person := Person(name=actor.name or name))
            session.flush()
            self.people[name] = str(person.id)
            session.add_all(self.posts(person.id, actor))
        session.add_all(self.entry_row(entry) for entry in self.story.entries)
        session.add_all(calendar_rows(self.facts, self.story))
        roots = [unit.id for unit in self.story.units.values() if not unit.parent]
        for key, value in self.story.settings.items():
            session.add_all(
                Setting(unit_id=root, procedure=self.story.procedure, key=key, value=value, from_day=date(2000, 1, 1))
                for root in roots
            )

    def entry_row(self, entry: Entry) -> EntryRow:
        about, values = self.people.get(entry.about, entry.about), REGISTERS[entry.register].dump(entry.values)
        return EntryRow(
            register=entry.register, about=about, key=entry.key, since=entry.since, until=entry.until,
            amount=entry.amount, values=values,
        )  # fmt: skip

    def cast(self) -> dict[str, Actor]:
        """Everybody named, and whoever acts under the bare name of a role."""
        bare = {name for step in self.story.steps if step.do for name in (step.by, step.via) if name}
        bare -= self.story.people.keys()
        return {**self.story.people, **{name: Actor(name, name) for name in bare}}

    def posts(self, person: int, actor: Actor) -> Iterator[Post]:
        """Where the story leaves the unit open, the person holds the post at each."""
        roles = [procedure.roles[actor.role] for procedure in PROCEDURES.values() if actor.role in procedure.roles]
        if any(role.outside for role in roles):
            return
        for unit in [actor.unit] if actor.unit else self.story.units:
            yield Post(person_id=person, role=actor.role, unit_id=unit, from_day=date(2000, 1, 1))

    # Time

    def move_to(self, moment: datetime) -> None:
        with db.transaction(self.factory) as session:
            session.execute(MOVE, {"at": moment})

    def until(self, moment: datetime) -> None:
        """Rings at every moment at which something falls due by then."""
        while due := self.next_due(moment):
            self.move_to(due)
            self.ring(due)

    def follow(self, now: datetime) -> None:
        """What happens by itself after an act; whatever else is due waits for time to pass."""
        while self.is_followed():
            self.ring(now)

    def is_followed(self) -> bool:
        with self.factory() as session:
            return bool(session.execute(IMPULSES).scalar_one())

    def next_due(self, until: datetime) -> datetime | None:
        with self.factory() as session:
            found: datetime | None = session.execute(NEXT, {"until": until}).scalar_one()
        return min(found, until) if found else None

    def ring(self, now: datetime) -> None:
        """One ticket, one rung, done by a worker that comes for it alone."""
        server: Redis = queue.connection()
        queue.queue(server).enqueue(queue.DRAIN, kwargs={"batch": 1, "rungs": 1, "rounds": 1}, result_ttl=0)
        worker.worker(burst_in_tests=True).work(burst=True, logging_level="WARNING")
        self.answer_events(now, None, "clock")

    # Acts

    def act(self, n: int, step: Step) -> None:
        if step.case in self.numbers and step.do in self.procedure_of(step.case).polls:
            self.fill_in(n, step)
            return
        try:
            with db.transaction(self.factory) as session:
                self.do(session, step)
        except Refused as refused:
            refusals = [{"code": each.code, "message": self.in_words(each.message)} for each in refused.refusals]
            self.answer(n, step.at, step.case, step.by, step.do, outcome="refused", refusals=refusals)
        else:
            self.answer_events(step.at, n, step.by)

    def fill_in(self, n: int, step: Step) -> None:
        """As many forms as the story says, with each answer."""
        told = {"no": self.numbers[step.case], "poll": step.do}
        with db.transaction(self.factory) as session:
            for answer, count in step.form.items():
                session.execute(FILLED_IN, {**told, "answer": answer, "count": count})
        self.answer(n, step.at, step.case, step.by, step.do, outcome="done")

    def do(self, session: Session, step: Step) -> None:
        actor, via = self.actor(step.by, step), self.actor(step.via, step) if step.via else None
        form = self.translated(step)
        if step.case in self.numbers:
            no = self.numbers[step.case]
            casework.act(session, no, step.do, form, actor=actor, version=None, on=step.dated, via=via)
            return
        case = self.story.unopened(step)
        unit = actor.unit or case.unit
        opened = casework.open_case(
            session, self.procedure(case), step.do, form, actor=actor, unit=unit, on=step.dated, via=via
        )
        self.numbers[step.case] = opened.no

    def actor(self, name: str, step: Step) -> Actor:
        """Who acts, under the id he has here, standing where the story or his role puts him."""
        case = self.snapshot(step.case) or self.story.unopened(step)
        stood = placed(self.story.actor(name), self.procedure(case), case, step.do, self.facts, step.at)
        return Actor(self.people.get(name, name), stood.role, stood.unit, stood.name)

    def translated(self, step: Step) -> dict[str, Any]:
        """The form with case names and people's names as the system knows them."""
        case = self.snapshot(step.case) or self.story.unopened(step)
        fields, names = self.procedure(case).fields, {**self.people, **self.numbers}
        asked = {name: fields.get(name.rstrip("_")) for name in step.form}
        return {name: renamed(asked[name], value, names) for name, value in step.form.items()}

    def in_words(self, message: str) -> str:
        for name, no in self.numbers.items():
            message = message.replace(no, name)
        return message

    # Answers

    def answer_events(self, at: datetime, n: int | None, by: str) -> None:
        with self.factory() as session:
            rows = session.execute(EVENTS, {"last": self.last_event}).all()
            for row in rows:
                self.last_event = row.id
                self.answer_event(session, row, at, n, by)

    def answer_event(self, session: Session, row: Any, at: datetime, n: int | None, by: str) -> None:
        name, where = self.name_of(row), {"no": row.no, "seq": row.seq}
        told = [{"role": role, "what": what} for role, what in session.execute(TOLD, where)]
        self.answer(
            n, row.at.astimezone(SHANGHAI) if row.rung else at, name, by, row.trigger, outcome=row.outcome,
            documents=list(session.execute(PAPERS, where).scalars()), told=told,
            opened=self.opened(session, name, row.no),
        )  # fmt: skip

    def name_of(self, row: Any) -> str:
        """A case that opened by itself is named after the one that opened it."""
        for name, no in self.numbers.items():
            if no == row.no:
                return name
        parent = next(name for name, no in self.numbers.items() if no == row.parent)
        name = f"{parent}.{1 + sum(each.startswith(f'{parent}.') for each in self.numbers)}"
        self.numbers[name] = row.no
        return name

    def opened(self, session: Session, name: str, no: str) -> list[str]:
        """Names of the cases that this event has asked to open."""
        asked = session.execute(OPENINGS, {"no": no}).scalar_one()
        before, self.openings[name] = self.openings.get(name, 0), asked
        return [f"{name}.{number}" for number in range(before + 1, asked + 1)]

    def answer(self, n: int | None, at: datetime, case: str, by: str, do: str, **more: Any) -> None:
        stands = self.snapshot(case)
        deadlines = shown(self.procedure(stands), stands, at) if stands else {}
        step = {"n": n, "at": at.isoformat(), "case": case, "by": by, "do": do, "outcome": more.pop("outcome")}
        self.answers.append(step | {"state": stands.state if stands else "", "deadlines": deadlines} | more)

    def snapshot(self, name: str) -> CaseSnapshot | None:
        if name not in self.numbers:
            return None
        with self.factory() as session:
            return read_case(session, self.numbers[name]).snapshot

    def procedure_of(self, name: str) -> Any:
        case = self.snapshot(name)
        assert case is not None, "only asked of cases that have opened"
        return self.procedure(case)

    def procedure(self, case: CaseSnapshot) -> Any:
        return definition(case.procedure, case.definition)


def renamed(field: Field | None, written: Any, names: Mapping[str, str]) -> Any:
    """A value in JSON with the people and cases it names under other names, those in rows too."""
    if isinstance(written, list):
        return [renamed(field, each, names) for each in written]
    if field and isinstance(written, dict):
        parts = {part.id: part for part in field.parts}
        return {name: renamed(parts.get(str(name).rstrip("_")), each, names) for name, each in written.items()}
    return names.get(written, written) if field and field.kind in NAMING and isinstance(written, str) else written


def in_order(story: Story) -> list[Unit]:
    """Every unit after the one above it."""
    found: list[Unit] = []
    while len(found) < len(story.units):
        known = {unit.id for unit in found}
        ready = [each for each in story.units.values() if each.id not in known and each.parent in {"", *known}]
        if not ready:
            raise UnreadableStory("units: 上级单位不存在 / a parent is missing")
        found += ready
    return found


def unit_row(unit: Unit, story: Story) -> UnitRow:
    line = [unit]
    while line[-1].parent:
        line.append(story.units[line[-1].parent])
    levels = {f"{each.level}_id": each.id for each in line}
    return UnitRow(id=unit.id, name=unit.name, level=unit.level, parent_id=unit.parent or None, **levels)


def calendar_rows(facts: Facts, story: Story) -> Iterator[CalendarDay]:
    """The days of the story's years and of those beside them, as its calendar has them."""
    first, last = min(step.at.year for step in story.steps) - 1, max(step.at.year for step in story.steps) + 2
    for number in range(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal() + 1):
        on = date.fromordinal(number)
        day = facts.calendar.day(on)
        yield CalendarDay(day=on, kind=day.kind, name=day.name, source=day.source, confirmed=day.confirmed)


# Paper and life compared


def differences(paper: Answer, live: Answer) -> list[str]:
    """What life answered otherwise than paper, step by step; seconds apart, and in any order at one moment."""
    told, lived = sorted(map(essence, paper["steps"]), key=place), sorted(map(essence, live["steps"]), key=place)
    lines = [f"{a}\n≠ {b}" for a, b in zip(told, lived, strict=False) if a != b]
    return lines + ([f"{len(told)} / {len(lived)}"] if len(told) != len(lived) else [])


def essence(step: Answer) -> Answer:
    clocks = {code: (clock["due_at"][:16], clock["status"]) for code, clock in step["deadlines"].items()}
    told = sorted((each["role"], each["what"]) for each in step.get("told", []))
    refused = sorted((each["code"], each["message"]) for each in step.get("refusals", []))
    kept = {name: step.get(name) or "" for name in ("case", "by", "do", "outcome", "state")}
    return kept | {
        "at": step["at"][:16], "deadlines": clocks, "told": told, "refusals": refused,
        "documents": step.get("documents", []), "opened": step.get("opened", []),
    }  # fmt: skip


def place(step: Answer) -> tuple[str, str]:
    return step["at"], step["case"]
