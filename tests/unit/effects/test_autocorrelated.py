"""Regression with AR(1) errors against generalised least squares by statsmodels."""

import numpy as np
import pytest
import statsmodels.api as sm

from vft.effects import autocorrelated
from vft.effects.autocorrelated import regress

MONTHS = np.array([0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 12, 13])  # 4 and 8 are not known
X = np.column_stack([np.ones(12), MONTHS])
Y = np.array([3.0, 3.4, 4.1, 3.9, 5.2, 6.1, 6.0, 6.2, 7.4, 7.9, 7.1, 8.3])
SLOPE = np.array([[0.0, 1.0]])


@pytest.mark.parametrize("known", [-0.4, 0.0, 0.6])
def test_with_one_autocorrelation_it_is_generalised_least_squares_with_gaps(monkeypatch, known):
    monkeypatch.setattr(autocorrelated, "AUTOCORRELATIONS", np.array([known]))
    alike = known ** np.abs(MONTHS[:, None] - MONTHS[None, :]).astype(float)
    theirs = sm.GLS(Y, X, sigma=alike).fit()

    (found,) = regress(Y, X, MONTHS, wanted=SLOPE)

    assert found.value == pytest.approx(theirs.params[1])
    assert found.error == pytest.approx(theirs.bse[1])
    assert found.interval == pytest.approx(tuple(theirs.conf_int()[1]))


def test_what_is_not_known_of_the_autocorrelation_widens_the_interval(monkeypatch):
    (found,) = regress(Y, X, MONTHS, wanted=SLOPE)
    each = []
    for one in autocorrelated.AUTOCORRELATIONS:
        monkeypatch.setattr(autocorrelated, "AUTOCORRELATIONS", np.array([one]))
        each += regress(Y, X, MONTHS, wanted=SLOPE)

    assert min(e.value for e in each) < found.value < max(e.value for e in each)
    assert min(e.error for e in each) < found.error < max(e.error for e in each)


def test_several_combinations_are_each_their_own():
    level, slope, after = regress(
        Y, X, MONTHS, wanted=np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 6.0]])
    )

    assert after.value == pytest.approx(level.value + 6 * slope.value)


@pytest.mark.parametrize(
    "x",
    [np.column_stack([np.ones(12), np.full(12, 2.0)]), np.eye(12)[:, :10]],
    ids=["the same twice", "too few months"],
)
def test_what_cannot_be_told_apart_has_no_figure(x):
    assert regress(Y, x, MONTHS, wanted=np.eye(x.shape[1])[:1]) is None


def test_a_series_without_noise_is_found_exactly():
    (found,) = regress(3 + 0.5 * MONTHS, X, MONTHS, wanted=SLOPE)

    assert found.value == pytest.approx(0.5)
    assert found.error == pytest.approx(0, abs=1e-9)
