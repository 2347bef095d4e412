"""Draws: the same seed gives the same, and a key's draws are its own."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from vft.simulation.draws import at_means, drawn, one_at_a_time
from vft.simulation.pert import Pert

KEYS = {"a": Pert(minimum=0, mode=1, maximum=5), "b": Pert(minimum=10, mode=12, maximum=20)}


def test_the_same_seed_gives_the_same_and_another_does_not():
    first, again = drawn(KEYS, count=100, seed=1), drawn(KEYS, count=100, seed=1)
    np.testing.assert_array_equal(first["a"], again["a"])
    assert not np.array_equal(first["a"], drawn(KEYS, count=100, seed=2)["a"])


def test_a_key_is_drawn_the_same_whatever_stands_beside_it():
    alone = drawn({"b": KEYS["b"]}, count=100, seed=1)
    np.testing.assert_array_equal(alone["b"], drawn(KEYS, count=100, seed=1)["b"])


def test_correlation_changes_the_order_alone():
    free = drawn(KEYS, count=20_000, seed=1)
    tied = drawn(KEYS, count=20_000, seed=1, correlations={("b", "a"): -0.6})
    for name in KEYS:
        np.testing.assert_array_equal(np.sort(free[name]), np.sort(tied[name]))
    assert spearmanr(tied["a"], tied["b"]).statistic == pytest.approx(-0.6, abs=0.01)
    assert spearmanr(free["a"], free["b"]).statistic == pytest.approx(0, abs=0.03)


def test_one_at_a_time_moves_one_key_in_each_row():
    rows = one_at_a_time(KEYS, shares=(0.1, 0.9))
    middle = {name: key.quantile(0.5) for name, key in KEYS.items()}
    moved = [[name for name in KEYS if rows[name][row] != middle[name]] for row in range(5)]
    assert moved == [[], ["a"], ["a"], ["b"], ["b"]]
    assert rows["b"][4] == KEYS["b"].quantile(0.9)


def test_the_means_are_one_row():
    assert {name: one.tolist() for name, one in at_means(KEYS).items()} == {
        "a": [1.5],
        "b": [13.0],
    }
