"""The structural model's intervals follow the level: many users vary more than few."""

import numpy as np
import pytest

from vft.targets.structural import _levels, projected

MONTHS = 48


def growing(seed):
    """Counts about a level that grows from 2 to 200, and the month after."""
    chance = np.random.default_rng(seed)
    level = np.linspace(2, 200, MONTHS)
    values = chance.poisson(level).astype(float)
    return values[:-1], values[-1]


def test_a_count_that_has_grown_is_as_uncertain_as_its_level_now():
    covered = []
    for seed in range(60):
        values, came = growing(seed)
        _, band = projected(values, (), steps=1, coverage=0.8)
        covered.append(band[0, 1] <= came <= band[0, 2])
    # 80 of 100, and two standard errors of 60 tries to either side
    assert 0.69 <= np.mean(covered) <= 0.91


@pytest.mark.parametrize(
    ("values", "of_the_first", "of_the_last"),
    [
        # a fourfold level varies four times as much; the months ahead as the last
        ([10.0] * 20 + [40.0] * 20, 10, 40),
        # under one user varies as one
        ([0.0] * 20 + [4.0] * 20, 1, 4),
        ([7.0] * 30, 7, 7),
        # no count of anybody: all alike
        ([-5.0] * 20 + [45.0] * 20, 25, 25),
    ],
)
def test_levels_are_those_of_the_year_around(values, of_the_first, of_the_last):
    found = _levels(np.array(values), steps=3)
    assert found.size == len(values) + 3
    assert found[[0, -1]] == pytest.approx([of_the_first, of_the_last])
    assert found[-4:] == pytest.approx(found[-1])


def test_months_that_are_missing_are_not_none():
    values = np.array([20.0] * 30)
    values[[3, 4, 17]] = np.nan
    assert _levels(values, steps=2) == pytest.approx(20)


def test_a_year_without_a_month_has_the_usual_level():
    values = np.array([20.0] * 12 + [np.nan] * 18 + [20.0] * 12)
    assert _levels(values, steps=1) == pytest.approx(20)


def test_a_series_shorter_than_a_year_has_a_level_for_each_month():
    assert _levels(np.arange(8.0), steps=2).size == 10
