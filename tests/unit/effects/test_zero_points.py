"""The same change from several zero points, by hand."""

import pytest
from small_panels import small

from vft.effects.controlled import design
from vft.effects.zero_points import ZERO_POINTS, zero_points


def _found(before):
    """Adopters with these ten periods before, then 70; controls the same before, then as in −1."""
    lines = {f"a{n}": (before + [70] * 10, 10) for n in range(3)}
    lines |= {f"k{n}": (before + [before[-1]] * 10, None) for n in range(3)}
    return zero_points(design(small(lines)))


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        # mean of the period before, of three, of five, and of those nine to six before
        ([160, 150, 150, 150, 150, 130, 130, 120, 110, 100], (100, 110, 118, 150)),
        ([None, 150, None, None, 170, 130, None, 120, None, 100], (100, 110, 350 / 3, 160)),
    ],
)
def test_each_is_the_change_from_the_mean_of_its_periods(before, expected):
    found = _found(before)

    assert [(z.first, z.last) for z in found] == list(ZERO_POINTS)
    assert [z.before_after.value for z in found] == pytest.approx([70 - zero for zero in expected])
    assert [z.controlled.value for z in found] == pytest.approx([-30] * 4)


def test_no_period_known_has_no_reading():
    found = _found([None] * 4 + [None, 130, 130, 120, 110, 100])

    assert [z.before_after is None for z in found] == [False, False, False, True]
