"""What a count varies by chance alone, as of people who come and go."""

import numpy as np
import pytest

from vft.tables.period import months_between
from vft.targets import counting_noise
from vft.targets.forecast import forecast
from vft.targets.series import Series


def test_a_stock_whose_people_come_and_go_one_in_eighty_varies_as_said():
    chance = np.random.default_rng(3)
    come, gone = chance.poisson(400 / 80, 100_000), chance.binomial(400, 1 / 80, 100_000)
    least = counting_noise.variance(np.array([400.0]), level=400)
    assert least == pytest.approx((come - gone).var(), rel=0.03)


#: Values, level → variance of a month's change, at least. Half a user is what whole figures hide.
LEAST = [
    ([400, 402], 400, 10),
    ([1, 1], 1, 0.25),
    ([0, np.nan], 0, 0.25),
    ([0.3, 0.5], 0.4, 0.01),
    ([-400, -402], -400, 10),
]


@pytest.mark.parametrize(("values", "level", "least"), LEAST)
def test_the_least_follows_the_level(values, level, least):
    found = counting_noise.variance(np.array(values, float), level=level)
    assert found == pytest.approx(least)


#: Values, whether they vary less than chance makes them.
CALM = [
    ([250] * 12, True),
    (range(3, 11), True),
    (range(100, 144, 2), True),
    ([10, np.nan, 14, 16, 18], True),
    ([100, 107, 98, 109, 99, 104], False),
]


@pytest.mark.parametrize(("values", "calm"), CALM)
def test_a_straight_line_is_calmer_than_chance(values, calm):
    assert counting_noise.is_calmer(np.array(values, float)) is calm


def of(values):
    months = tuple(months_between("2025-01", "2026-12")[: len(values)])
    return Series(unit=None, months=months, values=tuple(map(float, values)))


STRAIGHT = {
    "eight months": range(3, 11),
    "two years": range(100, 148, 2),
    "downwards": range(400, 370, -2),
    "constant": [250] * 22,
    "none": [0] * 9,
    "decimals": [0.3 + n / 50 for n in range(12)],
    "under none": range(-40, -20),
}


@pytest.mark.parametrize("values", STRAIGHT.values(), ids=STRAIGHT.keys())
def test_a_series_without_variation_has_an_interval_that_widens_and_says_so(values):
    said = forecast(of(list(values)), year=2027)
    widths = [m.high - m.low for m in said.months]
    assert widths[0] > 0
    assert widths == sorted(widths)
    level = abs(said.months[0].value)
    # at least the counting of one month's change, to the one side that may be cut at none
    assert widths[-1] > np.sqrt(counting_noise.TURNOVER * level)
    assert any("svinger mindre enn tilfeldigheter" in note for note in said.notes)


def test_a_series_that_varies_as_counts_do_is_not_called_calm():
    chance = np.random.default_rng(5)
    said = forecast(of(200 + chance.normal(0, 5, 20).round().cumsum()), year=2027)
    assert not any("tilfeldigheter" in note for note in said.notes)
