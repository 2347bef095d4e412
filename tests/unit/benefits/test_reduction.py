import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.benefits.reduction import reduction
from vft.errors import VftError

# before, after → share
REDUCTIONS = [(9, 4.5, 0.5), (4, 4, 0), (2, 3, -0.5), (5, 0, 1), (0, 3, None), (None, 3, None)]


@pytest.mark.parametrize(("before", "after", "share"), REDUCTIONS)
def test_a_reduction_is_a_share_of_what_was_before(before, after, share):
    assert reduction(before=before, after=after) == share


@given(st.floats(0.01, 1e6), st.floats(0, 1e6), st.floats(0.01, 100))
def test_the_unit_is_nothing(before, after, scale):
    assert reduction(before=before * scale, after=after * scale) == pytest.approx(
        reduction(before=before, after=after), rel=1e-9, abs=1e-9
    )


def test_a_count_below_0_is_refused():
    with pytest.raises(VftError, match="under 0"):
        reduction(before=-1, after=0)
