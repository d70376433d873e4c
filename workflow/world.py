"""The world around a story's cases: its own registers, rosters and forms, and the cases themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflow.decision import Decision
from workflow.questions import (
    Asked,
    CardAsked,
    CasesAsked,
    CensusAsked,
    EntriesAsked,
    Entry,
    OnceAsked,
    PostsAsked,
    RosterAsked,
    Tally,
    TallyAsked,
    card_of,
    in_force,
)
from workflow.snapshot import CLOCK, Actor, CaseSnapshot
from workflow.words.naming import several
from workflow.words.procedure import Procedure


@dataclass
class World(Mapping[Asked, Any]):
    """Answers every question from what the story has told so far; `cases` are those of the rehearsal, by name.

    `posts` are those that its people hold; one without a unit is held wherever it is asked for.
    """

    cases: Mapping[str, CaseSnapshot]
    entries: list[Entry] = field(default_factory=list)
    tallies: dict[TallyAsked, Tally] = field(default_factory=dict)
    posts: Iterable[Actor] = ()
    of_the_clock: list[tuple[str, datetime, Entry]] = field(default_factory=list)

    def __getitem__(self, asked: Asked) -> Any:
        return ANSWERS[type(asked)](self, asked)

    def __iter__(self) -> Iterator[Asked]:
        raise TypeError("there is no end to what may be asked")

    def __len__(self) -> int:
        raise TypeError("there is no end to what may be asked")

    def enter(self, no: str, made: Decision) -> None:
        """What the act has entered; what the clock had entered and a timely act supersedes is no longer there."""
        before, by_clock = made.before, [(no, made.at, entry) for entry in made.entered if made.by == CLOCK]
        if made.supersedes and before.earlier_at:
            self.entries = [each for each in self.entries if not self.is_void(each, no, before.earlier_at)]
        self.entries += made.entered
        self.of_the_clock += by_clock

    def is_void(self, entry: Entry, no: str, since: datetime) -> bool:
        return any(entry is each and case == no and at >= since for case, at, each in self.of_the_clock)

    def hand_out(self, no: str, poll: str, count: int) -> None:
        asked = TallyAsked(no, poll)
        before = self[asked]
        self.tallies[asked] = Tally(before.asked + count, before.counts)

    def fill_in(self, no: str, poll: str, answers: Mapping[str, int]) -> None:
        """So many forms with each answer."""
        asked = TallyAsked(no, poll)
        before = self[asked]
        self.tallies[asked] = Tally(before.asked, Counter(before.counts) + Counter(answers))

    def of(self, register: str, about: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.register == register and entry.about == about]

    def card(self, asked: CardAsked) -> Entry | None:
        return card_of(self.of(asked.register, asked.about), asked.on)

    def roster(self, asked: RosterAsked) -> tuple[Entry, ...]:
        persons = dict.fromkeys(entry.about for entry in self.entries if entry.register == asked.register)
        cards = (card_of(self.of(asked.register, person), asked.on) for person in persons)
        return tuple(card for card in cards if card and card.values.get(asked.column) == asked.value)

    def lines(self, asked: EntriesAsked) -> tuple[Entry, ...]:
        return tuple(in_force(self.of(asked.register, asked.about), asked.on))

    def others(self, asked: CasesAsked) -> tuple[CaseSnapshot, ...]:
        others = (case for name, case in self.cases.items() if name != asked.no and case.procedure == asked.procedure)
        return tuple(case for case in others if agrees(case, asked))

    def census(self, asked: CensusAsked) -> Counter[str]:
        return Counter(case.state for case in self.others(CasesAsked(asked.procedure, asked.no, asked.by)))

    def tally(self, asked: TallyAsked) -> Tally:
        return self.tallies.get(asked, Tally())

    def posts_of(self, asked: PostsAsked) -> frozenset[str]:
        """A bare role of a story is held by somebody of that name."""
        held = [post for post in self.posts if post.person == asked.person] or [Actor(asked.person, asked.person)]
        return frozenset(post.role for post in held if post.unit in ("", asked.unit))

    def other_of_the_key(self, asked: OnceAsked) -> str:
        same = (
            case.id for case in self.cases.values()
            if case.procedure == asked.procedure and case.id != asked.no and key_of(case) == asked.key
        )  # fmt: skip
        return next(same, "")


def agrees(case: CaseSnapshot, asked: CasesAsked) -> bool:
    if asked.by:
        return bool(case.data.get(asked.by) == asked.no)
    return all(set(map(str, several(case.data.get(name)))) & set(values) for name, values in asked.marks)


def key_of(case: CaseSnapshot) -> tuple[str, ...]:
    """What no second case may share with it; nothing once it has ended, where only open cases count."""
    procedure = Procedure.by_version[case.procedure, case.definition]
    once = procedure.once
    if once is None or (once.while_open and procedure.states[case.state].final):
        return ()
    return once.key(lambda each: case.data.get(each.id, each.empty))


ANSWERS: Mapping[type, Any] = {
    CardAsked: World.card, RosterAsked: World.roster, EntriesAsked: World.lines, CasesAsked: World.others,
    CensusAsked: World.census, TallyAsked: World.tally, OnceAsked: World.other_of_the_key,
    PostsAsked: World.posts_of,
}  # fmt: skip
