"""Plays a story through the running system: real rows, the real queue, a clock that is moved from rung to rung."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import casework, db
from models.outside import Outside
from models.reading.measures import points
from web.live import clockwork, scratch, town
from web.live.answers import Answer, Answers
from web.live.names import Names
from workflow.expectations import compare, wrong_entries
from workflow.measuring import written_until
from workflow.permission import placed
from workflow.refusals import Refused
from workflow.registry import PROCEDURES, definition
from workflow.snapshot import Actor, CaseSnapshot, Facts
from workflow.story import Step, Story
from workflow.words.procedure import Procedure

FILLED_IN = text("""
    INSERT INTO poll_counts (case_id, poll, answer, count) SELECT id, :poll, :answer, :count FROM cases WHERE no = :no
    ON CONFLICT (case_id, poll, answer) DO UPDATE SET count = poll_counts.count + excluded.count
""")


def play_live(story: Story, facts: Facts, url: str) -> Answer:
    """The same answer as on paper, given by the database, the queue and the clock. Needs `REDIS_URL`."""
    with scratch.scratch_schema(url) as (engine, schema):
        own = {"LINBAN_SCHEMA": schema, "LINBAN_QUEUE": schema, "DATABASE_URL": url, "LINBAN_SECRET_KEY": schema}
        with scratch.surroundings(own):
            return Player(story, facts, db.sessions(engine, secret=schema)).whole()


class Player:
    """A story on a scratch schema."""

    def __init__(self, story: Story, facts: Facts, factory: db.Sessions) -> None:
        self.story, self.facts, self.factory = story, facts, factory
        clockwork.move_to(factory, story.steps[0].at)
        with db.transaction(factory) as session:
            self.names = Names(town.settle(session, story, facts))
        with db.transaction(factory) as session:
            casework.plan_series(session)
        self.answers = Answers(factory, self.names)

    def whole(self) -> Answer:
        unmet: list[str] = []
        for n, step in enumerate(self.story.steps, 1):
            before = len(self.answers.all)
            self.until(step.at)
            clockwork.move_to(self.factory, step.at)
            if step.do:
                self.act(n, step)
                self.follow(step.at)
            unmet += self.unmet(n, step, self.answers.all[before:])
        answer = {"procedure": self.story.procedure, "title": self.story.title, "held": not unmet, "unmet": unmet}
        return answer | {"steps": self.answers.all}

    def unmet(self, n: int, step: Step, recent: list[Answer]) -> list[str]:
        snapshots = {name: self.answers.snapshot(name) for name in self.names.numbers}
        cases = {name: self.names.restored(case) for name, case in snapshots.items() if case}
        lines: list[str] = []
        for expected in self.story.expected_after(n, len(self.story.steps)):
            lines += compare(
                expected, n, cases, recent, lambda name: law_of(cases[name]), step.at, partial(self.figures, at=step.at)
            )
            with db.transaction(self.factory) as session:
                world = Outside(session, writing=False)
                lines += wrong_entries(expected, n, world, self.names.people, step.at.date())
        return lines

    def figures(self, procedure: type[Procedure], at: datetime) -> dict[str, str]:
        with self.factory() as session:
            return written_until(at, procedure, points(session, procedure.id, now=at), self.facts)

    # Time

    def until(self, moment: datetime) -> None:
        """Rings at every moment at which something falls due by then."""
        while due := clockwork.next_due(self.factory, moment):
            clockwork.move_to(self.factory, due)
            self.ring(due)

    def follow(self, now: datetime) -> None:
        """What happens by itself after an act; whatever else is due waits for time to pass."""
        while clockwork.is_followed(self.factory):
            self.ring(now)

    def ring(self, now: datetime) -> None:
        clockwork.ring()
        if error := clockwork.failed(self.factory):
            raise RuntimeError(f"the clock could not do what is due at {now}: {error}")
        self.answers.read(now, None, "clock")

    # Acts

    def act(self, n: int, step: Step) -> None:
        if step.do in law_of(self.case(step)).polls:
            self.fill_in(n, step)
            return
        try:
            with db.transaction(self.factory) as session:
                self.do(session, step)
        except Refused as refused:
            told = [{"code": each.code, "message": self.names.in_words(each.message)} for each in refused.refusals]
            self.answers.add(n, step.at, step.case, step.by, step.do, outcome="refused", refusals=told)
        else:
            self.answers.read(step.at, n, step.by)

    def fill_in(self, n: int, step: Step) -> None:
        """As many forms of a poll as the story says, with each answer."""
        told = {"no": self.names.numbers[step.case], "poll": step.do}
        with db.transaction(self.factory) as session:
            for answer, count in step.form.items():
                session.execute(FILLED_IN, {**told, "answer": answer, "count": count})
        self.answers.add(n, step.at, step.case, step.by, step.do, outcome="done")

    def do(self, session: Session, step: Step) -> None:
        case, on = self.case(step), step.dated
        procedure = law_of(case)
        form = self.names.given(procedure, step.form)
        by, via = self.actor(step.by, step), self.actor(step.via, step) if step.via else None
        if no := self.names.numbers.get(step.case):
            casework.act(session, no, step.do, form, actor=by, version=None, on=on, via=via)
            return
        unit = by.unit or case.unit
        opened = casework.open_case(session, procedure, step.do, form, actor=by, unit=unit, on=on, via=via)
        self.names.numbers[step.case] = opened.no

    def case(self, step: Step) -> CaseSnapshot:
        """As it stands, or before it opens."""
        return self.answers.snapshot(step.case) or self.story.unopened(step, PROCEDURES)

    def actor(self, name: str, step: Step) -> Actor:
        """Who acts, under the id he has here, standing where the story or his role puts him."""
        case = self.case(step)
        law = law_of(case)
        stood = placed(self.story.actor(name), law, case, step.do, self.facts, step.at)
        in_a_row = law.roles[stood.role].among is not None
        return Actor(name if in_a_row else self.names.people.get(name, name), stood.role, stood.unit, stood.name)


def law_of(case: CaseSnapshot) -> type[Procedure]:
    return definition(case.procedure, case.definition)
