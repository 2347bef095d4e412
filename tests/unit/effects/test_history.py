"""What is known before each period, against the same worked out by hand."""

import numpy as np
import pytest
from small_panels import small

from vft.effects.history import history

HALF_KNOWN = np.polyfit([0, 2, 4], [10, 30, 60], 1)[0]


def _at(course, period):
    found = history(small({"kari": (course, None)}))
    return {
        name: getattr(found, name)[0, period]
        for name in ("level", "jump", "slope", "known", "usable")
    }


@pytest.mark.parametrize(
    ("course", "period", "expected"),
    [
        # level, jump (level less the mean of the four before), slope by least squares over five,
        # periods known, usable
        ([10, 20, 30, 40, 60, 0], 5, (60, 35, 12, 5, True)),
        ([50, 50, 50, 50, 50, 50, 50], 6, (50, 0, 0, 5, True)),
        # new: only one period known, so there is no jump
        ([70, 80], 1, (70, 0, 0, 1, True)),
        ([70, 80, 90], 2, (80, 10, 10, 2, True)),
        # missing lags are left out
        ([10, None, 30, None, 60, 0], 5, (60, 40, HALF_KNOWN, 5, True)),
        # the level must be known, and an earlier one too unless she is new
        ([10, 20, None, 40], 3, (np.nan, None, None, 3, False)),
        ([None, None, 30, 40], 3, (30, None, None, 3, False)),
        ([None, 30, 40], 2, (30, None, None, 2, False)),
    ],
)
def test_level_jump_and_slope(course, period, expected):
    level, jump, slope, known, usable = expected

    found = _at(course, period)

    assert found["level"] == pytest.approx(level, nan_ok=True)
    if usable:
        assert found["jump"] == pytest.approx(jump)
        assert found["slope"] == pytest.approx(slope)
    assert found["known"] == known
    assert found["usable"] == usable


def test_nothing_is_known_before_the_first_period():
    assert not _at([10, 20], 0)["usable"]


def test_who_was_away_the_period_before_is_of_no_use_even_if_her_resources_are_known():
    panel = small({"kari": ([100, 100, 100, 100, 100, 100], None)})
    panel.present[0, 3] = False

    assert history(panel).usable[0].tolist() == [False, True, True, False, False, True]
