"""Shrunken rates against planted truth, and at the ends."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vft.targets.shrinkage import shrunken_rates


def test_units_that_differ_by_chance_alone_share_one_rate():
    weights = np.full(40, 2.5)
    counts = np.random.default_rng(1).poisson(12, 40).astype(float)
    counts[:] = np.round(12 + (counts - 12) * 0.3)  # less than chance
    assert shrunken_rates(counts, weights) == pytest.approx(counts.sum() / 100, rel=1e-3)


def test_the_common_rate_is_found_also_where_few_users_make_the_likelihood_flat():
    weights = np.array([3.452, 6.896, 17.241, 27.586, 17.241, 3.448, 10.344, 6.896, 6.896])
    counts = np.array([0.0, 1, 0, 0, 1, 0, 0, 1, 0])
    assert shrunken_rates(counts, weights) == pytest.approx(3 / 100, rel=1e-5)


UNITS = st.tuples(st.integers(0, 60), st.floats(0.1, 30))


@settings(deadline=None)  # the first one loads SciPy
@given(st.lists(UNITS, min_size=2, max_size=15))
def test_all_are_drawn_towards_one_rate_and_none_past_it(units):
    counts, weights = (np.array(each, dtype=float) for each in zip(*units, strict=True))
    own, shrunken = counts / weights, shrunken_rates(counts, weights)
    raised, lowered = shrunken[shrunken > own], shrunken[shrunken < own]
    assert raised.max(initial=0) <= lowered.min(initial=np.inf) * (1 + 1e-6)


def test_large_units_keep_their_own_rate():
    counts, weights = np.array([1e6, 2e6, 4e6]), np.array([30.0, 30.0, 40.0])
    assert shrunken_rates(counts, weights) == pytest.approx(counts / weights, rel=1e-3)


def test_nobody_anywhere_is_a_rate_of_zero():
    assert shrunken_rates(np.zeros(3), np.array([20.0, 30.0, 50.0])).tolist() == [0, 0, 0]


def test_shrunken_rates_are_nearer_the_planted_ones_than_those_observed():
    rng = np.random.default_rng(20240101)
    weights = rng.uniform(0.5, 8, 400)
    planted = rng.gamma(4, 0.5, 400)
    counts = rng.poisson(planted * weights).astype(float)
    error = np.mean((shrunken_rates(counts, weights) - planted) ** 2)
    assert error < 0.85 * np.mean((counts / weights - planted) ** 2)
