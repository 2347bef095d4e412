import pytest

from vft.benefits.start_up_economy import start_up_economy
from vft.errors import VftError


def test_a_source_that_gives_no_sum_has_only_that_of_its_parts():
    economy = start_up_economy({"rent": 40, "training": 25})
    assert (economy.cost_of_parts, economy.net_of_parts) == (65, 35)
    assert (economy.cost_as_stated, economy.net_as_stated) == (None, None)
    assert economy.is_rounding is None
    assert economy.nok(gross=1000) == (350, None)
    assert economy.nok(gross=None) == (None, None)


# the source's sum of 30 + 30 + 30 → whether rounding explains it: half of each, and of the sum
EXPLAINED = [(90, True), (92, True), (88, True), (92.5, False), (87, False)]


@pytest.mark.parametrize(("stated", "explained"), EXPLAINED)
def test_rounding_explains_half_a_percent_of_each_part_and_of_the_sum(stated, explained):
    economy = start_up_economy({"a": 30, "b": 30, "c": 30}, cost_as_stated=stated)
    assert economy.is_rounding is explained
    assert economy.difference == stated - 90


@pytest.mark.parametrize("parts", [{}, {"rent": -1}])
def test_no_parts_and_parts_below_0_are_refused(parts):
    with pytest.raises(VftError, match=r"minst én|under 0"):
        start_up_economy(parts)
