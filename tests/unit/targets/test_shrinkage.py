"""Shrunken rates against planted truth, and at the ends."""

import numpy as np
import pytest

from vft.targets.shrinkage import shrunken_rates


def test_units_that_differ_by_chance_alone_share_one_rate():
    weights = np.full(40, 2.5)
    counts = np.random.default_rng(1).poisson(12, 40).astype(float)
    counts[:] = np.round(12 + (counts - 12) * 0.3)  # less than chance
    assert shrunken_rates(counts, weights) == pytest.approx(counts.sum() / 100, rel=1e-3)


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
