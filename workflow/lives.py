"""Random lives: stories of lawful and unlawful acts that nobody thought of, played with the virtual clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from workflow.calendar import SHANGHAI, at, today
from workflow.decide import available
from workflow.fields import Field
from workflow.forms import lines
from workflow.machine import targets
from workflow.permission import offices
from workflow.population import Rosters, cast, identity
from workflow.population import written as told
from workflow.rehearsal import Rehearsal
from workflow.snapshot import CLOCK, Actor, CaseSnapshot, Facts
from workflow.story import TREE, Step, Story
from workflow.words.acts import Act
from workflow.words.naming import id_of, several
from workflow.words.outside import REGISTERS
from workflow.words.procedure import Procedure
from workflow.words.when import Recurring
from workflow.words.where import new

START = datetime(2025, 1, 6, 9, tzinfo=SHANGHAI)
SENTENCE = "随机写下的一段话，长短够用，内容无关紧要，只为让表单可以通过检查。"
DAY = 60 * 24  # minutes
LONG_AGO = 30 * 365  # days: a birthday, say
RECKLESS = 0.15  # how often a life tries what is not offered
ASKED = 8  # of how many people a life asks what they may do
BROKEN = 0.1  # how often a value contradicts itself
LAST = 0.8  # after this part of its steps a life takes what ends a case like anything else; before it, hardly ever
OUTSIDE = 0.7  # how often somebody outside the office is whom the case is about
FORMS = 0.1  # how often anonymous forms come in
AIMLESS = 0.3  # how often it takes any of what is offered, not what was tried least


@dataclass
class Life:
    """A story in the making, and the rehearsal it is played in as it grows.

    It may go on from where a story has `begun` it, so that what lies far from the opening is reached too; that story's
    cases may be of `others` too.
    """

    procedure: type[Procedure]
    random: Random
    facts: Facts
    now: datetime = START
    steps: list[Step] = field(default_factory=list)
    tried: Counter[str] = field(default_factory=Counter)
    weariness: float = 0
    begun: Story | None = None
    others: tuple[type[Procedure], ...] = ()

    def __post_init__(self) -> None:
        self.now = max(self.now, in_force_from(self.procedure))
        self.procedures = {each.id: each for each in (self.procedure, *self.others)}
        together = tuple(self.procedures.values())
        self.people = cast(together, self.begun.people if self.begun else {})
        rosters = Rosters(together, self.people, self.random, self.facts.units)
        entries = self.begun.entries if self.begun else tuple(rosters.entries())
        story = Story(self.procedure.id, "", self.facts.settings, self.facts.units, self.people, (), (), entries)
        self.rehearsal = Rehearsal(story, self.procedures, self.facts)
        for step in self.begun.steps if self.begun else ():
            self.take(step)

    def live(self, length: int) -> Life:
        """So many steps, most of them soon after the last, some much later."""
        for n in range(1, length + 1):
            self.now += timedelta(minutes=self.random.choice((10, 60, DAY, 5 * DAY, 40 * DAY, 200 * DAY)))
            self.rehearsal.until(self.now)
            self.weariness = 0.5 if n > LAST * length else 0.005
            self.take(self.next_step())
        return self

    def take(self, step: Step) -> None:
        self.now = step.at
        self.rehearsal.until(self.now)
        self.steps.append(step)
        if step.do:
            self.rehearsal.act(len(self.steps), step)

    def next_step(self) -> Step:
        name = self.random.choice(self.names())
        case = self.rehearsal.cases.get(name)
        if case and self.procedure.polls and self.random.random() < FORMS:
            return self.forms(name)
        act, person = self.choice_of(case)
        asked = [line.field for line in lines(act, self.hand(act, case))]
        form = {each.id: self.value(each) for each in asked if not each.optional or self.random.random() < 0.5}
        form |= {name: self.random.choice(numbers) for name, numbers in self.running(act, case) if name in form}
        self.tried[act.id] += 1
        return Step(self.now, person, act.id, form, name, None, "")

    def names(self) -> list[str]:
        """Cases to go on with, those the life opens itself among them; where others have opened some, those alone."""
        own = [name for name, case in self.rehearsal.cases.items() if case.procedure == self.procedure.id]
        return own if self.others and own else ["main", "main", "main", "second", *own]

    def forms(self, name: str) -> Step:
        """Anonymous ones that come in, with any answers."""
        poll = self.random.choice(list(self.procedure.polls.values()))
        answers = {answer: self.random.randint(0, 12) for answer in poll.options}
        return Step(self.now, next(iter(self.people)), poll.id, answers, name, None, "")

    def running(self, act: Act, case: CaseSnapshot | None) -> Iterator[tuple[str, list[int]]]:
        """The line that says which period of a recurring duty is met, and the periods that are open."""
        for clock in self.procedure.all_clocks():
            if case and isinstance(clock, Recurring) and clock.number is not None and id_of(clock.met_by) == act.id:
                open_ = [row.number for row in case.clocks if row.id == clock.id and row.is_live]
                yield from ([(clock.number.id, open_)] if open_ else [])

    def hand(self, act: Act, case: CaseSnapshot | None) -> int:
        half = case.signing.get(act.id) if case else None
        return len(half.hands) if half else 0

    def choice_of(self, case: CaseSnapshot | None) -> tuple[Act, str]:
        acts = [act for act in self.procedure.acts_on(today(self.now)) if act.by]
        if case is None:
            acts = [act for act in acts if new in act.arrow.sources]
            return (act := self.random.choice(acts)), self.random.choice(self.doers(act))
        person = self.random.choice(list(self.people))
        if self.random.random() < RECKLESS:
            return self.random.choice(acts), person
        asked = {*self.random.sample(list(self.people), min(len(self.people), ASKED)), *self.on_file(case)}
        mine = [(act, each) for each in sorted(asked) for act in self.open_to(each, case)]
        mine = [(act, each) for act, each in mine if not self.ends(act) or self.random.random() < self.weariness]
        return self.seldom(mine, case) if mine else (self.random.choice(acts), person)

    def on_file(self, case: CaseSnapshot) -> set[str]:
        """Those whom the case names."""
        fields = self.procedure.fields
        named = (fields[name].persons(value) for name, value in case.data.items() if name in fields and value)
        return {person for persons in named for person in persons} & self.people.keys()

    def seldom(self, mine: list[tuple[Act, str]], case: CaseSnapshot) -> tuple[Act, str]:
        """Guides the life to what is half signed or was tried least, so that long ways are walked to their end."""
        half = [(act, person) for act, person in mine if act.id in case.signing]
        if self.random.random() < AIMLESS:
            return self.random.choice(half or mine)
        least = min(self.tried[act.id] for act, _ in mine)
        return self.random.choice([each for each in mine if self.tried[each[0].id] == least])

    def ends(self, act: Act) -> bool:
        """Whether the case is over after it, however it goes."""
        states = self.procedure.states
        ends = (states.get(name) for name in targets(self.procedure, act))
        return all(state is not None and state.final and not state.reopens for state in ends)

    def open_to(self, person: str, case: CaseSnapshot) -> list[Act]:
        actor = self.people[person]
        if actor.role not in self.procedure.roles:
            return []
        by = self.standing(actor, self.procedure, case)
        offers = available(self.procedure, case, by=by, now=self.now, facts=self.rehearsal.told())
        return [offer.act for offer in offers if offer.open]

    def standing(self, actor: Actor, procedure: type[Procedure], case: CaseSnapshot) -> Actor:
        """Where his role is asked for, unless he stands somewhere already."""
        role = procedure.roles[actor.role]
        asked = procedure(case, self.facts, CLOCK, today(self.now), self.now)
        unit = "" if role.outside else actor.unit or next(iter(offices(role, asked)), case.unit)
        return Actor(actor.person, actor.role, unit)

    def doers(self, act: Act) -> list[str]:
        roles = {getattr(who, "id", "") for who in act.hands[0]}
        return [name for name, actor in self.people.items() if actor.role in roles] or list(self.people)

    # Values

    def value(self, asked: Field) -> Any:
        """Something the form may well accept."""
        makers: dict[str, Callable[[Field], Any]] = {
            "number": self.a_number, "money": self.a_number, "decimal": self.an_exact_number,
            "score": self.an_exact_number, "day": self.a_day, "choice": self.an_option, "choices": self.some_options,
            "people": self.some_people, "units": self.some_units, "names": self.some_names, "grounds": self.some_names,
            "scores": self.some_parts, "ballot": self.some_totals, "rows": self.some_rows,
        }  # fmt: skip
        if asked in several(self.procedure.parties) and asked.kind == "person" and self.random.random() < OUTSIDE:
            return self.random.choice(self.outsiders())
        return makers[asked.kind](asked) if asked.kind in makers else self.anything(asked.kind)

    def outsiders(self) -> list[str]:
        """Those whom cases are mostly about, or anybody where nobody stands outside the office."""
        roles = {role.id for procedure in self.procedures.values() for role in procedure.roles.values() if role.outside}
        outside = [name for name, actor in self.people.items() if actor.role in roles]
        return outside or list(self.people)

    def anything(self, kind: str) -> Any:
        pools: dict[str, list[Any]] = {
            "yes_no": [True, True, False], "person": list(self.people), "unit": list(self.facts.units),
            "case": [*self.rehearsal.cases, "nobody"], "phone": ["13812345678", "010-12345678"],
            "contact": ["13812345678", "li@example.org"], "id_number": [identity(self.random)],
        }  # fmt: skip
        return self.random.choice(pools.get(kind, [SENTENCE[: self.random.randint(3, 30)]]))

    def a_number(self, asked: Field) -> int:
        least = asked.at_least or 0
        return self.random.randint(least, least + self.random.choice((1, 5, 40)))

    def an_exact_number(self, asked: Field) -> str:
        """Within its limits but for once in a while, with a decimal too many once in a while."""
        least, most = asked.at_least or 0, asked.at_most or 40
        whole = self.random.randint(least, most) if self.random.random() > BROKEN else most + 1
        places = self.random.choice((0, 0, asked.places, asked.places + (self.random.random() < BROKEN)))
        return f"{whole}.{'5' * places}" if places and whole < most else str(whole)

    def a_day(self, asked: Field) -> str:
        ahead = 0 if asked.of_act else self.random.choice((-1, 5, 20, 60, -LONG_AGO))
        return (today(self.now) + timedelta(days=ahead)).isoformat()

    def an_option(self, asked: Field) -> str:
        return self.random.choice(list(asked.options))

    def some_options(self, asked: Field) -> list[str]:
        return [option for option in asked.options if self.random.random() < 0.9]

    def some_people(self, asked: Field) -> list[str]:
        return self.random.sample(list(self.people), max(asked.at_least or 0, self.random.randint(0, 2)))

    def some_units(self, asked: Field) -> list[str]:
        return self.random.sample(list(TREE), max(asked.at_least or 0, self.random.randint(0, 2)))

    def some_names(self, asked: Field) -> list[str]:
        return [f"某{n}" for n in range(max(asked.at_least or 0, self.random.randint(0, 3)))]

    def some_parts(self, asked: Field) -> dict[str, Any]:
        """A part that may be left out is so half of the time, one that may not, seldom."""
        kept = [each for each in asked.parts if self.random.random() < (0.5 if each.optional else 0.97)]
        return {each.id: self.value(each) for each in kept}

    def some_rows(self, asked: Field) -> list[dict[str, Any]]:
        return [self.some_parts(asked) for _ in range(max(asked.at_least or 0, self.random.randint(0, 3)))]

    def some_totals(self, asked: Field) -> dict[str, Any]:
        """A ballot as it may have been held, or numbers that have nothing to do with one another."""
        if self.random.random() < BROKEN:
            return self.some_parts(asked)
        votes = {"for": self.random.randint(0, 16)}
        votes |= {name: self.random.choice((0, 0, 1, 3)) for name in ("against", "abstain", "invalid")}
        cast, grounds = sum(votes.values()), ["长期卧床"] * self.random.choice((0, 0, 1, 2))
        issued = cast + self.random.choice((0, 0, 1))
        return votes | {
            "present": issued + self.random.choice((0, 0, 1)), "ballots_issued": issued, "ballots_returned": cast,
            "written_for": self.random.choice((0, 0, 1)), "excluded": len(grounds), "excluded_grounds": grounds,
        }  # fmt: skip


def story_of(life: Life) -> dict[str, Any]:
    """The life as a story that anybody can play again."""
    story = life.rehearsal.story
    return {
        "procedure": life.procedure.id, "settings": dict(story.settings),
        "units": {unit.id: {"level": unit.level, "parent": unit.parent, "name": unit.name}
                  for unit in story.units.values() if unit.id not in TREE},
        "people": {name: {"role": actor.role} | ({"unit": actor.unit} if actor.unit else {})
                   for name, actor in life.people.items()},
        "facts": {"entries": [told(entry, REGISTERS) for entry in story.entries]},
        "steps": [written(step) for step in life.steps],
    }  # fmt: skip


def written(step: Step) -> dict[str, Any]:
    more = {"via": step.via, "dated": step.dated}
    done = {"at": step.at.isoformat(), "by": step.by, "do": step.do, "with": dict(step.form), "case": step.case}
    done |= {"procedure": step.procedure} if step.procedure else {}
    return done | {name: value for name, value in more.items() if value}


def acts_done(life: Life) -> set[str]:
    """Ids of the acts that happened in it, those of the clock and by themselves included."""
    done = {step["do"] for step in life.rehearsal.answers if step["outcome"] == "done"}
    return done & set(life.procedure.acts)


def in_force_from(procedure: type[Procedure]) -> datetime:
    """The first day from `START` on, or the first at all, on which somebody may open a case."""
    openers = [act for act in procedure.all_acts() if act.by and act.source and new in act.arrow.sources]
    lasting = [act.source.since for act in openers if act.source and act.source.until > START.date()]
    return max(START, at(min(lasting, default=START.date()), START.hour))
