"""Plays a story against the law with a virtual clock and no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any

from workflow.decide import climb, decide, followed_by, pending
from workflow.decision import Decision, Impulse, Opening
from workflow.diary import Date, Diary
from workflow.expectations import compare, shown, wrong_entries
from workflow.forms import newcomers
from workflow.ladder import DueRung
from workflow.measuring import points_of, written_until
from workflow.outcome import waiting
from workflow.permission import placed
from workflow.refusals import Refused
from workflow.snapshot import CLOCK, CaseSnapshot, Facts
from workflow.story import Step, Story
from workflow.words.procedure import Procedure
from workflow.world import World

Answer = dict[str, Any]


@dataclass
class Rehearsal:
    """The cases of one story as they stand, and what has been answered so far."""

    story: Story
    procedures: Mapping[str, type[Procedure]]
    facts: Facts
    cases: dict[str, CaseSnapshot] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    diary: Diary | None = None

    def __post_init__(self) -> None:
        self.world = World(self.cases, list(self.story.entries), posts=self.story.people.values())

    def procedure(self, name: str) -> type[Procedure]:
        return self.procedures[self.cases[name].procedure]

    def figures(self, procedure: type[Procedure], at: datetime) -> dict[str, str]:
        """All figures of the procedure until then, over the cases of the story."""
        cases = (case for case in self.cases.values() if case.procedure == procedure.id)
        read = (procedure(case, self.told(), CLOCK, at.date(), at) for case in cases)
        return written_until(at, procedure, chain.from_iterable(map(points_of, read)), self.facts)

    def told(self) -> Facts:
        """The law is told of the story's cases by the names they have there."""
        return replace(self.facts, linked=self.cases, outside=self.world)

    # Time passes

    def until(self, moment: datetime) -> None:
        """Lets the clock do all that falls due by then, in order; series open from the day after the first of these."""
        units, calendar = self.facts.units.values(), self.facts.calendar
        self.diary = diary = self.diary or Diary.of(self.procedures.values(), units, calendar, moment)
        while due := min(self.due(moment, diary), key=lambda each: each[:2], default=None):
            due[2]()

    def due(self, moment: datetime, diary: Diary) -> Iterator[tuple[datetime, str, Callable[[], None]]]:
        for name, case in self.cases.items():
            for rung in pending(self.procedure(name), case, self.told(), moment)[:1]:
                yield rung.at, name, partial(self.climb, name, rung)
        for date_ in diary.until(moment):
            yield date_.at, date_.unit, partial(self.open_of_series, diary, date_)

    def open_of_series(self, diary: Diary, date_: Date) -> None:
        """What the law refuses, or somebody has opened already, is left until the next period."""
        diary.turn(date_)
        name = opened_name(f"{date_.procedure}.{date_.unit}", self.cases)
        case = CaseSnapshot(name, date_.procedure, unit=date_.unit)
        procedure, facts = self.procedures[date_.procedure], self.told()
        try:
            made = decide(procedure, case, date_.trigger, {}, by=CLOCK, now=date_.at, facts=facts)
        except Refused:
            return
        self.done(None, date_.at, name, date_.trigger, made)

    def climb(self, name: str, due: DueRung) -> None:
        case, facts = self.cases[name], self.told()
        made = climb(self.procedure(name), case, due, facts)
        if made is None:
            self.cases[name] = waiting(self.procedure(name), case, due, facts)
            return
        self.done(None, due.at, name, due.act or due.key, made)

    # Acts

    def act(self, n: int, step: Step) -> None:
        """One step of the story: done, signed, or refused with every reason; or forms of a poll that come back."""
        name, trigger = step.case, step.do
        case = self.cases.get(name) or self.story.unopened(step, self.procedures)
        procedure, facts = self.procedures[case.procedure], self.told()
        if trigger in procedure.polls:
            self.world.fill_in(name, trigger, step.form)
            self.answer(n, step.at, name, step.by, trigger, outcome="done")
            return
        by, via = self.placed(step.by, step, case), self.placed(step.via, step, case)
        act = procedure.act(trigger, step.dated or step.at.date())
        form = {**step.form, **(newcomers(act, step.form) if act and not case.state else {})}
        try:
            made = decide(procedure, case, trigger, form, by=by, now=step.at, facts=facts, on=step.dated, via=via)
        except Refused as refused:
            self.refuse(n, step.at, name, step.by, trigger, refused)
        else:
            self.done(n, step.at, name, trigger, made, by=step.by)

    def placed(self, name: str, step: Step, case: CaseSnapshot) -> Any:
        """Whoever bears that name in the story, standing where his role is asked for; nobody for no name."""
        procedure = self.procedures[case.procedure]
        return placed(self.story.actor(name), procedure, case, step.do, self.told(), step.at) if name else None

    def done(self, n: int | None, at: datetime, name: str, do: str, made: Decision, by: str = "clock") -> None:
        self.cases[name] = made.after
        self.world.enter(name, made)
        for poll, count in made.handed_out:
            self.world.hand_out(name, poll, count)
        opened = [self.name_for(name, number) for number, _ in enumerate(made.opened, 1)]
        self.answer(
            n, at, name, by, do, outcome=made.outcome, documents=[paper.label for paper in made.documents],
            told=[{"role": told.role, "what": told.what} for told in made.told], opened=opened,
        )  # fmt: skip
        for child, opening in zip(opened, made.opened, strict=True):
            self.open(at, child, opening, made.after.unit)
        self.follow(at, name, made)

    def name_for(self, name: str, number: int) -> str:
        return opened_name(name, self.cases, number)

    def open(self, at: datetime, name: str, opening: Opening, from_unit: str) -> None:
        """Asked for twice, a case of which there is one is the same case."""
        procedure, facts = self.procedures[opening.procedure], self.told()
        case = CaseSnapshot(name, procedure.id, unit=opening.unit or opening.by.unit or from_unit)
        try:
            made = decide(procedure, case, opening.trigger, opening.form, by=opening.by, now=at, facts=facts)
        except Refused as refused:
            if {each.code for each in refused.refusals} != {"AlreadyOpen"}:
                self.refuse(None, at, name, opening.by.person, opening.trigger, refused)
        else:
            self.done(None, at, name, opening.trigger, made)

    def refuse(self, n: int | None, at: datetime, name: str, by: str, do: str, refused: Refused) -> None:
        refusals = [{"code": each.code, "message": each.message} for each in refused.refusals]
        self.answer(n, at, name, by, do, outcome="refused", refusals=refusals)

    def follow(self, at: datetime, name: str, made: Decision) -> None:
        """Acts by themselves: on this case, and on every case that is linked to it."""
        for impulse in (*made.impulses, *self.impulses_of_others(at, name, made.trigger)):
            procedure, facts = self.procedure(impulse.case), self.told()
            if impulse.trigger not in {each.trigger for each in self.now_by_itself(at, impulse.case)}:
                continue
            case = self.cases[impulse.case]
            done = decide(procedure, case, impulse.trigger, {}, by=CLOCK, now=at, facts=facts, on=made.on)
            self.done(None, at, impulse.case, impulse.trigger, done)

    def impulses_of_others(self, at: datetime, name: str, trigger: str) -> list[Impulse]:
        others = [other for other in self.cases if other != name and self.heeds(other, name, trigger)]
        return [impulse for other in others for impulse in self.now_by_itself(at, other)]

    def heeds(self, other: str, name: str, trigger: str) -> bool:
        """Whether the other case names this one, or waits for such acts on those that name it."""
        waits = self.procedure(other).heeds(self.cases[name].procedure, {trigger})
        return self.names(other, name) or (waits and self.names(name, other))

    def names(self, one: str, other: str) -> bool:
        links = [each for each in self.procedure(one).fields.values() if each.kind == "case"]
        return any(self.cases[one].data.get(link.id) == other for link in links)

    def now_by_itself(self, at: datetime, name: str) -> list[Impulse]:
        return list(followed_by(self.procedure(name), self.cases[name], self.told(), at))

    def answer(self, n: int | None, at: datetime, case: str, by: str, do: str, **more: Any) -> None:
        stands = self.cases.get(case)
        deadlines = shown(self.procedure(case), stands, at) if stands else {}
        step = {"n": n, "at": at.isoformat(), "case": case, "by": by, "do": do, "outcome": more.pop("outcome")}
        self.answers.append(step | {"state": stands.state if stands else "", "deadlines": deadlines} | more)


def opened_name(name: str, cases: Iterable[str], number: int = 1) -> str:
    """A case that opens by itself is numbered after what opened it: a case, or a series at a unit."""
    return f"{name}.{number + sum(each.rpartition('.')[0] == name for each in cases)}"


def play(story: Story, procedures: Mapping[str, type[Procedure]], facts: Facts) -> Answer:
    """The whole answer of a story: every step, every act of the clock between them, and what was expected in vain."""
    rehearsal = Rehearsal(story, procedures, facts)
    unmet: list[str] = []
    for n, step in enumerate(story.steps, 1):
        before = len(rehearsal.answers)
        rehearsal.until(step.at)
        if step.do:
            rehearsal.act(n, step)
        unmet += [
            line for expected in story.expected_after(n, len(story.steps))
            for line in (
                *compare(expected, n, rehearsal.cases, rehearsal.answers[before:], rehearsal.procedure, step.at,
                    partial(rehearsal.figures, at=step.at)),
                *wrong_entries(expected, n, rehearsal.world, {}, step.at.date()),
            )
        ]  # fmt: skip
    answer = {"procedure": story.procedure, "title": story.title, "held": not unmet, "unmet": unmet}
    return answer | {"steps": rehearsal.answers}
