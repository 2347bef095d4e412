"""A spread of draws."""

import numpy as np

from vft.simulation.spread import spread


def test_it_is_the_mean_and_percentiles_of_the_draws():
    found = spread(np.arange(101.0) ** 2)
    assert (found.p10, found.p50, found.p90) == (100, 2500, 8100)
    assert found.mean == np.mean(np.arange(101.0) ** 2)


def test_none_stays_none():
    assert spread(None) is None
