import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.web.charts import months, scale


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 9], [0, 2, 4, 6, 8, 10]),
        ([9800, 11500], [9500, 10000, 10500, 11000, 11500]),
        ([200, 1500], [0, 500, 1000, 1500]),
        ([3, 3], [3, 4]),
        ([0], [0, 1]),
        ([], [0, 1]),
    ],
)
def test_round_ticks_enclose_the_values(values, ticks):
    assert scale.ticks(values) == ticks


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=20))
def test_any_values_are_enclosed_by_few_even_ticks(values):
    ticks = scale.ticks(values)
    steps = {b - a for a, b in itertools.pairwise(ticks)}
    assert ticks[0] <= min(values)
    assert ticks[-1] >= max(values)
    assert len(steps) == 1
    assert len(ticks) <= 8


@pytest.mark.parametrize(
    ("values", "places", "ticks"),
    [
        ([0.3, 0.9], 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        ([0.3, 0.9], 0, [0, 1]),
        ([-12, 30], 0, [-20, -10, 0, 10, 20, 30]),
        ([-12, -3], 0, [-12, -9, -6, -3, 0]),
        ([31.5, 48.25], 1, [30, 35, 40, 45, 50]),
    ],
)
def test_ticks_have_the_decimals_of_the_measure_and_reach_below_zero(values, places, ticks):
    found = scale.ticks(values, places=places)
    assert found == ticks
    assert scale.places(found) <= places


@pytest.mark.parametrize(
    ("first", "last", "width", "labels"),
    [
        ("2024-01", "2024-04", 900, ["jan 2024", "feb 2024", "mars 2024", "april 2024"]),
        ("2022-01", "2024-12", 300, ["2022", "2023", "2024"]),
        ("2022-03", "2022-05", 20, ["2022"]),
    ],
)
def test_months_are_labelled_as_room_allows(first, last, width, labels):
    from vft.tables.period import months_between

    found = months.ticks(months_between(first, last), width=width, size=12)
    assert list(found.values()) == labels


def test_a_month_has_a_place_and_back():
    assert months.code(months.place("2024-12")) == "2024-12"
    assert months.place("2025-01") - months.place("2024-12") == 1
