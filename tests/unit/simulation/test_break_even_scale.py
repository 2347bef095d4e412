"""Break-even scale of draws."""

import numpy as np
import pytest

from vft.simulation.scale import break_even


def test_draws_that_never_pay_are_beyond_every_scale():
    variable = np.array([-1.0, 0.0, 2, 4, 5, 8, 10, 20, 40, 100])
    found = break_even(
        variable=variable, fixed=np.full(10, 40.0), at_means=(20, 40), users_at_means=30
    )
    assert found.share_never == pytest.approx(0.2)
    # scales from the least: 0,4 1 2 4 5 8 10 20 ∞ ∞
    assert (found.p10, found.p50, found.p90) == (0.4, 5.0, None)
    assert (found.scale_at_means, found.users_at_means) == (2, 60)


def test_never_with_the_keys_as_expected():
    found = break_even(
        variable=np.array([-1.0]), fixed=np.array([5.0]), at_means=(-1, 5), users_at_means=30
    )
    assert (found.scale_at_means, found.users_at_means, found.share_never) == (None, None, 1)
