"""Lives that seek what has been done least, wait for the clock, and ask the law about a form before they hand it in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from workflow.calendar import at, today
from workflow.decide import decide, offered
from workflow.decision import Offer
from workflow.fields import Field
from workflow.forms import lines, newcomers
from workflow.lives import DAY, FORMS, Life
from workflow.machine import places, targets
from workflow.mending import Form, Mending
from workflow.question import Question
from workflow.refusals import Refusal, Refused
from workflow.snapshot import CaseSnapshot
from workflow.story import Step
from workflow.words.acts import Act
from workflow.words.naming import several
from workflow.words.procedure import Procedure
from workflow.words.where import new

OPENS = 0.2  # how often it opens one more case, where one is running
OWN = 0.8  # how often that is one of its own procedure
PAUSES = (1, 10, 10, 60, 60, DAY, DAY, 5 * DAY, 20 * DAY)  # minutes from one step to the next
WAITS = 0.15  # how often it waits for what the clock does next
UNLAWFUL = 0.1
SIGNED = 0.7  # how often what is half signed comes first
AIMLESS = 0.2
ENDED = 0.03  # how often a case is ended in a way that is known
RECORDED = 0.5  # how often a clerk records what somebody from outside does
ASKED = 4  # how many who might do an act are asked
DONE = 4  # as many times chosen in vain weigh as once done


@dataclass
class Guided(Life):
    """It acts on cases of all its procedures; `done` counts what other lives did, by procedure and act."""

    done: Counter[str] = field(default_factory=Counter)

    def live(self, length: int) -> Guided:
        for _ in range(length):
            self.now += timedelta(minutes=self.random.choice(PAUSES))
            self.wait(self.next_rung() if self.random.random() < WAITS else self.now)
            self.take(self.next_step())
        return self

    def wait(self, until: datetime) -> None:
        self.now = max(self.now, until)
        self.rehearsal.until(self.now)

    def next_rung(self) -> datetime:
        cases = self.rehearsal.cases.values()
        return self.random.choice([row.next_at for case in cases for row in case.clocks if row.next_at] or [self.now])

    def next_step(self) -> Step:
        running = [name for name, case in self.rehearsal.cases.items() if not self.is_over(case)]
        if self.random.random() < UNLAWFUL:
            return super().next_step()
        if not running or self.random.random() < OPENS / len(running):
            return self.opening()
        name = self.random.choice(running)
        has_polls = self.procedure_of(name).polls and self.random.random() < FORMS
        return self.forms_in(name) if has_polls else self.step_on(name)

    def procedure_of(self, name: str) -> type[Procedure]:
        return self.procedures[self.rehearsal.cases[name].procedure]

    def is_over(self, case: CaseSnapshot) -> bool:
        state = self.procedures[case.procedure].states[case.state]
        return state.final and not state.reopens

    def forms_in(self, name: str) -> Step:
        """About as many as codes were handed out."""
        poll = self.random.choice(list(self.procedure_of(name).polls.values()))
        most = max((tally.asked for tally in self.rehearsal.world.tallies.values()), default=2)
        answers = {answer: self.random.randint(0, most // 2) for answer in poll.options}
        return Step(self.now, next(iter(self.people)), poll.id, answers, name, None, "")

    # Opening one more case

    def opening(self) -> Step:
        kinds = [each for each in self.procedures.values() if self.openers(each)]
        own = self.procedure in kinds and self.random.random() < OWN
        procedure = self.procedure if own else self.random.choice(kinds)
        act = self.random.choice(self.openers(procedure))
        name = f"case {len(self.rehearsal.cases)}" if "main" in self.rehearsal.cases else "main"
        return self.filled(act, self.random.choice(self.holders(act.hands[0])), name, procedure)

    def openers(self, procedure: type[Procedure]) -> list[Act]:
        return [act for act in procedure.acts_on(today(self.now)) if act.by and new in act.arrow.sources]

    def holders(self, hand: Sequence[Any]) -> list[str]:
        roles = {getattr(who, "id", "") for who in hand}
        return [name for name, actor in self.people.items() if actor.role in roles] or list(self.people)

    # Going on with one

    def step_on(self, name: str) -> Step:
        """The act that is most wanting of those that somebody may do, now or once its day has come."""
        case, procedure = self.rehearsal.cases[name], self.procedure_of(name)
        for act in self.by_need(procedure, case):
            for person in self.candidates(act, case):
                offer = self.offer(act, person, case)
                if offer.mine and (offer.open or offer.from_day):
                    self.wait(at(offer.from_day, 9) if offer.from_day and not offer.open else self.now)
                    self.tried[key_of(procedure, act)] += 1
                    return self.filled(act, person, name, procedure)
        return super().next_step()

    def by_need(self, procedure: type[Procedure], case: CaseSnapshot) -> list[Act]:
        """What is half signed mostly first, then what was done least; what ends a case in a known way last."""
        possible = [
            act for act in procedure.acts_on(today(self.now)) if act.by and case.state in places(procedure, act)
        ]
        acts = self.random.sample(possible, len(possible))
        if self.random.random() > AIMLESS:
            acts.sort(key=lambda act: DONE * self.done[key_of(procedure, act)] + self.tried[key_of(procedure, act)])
        signing = case.signing if self.random.random() < SIGNED else ()
        last = self.random.random() > ENDED
        return sorted(acts, key=lambda act: (act.id not in signing, last and self.is_known_end(procedure, act)))

    def is_known_end(self, procedure: type[Procedure], act: Act) -> bool:
        ends = (procedure.states.get(name) for name in targets(procedure, act))
        return self.done[key_of(procedure, act)] > 0 and all(end and end.final and not end.reopens for end in ends)

    def candidates(self, act: Act, case: CaseSnapshot) -> list[str]:
        """A few of those who hold its roles, and whom the case names."""
        hand = act.hands[min(self.hand(act, case), len(act.hands) - 1)]
        able = self.holders((*hand, *several(act.via)))
        return [*self.random.sample(able, min(len(able), ASKED)), *sorted(self.on_file(case))]

    def offer(self, act: Act, person: str, case: CaseSnapshot) -> Offer:
        actor, procedure = self.people[person], self.procedures[case.procedure]
        by = self.standing(actor, procedure, case) if actor.role in procedure.roles else actor
        return offered(Question(procedure, case, act, by, self.now, self.rehearsal.told(), today(self.now)))

    # Forms

    def filled(self, act: Act, person: str, name: str, procedure: type[Procedure]) -> Step:
        """The step with a form that the law accepts, if one is found."""
        case = self.rehearsal.cases.get(name)
        fields = [line.field for line in lines(act, self.hand(act, case))]
        step = Step(
            self.now, person, act.id, self.drawn(fields, act, case), name, None, self.recorder(act), procedure.id
        )
        mending = Mending(
            self.random, fields, case, list(self.people), list(self.facts.units), self.value,
            lambda form: self.refusals(replace(step, form=form), act, procedure),
        )  # fmt: skip
        return replace(step, form=mending.mended(step.form))

    def recorder(self, act: Act) -> str:
        is_recorded = act.via and act.is_outsiders and self.random.random() < RECORDED
        return self.random.choice(self.holders(several(act.via))) if is_recorded else ""

    def drawn(self, fields: list[Field], act: Act, case: CaseSnapshot | None) -> dict[str, Any]:
        form = {each.id: self.value(each) for each in fields if not each.optional or self.random.random() < 0.5}
        return form | {name: self.random.choice(open_) for name, open_ in self.running(act, case) if name in form}

    def refusals(self, step: Step, act: Act, procedure: type[Procedure]) -> list[Refusal]:
        """Why the step would be refused; it is not taken."""
        case = self.rehearsal.cases.get(step.case) or self.rehearsal.story.unopened(step, self.procedures)
        by, via = (self.rehearsal.placed(who, step, case) for who in (step.by, step.via))
        form: Form = {**step.form, **({} if case.state else newcomers(act, step.form))}
        try:
            decide(procedure, case, act.id, form, by=by, now=step.at, facts=self.rehearsal.told(), via=via)
        except Refused as refused:
            return list(refused.refusals)
        return []


def key_of(procedure: type[Procedure], act: Act) -> str:
    return f"{procedure.id}.{act.id}"


def fork(life: Guided, random: Random) -> Guided:
    """The same life so far, to be gone on with in another way."""
    told = life.rehearsal
    other = replace(life, random=random, begun=None)
    other.steps, other.people = list(life.steps), life.people
    diary = replace(told.diary, dates=list(told.diary.dates)) if told.diary else None
    other.rehearsal = replace(told, cases=dict(told.cases), answers=list(told.answers), diary=diary)
    other.rehearsal.world.entries = list(told.world.entries)
    other.rehearsal.world.of_the_clock = list(told.world.of_the_clock)
    other.rehearsal.world.tallies = dict(told.world.tallies)
    return other
