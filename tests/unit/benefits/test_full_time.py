import pytest

from vft.benefits.full_time import HOURS_PER_FTE, definitions, full_time_equivalents
from vft.errors import VftError


def test_three_definitions_are_in_use_and_the_first_is_rotating_shifts():
    assert [one.hours for one in definitions()] == [HOURS_PER_FTE, 1695, 1750]
    assert HOURS_PER_FTE == 35.5 * 47
    assert all(one.origin for one in definitions())


def test_hours_that_are_not_documented_are_no_known_number_of_full_time_equivalents():
    assert full_time_equivalents(None) is None
    assert full_time_equivalents(0) == 0
    assert full_time_equivalents(3337) == 2
    assert full_time_equivalents(3500, hours_per_fte=1750) == 2


def test_a_full_time_of_no_hours_is_refused():
    with pytest.raises(VftError, match="over 0"):
        full_time_equivalents(1, hours_per_fte=0)
