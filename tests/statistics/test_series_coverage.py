"""Breaks in district series with planted autocorrelation: the intervals hold the truth."""

import numpy as np
import pytest
from replications import FIRST_SEED, share
from scipy.signal import lfilter

from vft.effects.series import fit

_LEVEL, _SLOPE, _NOISE = -20.0, -0.5, 5.0
#: Months before and after the start: of the shortest that is not refused, and of five years.
LENGTHS = ((24, 12), (36, 24))


def _held(autocorrelation, before, after, draws):
    """Whether each draw's interval holds the planted mean after the start."""
    t = np.arange(before + after)
    planted = np.where(t >= before, _LEVEL + _SLOPE * (t - before), 0.0)
    truth = planted[before:].mean()
    rng = np.random.default_rng(FIRST_SEED)
    shocks = _NOISE * rng.standard_normal((draws, len(t)))
    shocks[:, 0] /= np.sqrt(1 - autocorrelation**2)
    noise = lfilter([1.0], [1.0, -autocorrelation], shocks)
    season = 8 * np.sin(2 * np.pi * t / 12)
    found = [fit(300 + 0.5 * t + season + planted + y, before)["effect"] for y in noise]
    return share([e.interval[0] <= truth <= e.interval[1] for e in found])


@pytest.mark.parametrize(
    ("autocorrelation", "least"), [(0.0, 0.93), (0.3, 0.93), (0.5, 0.93), (0.7, 0.93), (0.85, 0.88)]
)
@pytest.mark.parametrize(("before", "after"), LENGTHS)
def test_intervals_cover_also_where_months_resemble_those_before(
    autocorrelation, least, before, after
):
    """Beyond 0.7 three years are too few to tell likeness from trend: the page says so."""
    assert _held(autocorrelation, before, after, draws=500).reaches(least, 0.97)
