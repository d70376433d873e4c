"""Many lives together: each goes on from where others came, and what none of them ever did is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from workflow.guided import Guided, fork
from workflow.proving.others import opened_by_bodies, opened_by_rungs
from workflow.snapshot import Facts, Unit
from workflow.words.procedure import Procedure
from workflow.words.what import Setting

SIBLINGS = {
    "community_2": Unit("community_2", "梧桐里社区", "community", "street"),
    "branch_2": Unit("branch_2", "桂花巷社区第二党支部", "branch", "community"),
}  # so that there is somewhere to move to
LENGTH = 40  # steps of a life
ONWARD = 0.8  # how often a life goes on from where another came
FAR, LAST = 0.6, 8  # how often that is one of the last so many that came upon something new
FEW = 4  # of how many it takes the one that was gone on from least
VARIED = 0.3  # how often a setting differs from its default
AROUND = 5  # how far where it says no bound
OFTEN = 3  # up to so many times in one case, an act once more is something new


def unreached(
    procedure: type[Procedure],
    facts: Facts,
    count: int,
    seed: int = 0,
    house: Mapping[str, type[Procedure]] | None = None,
) -> set[str]:
    """Acts that none of so many lives ever did, `house` being the procedures it may live among."""
    exploring = Exploring(procedure, company(procedure, house or {}), facts)
    for number in range(count):
        exploring.live(Random(f"{seed}:{number}"))
    return {act for act in procedure.acts if not exploring.done[f"{procedure.id}.{act}"]}


def company(procedure: type[Procedure], house: Mapping[str, type[Procedure]]) -> tuple[type[Procedure], ...]:
    """Those whose cases it opens, those that open its cases, and so on from these."""
    found = [procedure]
    for each in found:
        own = opened_by(each)
        near = (other for name, other in house.items() if name in own or each.id in opened_by(other))
        found += [other for other in near if other not in found]
    return tuple(found[1:])


def opened_by(procedure: type[Procedure]) -> set[str]:
    openers = (*opened_by_bodies(procedure), *opened_by_rungs(procedure))
    return {opener.partition(".")[0] for _, opener, _ in openers}


@dataclass
class Exploring:
    """What has been done and chosen between them, and the lives as they stood when they came upon something new."""

    procedure: type[Procedure]
    others: tuple[type[Procedure], ...]
    facts: Facts
    done: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    reached: list[Guided] = field(default_factory=list)
    used: Counter[int] = field(default_factory=Counter)

    def live(self, random: Random) -> None:
        life = self.begun(random)
        for _ in range(LENGTH):
            known = len(life.rehearsal.answers)
            life.live(1)
            if self.noted(life, known):
                self.reached.append(fork(life, Random(random.random())))

    def begun(self, random: Random) -> Guided:
        if self.reached and random.random() < ONWARD:
            return fork(self.reached[self.chosen(random)], random)
        units = {**self.facts.units, **SIBLINGS}
        facts = replace(self.facts, units=units, settings=dict(varied(self.procedure, random)))
        return Guided(self.procedure, random, facts, tried=self.tried, others=self.others, done=self.done)

    def chosen(self, random: Random) -> int:
        """Mostly among the last, and of a few of those the one gone on from least."""
        places = range(len(self.reached))[-LAST if random.random() < FAR else 0 :]
        place = min(random.sample(places, min(FEW, len(places))), key=lambda each: (self.used[each], -each))
        self.used[place] += 1
        return place

    def noted(self, life: Guided, known: int) -> bool:
        """Counts what the life has done since; whether anything of it is new."""
        marks = [mark for step in life.rehearsal.answers[known:] for mark in marks_of(life, step)]
        is_new = any(not self.done[mark] for mark in marks)
        self.done.update(marks)
        return is_new


def marks_of(life: Guided, step: Mapping[str, Any]) -> Iterator[str]:
    """The act, once it is done; and the act with how often it was done in that case, or is half signed."""
    case = life.rehearsal.cases.get(step["case"])
    if case and step["outcome"] in ("done", "signed") and step["do"] in life.procedures[case.procedure].acts:
        last, key = case.done.get(step["do"]), f"{case.procedure}.{step['do']}"
        yield f"{key} {step['outcome']} {min(last.times if last else 0, OFTEN)}"
        yield from [key] if step["outcome"] == "done" else []


def varied(procedure: type[Procedure], random: Random) -> Iterator[tuple[str, Any]]:
    """Settings of an office that decides otherwise, within its bounds."""
    for setting in procedure.settings.values():
        value = otherwise(setting, random)
        if random.random() < VARIED and setting.allows(value):
            yield setting.id, value


def otherwise(setting: Setting, random: Random) -> Any:
    if isinstance(setting.default, bool):
        return not setting.default
    if isinstance(setting.default, int):
        least = setting.default - AROUND if setting.at_least is None else setting.at_least
        most = setting.default + AROUND if setting.at_most is None else setting.at_most
        return random.randint(max(least, 1), max(most, 1))
    return random.choice(setting.one_of or (setting.default,))
