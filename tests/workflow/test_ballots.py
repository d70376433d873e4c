"""Quorum and majority are questions of whole numbers, and no vote against ever helps."""

from dataclasses import fields, replace
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workflow.ballots import Ballot, at_least, more_than
from workflow.fields import ballot as field_of_ballot

FIELD = field_of_ballot("表决")
few = st.integers(0, 12)


@st.composite
def held(draw):
    """A ballot whose totals agree with one another, and a roll that it fits."""
    counts = {name: draw(few) for name in ("for_", "against", "abstain", "invalid", "written_for", "written_against")}
    cast = sum(counts[name] for name in ("for_", "against", "abstain", "invalid"))
    issued = cast + draw(st.integers(0, 2))
    excluded = draw(st.integers(0, 3))
    vote = Ballot(
        present=issued + draw(st.integers(0, 2)), ballots_issued=issued, ballots_returned=cast, excluded=excluded,
        excluded_grounds=("长期卧床",) * excluded, **counts,
    )  # fmt: skip
    return vote, vote.present + vote.written + excluded + draw(st.integers(0, 40))


def cast(**votes):
    count = sum(votes.values())
    return Ballot(present=count, ballots_issued=count, ballots_returned=count, **votes)


@pytest.mark.parametrize(("roll", "needed"), [(16, 9), (15, 8), (3, 2), (2, 2), (1, 1)])
def test_a_meeting_needs_more_than_half_of_those_due(roll, needed):
    assert Ballot().needed(roll) == needed
    assert cast(for_=needed).is_quorate(roll)
    assert not cast(for_=needed - 1).is_quorate(roll)


def test_whoever_is_excluded_is_not_due():
    vote = replace(cast(for_=8), excluded=1, excluded_grounds=("出国半年以上",))
    assert (vote.due(16), vote.needed(16), vote.is_carried(16)) == (15, 8, True)


def test_a_written_opinion_counts_as_a_vote_and_as_nobodys_presence():
    assert not replace(cast(for_=8), written_for=4).is_carried(16)
    assert not replace(cast(for_=7, against=2), written_for=1).is_carried(16)
    assert replace(cast(for_=7, against=2), written_for=2).is_carried(16)
    assert not replace(cast(for_=7, against=2), written_for=2).is_carried(16, written_opinions_count=False)


def test_another_majority_is_named_where_it_is_asked_for():
    assert cast(for_=10, against=2).is_carried(15, majority=at_least(2, 3))
    assert not cast(for_=9, against=3).is_carried(15, majority=at_least(2, 3))
    assert not cast(for_=10, against=2).is_carried(15, majority=more_than(2, 3))
    assert not cast(for_=10, against=2).is_carried(15, quorum=more_than(4, 5))


@given(st.integers(1, 200), st.integers(1, 20), st.integers(1, 20))
def test_a_share_is_the_least_that_reaches_it(entitled, part, whole):
    most = more_than(part, whole).of(entitled)
    assert most * whole > part * entitled >= (most - 1) * whole
    least = at_least(part, whole).of(entitled)
    assert least * whole >= part * entitled > (least - 1) * whole


@given(st.integers(1, 100), st.integers(0, 200))
def test_exactly_half_never_carries(half, present):
    assert not Ballot(for_=half, present=present, ballots_issued=half, ballots_returned=half).is_carried(2 * half)


@given(held())
def test_what_is_carried_was_quorate_and_has_more_than_half_of_those_due(told):
    vote, roll = told
    if vote.is_carried(roll):
        assert vote.is_quorate(roll)
        assert 2 * (vote.for_ + vote.written_for) > vote.due(roll)


@given(held(), st.sampled_from(["abstain", "invalid", "for_"]))
def test_a_voter_who_turns_against_never_carries_it(told, name):
    vote, roll = told
    assume(getattr(vote, name))
    turned = replace(vote, against=vote.against + 1, **{name: getattr(vote, name) - 1})
    assert turned.is_carried(roll) <= vote.is_carried(roll)


@given(held(), st.booleans())
def test_one_more_vote_against_carries_nothing_unless_it_makes_the_quorum(told, opinions):
    """Written opinions may have the majority while too few are present: then whoever comes makes the meeting valid."""
    vote, roll = told
    more = replace(
        vote, against=vote.against + 1, present=vote.present + 1, ballots_issued=vote.ballots_issued + 1,
        ballots_returned=vote.ballots_returned + 1,
    )  # fmt: skip
    assume(vote.is_quorate(roll) or not opinions)
    assert more.is_carried(roll, opinions) <= vote.is_carried(roll, opinions)


@given(held(), st.randoms(use_true_random=False))
def test_the_order_in_which_totals_are_told_says_nothing(told, random: Random):
    vote, _ = told
    lines = list(FIELD.to_json(vote).items())
    random.shuffle(lines)
    assert FIELD.check.deserialize(dict(lines)) == vote


@given(held())
def test_totals_that_agree_have_no_fault(told):
    vote, roll = told
    assert list(vote.faults()) == []
    assert vote.faults_against(roll) == ()


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"proxies": 1}, "proxies"),
        ({"open_voting": True}, "open_voting"),
        ({"persons": 2}, "persons"),
        ({"written_for": -1}, "written_for"),
        ({"ballots_issued": 13}, "ballots_issued"),
        ({"ballots_issued": 11}, "ballots_returned"),
        ({"for_": 11}, "for"),
        ({"excluded": 1}, "excluded_grounds"),
        ({"excluded_grounds": ("卧床",)}, "excluded_grounds"),
    ],
)
def test_each_fault_names_its_line(changed, line):
    vote = replace(cast(for_=10, against=1, abstain=1), **changed)
    assert line in [name for name, _ in vote.faults()]


def test_faults_about_the_roll_are_told_with_the_roll():
    vote = replace(cast(for_=10), written_for=3)
    assert vote.faults_against(13) == ()
    assert vote.faults_against(12) == ("到会和提交书面意见的共13人，多于应到会的12人。",)
    crowd = replace(vote, excluded=14, excluded_grounds=("卧床",) * 14)
    assert crowd.faults_against(13)[0] == "不计入应到会人数的14人，多于名册上的13人。"


def test_the_form_asks_for_every_total():
    names = {each.name.removesuffix("_") for each in fields(Ballot)}
    assert names == {part.id for part in FIELD.parts}
