"""Quorum and majority, in integers: half of sixteen is never a question of rounding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workflow.sentences import Sentence


@dataclass(frozen=True)
class Share:
    """A share of those entitled to vote, itself not enough where it has to be passed."""

    part: int
    whole: int
    passed: bool

    def of(self, entitled: int) -> int:
        """The smallest number that reaches it."""
        exact, rest = divmod(self.part * entitled, self.whole)
        return exact + bool(rest or self.passed)


def more_than(part: int, whole: int) -> Share:
    return Share(part, whole, passed=True)


def at_least(part: int, whole: int) -> Share:
    return Share(part, whole, passed=False)


MORE_THAN_HALF = more_than(1, 2)


@dataclass(frozen=True)
class Ballot:
    """The totals of one secret ballot about one person; who voted how is written nowhere.

    `excluded` are members who need not attend, each with a ground; `written_…` opinions were handed in before the
    meeting. Every roll is that of the meeting's day.
    """

    excluded: int = 0
    excluded_grounds: tuple[str, ...] = ()
    present: int = 0
    ballots_issued: int = 0
    ballots_returned: int = 0
    for_: int = 0
    against: int = 0
    abstain: int = 0
    invalid: int = 0
    written_for: int = 0
    written_against: int = 0
    written_abstain: int = 0
    proxies: int = 0
    open_voting: bool = False
    persons: int = 1

    def __bool__(self) -> bool:
        return self != UNHELD

    @property
    def cast(self) -> int:
        return self.for_ + self.against + self.abstain + self.invalid

    @property
    def written(self) -> int:
        return self.written_for + self.written_against + self.written_abstain

    def due(self, roll: int) -> int:
        """How many are due to attend; where more are excluded than there are, nobody."""
        return max(roll - self.excluded, 0)

    def needed(self, roll: int, quorum: Share = MORE_THAN_HALF) -> int:
        return quorum.of(self.due(roll))

    def is_quorate(self, roll: int, quorum: Share = MORE_THAN_HALF) -> bool:
        """Whether enough are present in person: a written opinion is a vote and nobody's presence."""
        return self.present >= self.needed(roll, quorum)

    def is_carried(
        self, roll: int, written_opinions_count: bool = True, *,
        quorum: Share = MORE_THAN_HALF, majority: Share = MORE_THAN_HALF,
    ) -> bool:  # fmt: skip
        """Whether enough of those due to attend, not of those present, are in favour at a valid meeting."""
        in_favour = self.for_ + (self.written_for if written_opinions_count else 0)
        return self.is_quorate(roll, quorum) and in_favour >= majority.of(self.due(roll))

    def faults(self) -> Iterator[tuple[str, Sentence]]:
        """What cannot be whoever is on the roll: the line that is wrong, and the sentence."""
        yield from self.unlawful()
        for name, number in vars(self).items():
            if name != "excluded_grounds" and number < 0:
                yield name.removesuffix("_"), Sentence("人数和票数不得为负数。")
        if self.ballots_issued > self.present:
            told = Sentence("发出{issued}票，多于到会的{present}人。", issued=self.ballots_issued, present=self.present)
            yield "ballots_issued", told
        yield from self.miscounted()
        if self.excluded != (actual := len(self.excluded_grounds)):
            told = Sentence(
                "不计入应到会人数的，须逐人写明理由：{excluded}人，现有{actual}项。",
                excluded=self.excluded,
                actual=actual,
            )
            yield "excluded_grounds", told

    def unlawful(self) -> Iterator[tuple[str, Sentence]]:
        if self.proxies:
            yield "proxies", Sentence("不得委托他人代为投票。")
        if self.open_voting:
            yield "open_voting", Sentence("表决须采取无记名投票方式。")
        if self.persons != 1:
            yield "persons", Sentence("须逐人表决，一次投票只能表决一人。")

    def miscounted(self) -> Iterator[tuple[str, Sentence]]:
        issued, returned = self.ballots_issued, self.ballots_returned
        if returned > issued:
            yield (
                "ballots_returned",
                Sentence("收回{returned}票，多于发出的{issued}票。", returned=returned, issued=issued),
            )
        if self.cast != returned:
            sentence = "赞成、反对、弃权和无效共{cast}票，与收回的{returned}票不符。"
            yield "for", Sentence(sentence, cast=self.cast, returned=returned)

    def faults_against(self, roll: int) -> tuple[Sentence, ...]:
        """What cannot be with so many members on the roll."""
        found, due, votes = [], self.due(roll), self.present + self.written
        if self.excluded > roll:
            sentence = "不计入应到会人数的{excluded}人，多于名册上的{roll}人。"
            found.append(Sentence(sentence, excluded=self.excluded, roll=roll))
        if votes > due:
            found.append(Sentence("到会和提交书面意见的共{votes}人，多于应到会的{due}人。", votes=votes, due=due))
        return tuple(found)


UNHELD = Ballot()
