"""A day nobody has filled in is neither early nor late."""

import copy
import operator
import pickle
from datetime import date, timedelta

import pytest

from workflow.fields import NO_DAY

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge, operator.eq])
def test_it_compares_false_with_every_day_from_both_sides(compare):
    assert not compare(NO_DAY, TODAY)
    assert not compare(TODAY, NO_DAY)


def test_it_is_false_and_equal_only_to_itself():
    assert not NO_DAY
    assert NO_DAY == NO_DAY
    assert NO_DAY != TODAY
    assert NO_DAY is not None
    assert len({NO_DAY, copy.copy(NO_DAY), copy.deepcopy(NO_DAY), pickle.loads(pickle.dumps(NO_DAY))}) == 1


@pytest.mark.parametrize(
    "count",
    [
        lambda: NO_DAY + timedelta(days=1),
        lambda: timedelta(days=1) + NO_DAY,
        lambda: NO_DAY - timedelta(days=1),
        lambda: NO_DAY - TODAY,
        lambda: TODAY - NO_DAY,
    ],
)
def test_nothing_is_counted_from_it(count):
    with pytest.raises(TypeError, match="日期尚未填写"):
        count()


def test_it_prints_as_nothing():
    assert f"{NO_DAY}" == str(NO_DAY) == ""
    assert repr(NO_DAY) == "NO_DAY"
