"""A mean and its interval from what each person adds."""

import numpy as np
import pytest
from scipy import stats

from vft.effects.interval import change, estimate


def test_with_one_difference_each_it_is_the_t_interval_of_a_mean():
    differences = np.array([-80.0, -120.0, -95.0, -60.0, -130.0])

    found = estimate(differences, np.ones(5))

    plain = stats.ttest_1samp(differences, 0).confidence_interval(0.95)
    assert found.value == pytest.approx(differences.mean())
    assert found.interval == pytest.approx((plain.low, plain.high))


def test_the_same_persons_seen_twice_make_nothing_surer():
    once = estimate(np.array([1.0, 2.0, 4.0]), np.array([1, 1, 1]))
    twice = estimate(np.array([2.0, 4.0, 8.0]), np.array([2, 2, 2]))

    assert twice.value == once.value
    assert twice.error == pytest.approx(once.error)


def test_a_control_who_serves_many_makes_it_less_sure():
    shared = estimate(np.array([10.0, 12.0, -20.0]), np.array([1, 1, 0]))
    apart = estimate(np.array([10.0, 12.0, -10.0, -10.0]), np.array([1, 1, 0, 0]))

    assert shared.value == apart.value
    assert shared.error > apart.error


@pytest.mark.parametrize("count", [[0, 0], [1, 0]])
def test_fewer_than_two_persons_say_nothing_of_the_spread(count):
    assert estimate(np.array([3.0, 4.0]), np.array(count)) is None


def test_change_is_each_persons_own():
    """Who is high early is high late: the change is surer than the two means apart."""
    earlier, later = np.array([10.0, 20.0, 60.0, 30.0]), np.array([14.0, 22.0, 67.0, 33.0])

    found = change((earlier, np.ones(4)), (later, np.ones(4)))

    plain = stats.ttest_1samp(later - earlier, 0).confidence_interval(0.95)
    assert found.value == pytest.approx(4.0)
    assert found.interval == pytest.approx((plain.low, plain.high))


def test_change_rests_on_the_fewer():
    earlier = (np.array([10.0, 20.0, 60.0, 30.0]), np.array([1, 1, 1, 1]))
    later = (np.array([14.0, 22.0, 0.0, 0.0]), np.array([1, 1, 0, 0]))

    assert change(earlier, later).n == 2
    assert change(earlier, (np.zeros(4), np.zeros(4))) is None
