"""Marks: rounded once and half up, whatever the order; places: as many as the whole part says, never by lot."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.scoring import allot, average, lowest, places, rounded, share, weighted

MARKS = st.decimals(0, 100, places=1)
WEIGHTS = {"a": Decimal("0.10"), "b": Decimal("0.20"), "c": Decimal("0.20"), "d": Decimal("0.20"), "e": Decimal("0.30")}
WORTH = {"satisfied": 100, "basic": 80, "unsatisfied": 30}
COUNTS = st.fixed_dictionaries({name: st.integers(0, 400) for name in (*WORTH, "unknown")})
GRADES = ("poor", "average", "fairly_good", "good")


@pytest.mark.parametrize(
    ("exact", "told"), [("89.995", "90.00"), ("89.994", "89.99"), ("0.005", "0.01"), ("100", "100.00"), ("0", "0.00")]
)
def test_half_goes_up(exact, told):
    assert str(rounded(Fraction(exact))) == told


@given(st.decimals(0, 100, places=6))
def test_rounding_is_that_of_exact_decimals(exact):
    assert rounded(Fraction(exact)) == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(st.integers(0, 10**6), st.integers(1, 400))
def test_rounding_never_moves_by_more_than_half_a_hundredth(number, parts):
    exact = Fraction(number, parts)
    assert -Fraction(1, 200) <= exact - Fraction(rounded(exact)) < Fraction(1, 200)


@given(st.lists(MARKS, min_size=5, max_size=5), st.permutations(list(WEIGHTS)))
def test_the_order_of_the_raters_does_not_matter(marks, order):
    given_ = dict(zip(WEIGHTS, marks, strict=True))
    assert weighted(given_, WEIGHTS) == weighted(given_, {name: WEIGHTS[name] for name in order})
    assert weighted(given_, WEIGHTS) == sum(Fraction(WEIGHTS[name]) * Fraction(given_[name]) for name in order)


@given(st.lists(MARKS, min_size=5, max_size=5), st.sampled_from(list(WEIGHTS)), MARKS)
def test_a_higher_mark_never_lowers_the_total(marks, who, more):
    given_ = dict(zip(WEIGHTS, marks, strict=True))
    raised = {**given_, who: max(given_[who], more)}
    assert weighted(raised, WEIGHTS) >= weighted(given_, WEIGHTS)


@given(COUNTS, COUNTS)
def test_an_average_knows_only_how_many_said_what(one, other):
    both = {name: one[name] + other[name] for name in one}
    found = average(both, WORTH)
    if found is None:
        assert sum(both[name] for name in WORTH) == 0
    else:
        assert 30 <= found <= 100
        assert found * sum(both[name] for name in WORTH) == sum(both[name] * WORTH[name] for name in WORTH)
        assert found == average({**both, "unknown": 0}, WORTH)


def test_a_share_of_nothing_is_nothing():
    assert (share(0, 0), share(1, 3)) == (None, Fraction(100, 3))


@given(st.sampled_from(GRADES), st.lists(st.sampled_from(GRADES)), st.sampled_from(GRADES))
def test_one_cap_more_never_raises_a_grade(grade, caps, cap):
    before = lowest(GRADES, grade, *caps)
    assert GRADES.index(lowest(GRADES, grade, *caps, cap)) <= GRADES.index(before)
    assert lowest(GRADES, grade, *caps, cap) == lowest(GRADES, cap, *reversed(caps), grade)


@pytest.mark.parametrize(
    ("percent", "of", "count"), [(30, 37, 11), (10, 37, 3), (30, 6, 1), (10, 6, 1), (30, 1, 1), (30, 10, 3), (30, 0, 1)]
)
def test_places_are_the_whole_part_and_at_least_one(percent, of, count):
    assert places(percent, of) == count


@given(st.integers(1, 30), st.integers(0, 2000))
def test_places_never_exceed_the_share_but_for_the_one(percent, of):
    found = places(percent, of)
    assert found == 1 or 100 * found <= percent * of < 100 * (found + 1)


@given(st.integers(0, 6), st.lists(st.integers(0, 8), max_size=12), st.randoms())
def test_the_highest_are_in_the_level_wait_for_a_vote_and_order_does_not_matter(free, ranks, random):
    mixed = random.sample(ranks, len(ranks))
    sure, level = allot(free, ranks, lambda each: each) if free else ([], [])
    if free:
        again, still = allot(free, mixed, lambda each: each)
        assert (sorted(sure), sorted(level)) == (sorted(again), sorted(still))
        assert len(sure) <= free
        assert len(sure) + len(level) > free or not level
        assert level or len(sure) == min(free, len(ranks))
        assert len(set(level)) <= 1
        out = sorted(ranks, reverse=True)[len(sure) + len(level) :]
        assert all(kept > other for kept in [*sure, *level] for other in out)


def test_twelve_above_ninety_and_eleven_places_are_parted_by_the_streets_mark():
    others = [(Decimal(91 + n), Decimal(90)) for n in range(10)]
    eleventh, twelfth = (Decimal("90.50"), Decimal("90.4")), (Decimal("90.50"), Decimal("90.0"))
    sure, level = allot(places(30, 37), [twelfth, *others, eleventh], lambda each: each)
    assert (len(sure), eleventh in sure, twelfth in sure, level) == (11, True, False, [])
