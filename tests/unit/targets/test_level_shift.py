"""Level shifts and half delivered last months, and what is neither."""

import numpy as np
import pytest

from vft.targets.level_shift import fallen_at_end, shifts

STEADY = np.array([100, 103, 101, 104, 102, 105, 107, 104, 106, 109, 107, 110], float)


def stepped(at, size):
    return STEADY + size * (np.arange(STEADY.size) >= at)


@pytest.mark.parametrize("at", [3, 6, 9])
@pytest.mark.parametrize("size", [60, -60])
def test_a_lasting_change_is_found_where_it_is(at, size):
    assert shifts(stepped(at, size)) == [at]


def test_two_changes_are_both_found():
    values = np.concatenate([STEADY, STEADY + 80, STEADY + 20])
    assert shifts(values) == [12, 24]


def test_a_gap_hides_no_change():
    values = stepped(6, 60)
    values[5] = np.nan
    assert shifts(values) == [6]


NO_SHIFT = {
    "steady": STEADY,
    "a single odd month": np.where(np.arange(12) == 6, 200, STEADY),
    "too near the end": stepped(10, 60),
    "too near the start": stepped(2, 60),
    "growth": 100 + 9.0 * np.arange(12),
    "few users": np.array([2, 2, 2, 2, 4, 4, 4, 4, 4, 4], float),
    "short": np.array([1, 2, 90, 91, 92], float),
}


@pytest.mark.parametrize("values", NO_SHIFT.values(), ids=NO_SHIFT.keys())
def test_what_is_no_lasting_change_is_left(values):
    assert shifts(values) == []


def test_half_delivered_last_months_are_counted():
    assert fallen_at_end(STEADY) == 0
    assert fallen_at_end(np.append(STEADY, 40)) == 1
    assert fallen_at_end(np.append(STEADY, [40, 20])) == 2
    assert fallen_at_end(np.append(STEADY, 95)) == 0  # lower, but not by a quarter
    assert fallen_at_end(np.append(STEADY, 300)) == 0
    assert fallen_at_end(np.array([100, 101, 40], float)) == 0  # too short to tell
