"""Rank correlation: what is asked for is achieved, and no value is changed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from vft.errors import VftError
from vft.simulation.rank_correlation import reordered, spearman_matrix

DRAWS = 4000


def columns(seed, count=3):
    chance = np.random.default_rng(seed)
    skewed = [chance.lognormal(size=DRAWS), chance.beta(1, 5, DRAWS), chance.normal(size=DRAWS)]
    return np.column_stack(skewed[:count])


@settings(max_examples=40, deadline=None)
@given(st.floats(-1, 1), st.integers(0, 1000))
def test_the_correlation_is_achieved_and_values_are_unchanged(wanted, seed):
    values = columns(seed, 2)
    matrix = spearman_matrix(["a", "b"], {("a", "b"): wanted})
    ordered = reordered(values, matrix, chance=np.random.default_rng(seed))
    assert spearmanr(ordered[:, 0], ordered[:, 1]).statistic == pytest.approx(wanted, abs=0.03)
    np.testing.assert_array_equal(np.sort(ordered, axis=0), np.sort(values, axis=0))


def test_three_keys_at_once():
    pairs = {("a", "b"): 0.7, ("b", "c"): -0.5, ("a", "c"): -0.2}
    matrix = spearman_matrix(["a", "b", "c"], pairs)
    ordered = reordered(columns(5), matrix, chance=np.random.default_rng(5))
    np.testing.assert_allclose(spearmanr(ordered).statistic, matrix, atol=0.03)


def test_correlations_that_contradict_each_other_are_refused():
    pairs = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9}
    with pytest.raises(VftError, match="motsier hverandre"):
        reordered(columns(1), spearman_matrix(["a", "b", "c"], pairs), chance=None)


@pytest.mark.parametrize("pair", [("a", "x"), ("a", "a")])
def test_a_pair_of_no_two_keys_is_refused(pair):
    with pytest.raises(VftError, match="kan ikke brukes"):
        spearman_matrix(["a", "b"], {pair: 0.5})
