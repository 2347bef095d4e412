"""Net present value: by hand, and linear in its flows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vft.errors import VftError
from vft.simulation.present_value import present_value

FLOWS = arrays(float, (3, 4), elements=st.floats(-1e6, 1e6))


@pytest.mark.parametrize(
    ("flows", "rate", "value"),
    [
        ([-100, 52, 54.08], 0.04, 0.0),  # -100 + 52/1,04 + 54,08/1,0816
        ([100], 0.04, 100.0),
        ([0, 0, 0, 112.4864], 0.04, 100.0),
        ([1, 1, 1, 1], 0.0, 4.0),
    ],
)
def test_by_hand(flows, rate, value):
    assert present_value(flows, rate=rate) == pytest.approx(value)


@given(FLOWS, FLOWS, st.floats(-10, 10), st.floats(-0.5, 0.5))
def test_it_is_linear(first, second, times, rate):
    together = present_value(times * first + second, rate=rate)
    apart = times * present_value(first, rate=rate) + present_value(second, rate=rate)
    np.testing.assert_allclose(together, apart, atol=1e-3)


def test_a_rate_of_minus_one_is_refused():
    with pytest.raises(VftError, match="over −1"):
        present_value([1, 1], rate=-1)
