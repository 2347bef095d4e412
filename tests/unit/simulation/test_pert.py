"""PERT: where its mean, quantiles and draws lie."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from vft.errors import VftError
from vft.simulation.pert import Pert

ENDS = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("minimum", "mode", "maximum", "mean", "shape"),
    [
        (0, 3, 6, 3.0, (3.0, 3.0)),
        (0, 0, 6, 1.0, (1.0, 5.0)),
        (10, 40, 40, 35.0, (5.0, 1.0)),
        (7, 7, 7, 7.0, (1.0, 1.0)),
    ],
)
def test_its_mean_and_shape(minimum, mode, maximum, mean, shape):
    key = Pert(minimum=minimum, mode=mode, maximum=maximum)
    assert key.mean == pytest.approx(mean)
    assert key.shape == pytest.approx(shape)


def test_draws_follow_the_beta_distribution():
    key = Pert(minimum=40, mode=85, maximum=110)
    draws = key.draws(20_000, chance=np.random.default_rng(1))
    beta = stats.beta(*key.shape, loc=40, scale=70)
    assert stats.kstest(draws, beta.cdf).pvalue > 0.01
    assert draws.mean() == pytest.approx(key.mean, rel=0.005)
    assert key.quantile(0.9) == pytest.approx(beta.ppf(0.9))


@given(st.tuples(ENDS, ENDS, ENDS).map(sorted))
def test_nothing_is_outside_the_ends(three):
    key = Pert(minimum=three[0], mode=three[1], maximum=three[2])
    draws = key.draws(50, chance=np.random.default_rng(0))
    slack = 1e-9 * max(1.0, abs(three[0]), abs(three[2]))
    assert np.all((draws >= three[0] - slack) & (draws <= three[2] + slack))
    assert key.quantile(0.1) <= key.quantile(0.9)


def test_three_that_do_not_rise_are_refused():
    with pytest.raises(VftError, match="må stige"):
        Pert(minimum=2, mode=1, maximum=3)
