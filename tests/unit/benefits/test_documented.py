import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.benefits.documented import added, added_known, less, ratio, times

known = st.floats(-1e9, 1e9)
perhaps = st.none() | known

TIMES = [
    (2, 3, 6),
    (0, None, 0),
    (None, 0, 0),
    (None, None, None),
    (2, None, None),
    (None, 2, None),
]


@pytest.mark.parametrize(("first", "second", "product"), TIMES)
def test_nothing_of_something_is_nothing_whatever_it_costs(first, second, product):
    assert times(first, second) == product


@given(perhaps, perhaps)
def test_a_difference_is_documented_when_both_are(first, second):
    found = less(first, second)
    assert found == (None if first is None or second is None else first - second)


def test_a_share_of_nothing_is_not_documented():
    assert [ratio(1, 2), ratio(1, 0), ratio(None, 2), ratio(1, None)] == [0.5, None, None, None]


@given(st.lists(perhaps))
def test_a_sum_lacks_what_one_part_lacks(parts):
    assert (added(parts) is None) == (None in parts)


@given(st.lists(known), st.randoms(use_true_random=False))
def test_order_is_nothing(parts, chance):
    shuffled = list(parts)
    chance.shuffle(shuffled)
    assert added(parts) == added(shuffled)


def test_what_is_known_is_added_and_none_of_some_is_none():
    assert [added_known([1, None, 2]), added_known([None]), added_known([])] == [3, None, 0]
