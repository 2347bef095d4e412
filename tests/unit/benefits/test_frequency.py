import pytest

from vft.benefits.frequency import times_a_year

A_YEAR = [
    ("day", 365, 360),
    ("night", 365, 360),
    ("week", 365 / 7, 360 / 7),
    ("14_days", 365 / 14, 360 / 14),
    ("30_days", 365 / 30, 12),
    ("month", 12, 12),
    ("year", 1, 1),
]


@pytest.mark.parametrize(("per", "of_365", "of_360"), A_YEAR)
def test_a_year_has_so_many_periods(per, of_365, of_360):
    assert times_a_year(per) == pytest.approx(of_365)
    assert times_a_year(per, days_per_year=360) == pytest.approx(of_360)
