"""A calculation key: its values, and what it lacks before it may give kroner."""

import pytest
from pydantic import ValidationError

from vft.simulation.calculation_key import CalculationKey

DATED = {"starts_on": "2024-01-01", "origin": "Budsjett"}


@pytest.mark.parametrize(
    ("told", "role", "lacks"),
    [
        (DATED | {"value": 1}, "amount", []),
        (DATED, "amount", ["verdi"]),
        ({"value": 1, "origin": "Budsjett"}, "amount", ["dato (starts_on)"]),
        ({"value": 1, "starts_on": "2024-01-01", "origin": " "}, "amount", ["kilde (origin)"]),
        (DATED | {"value": 1}, "price", ["enhet (per)"]),
        (DATED | {"value": 1, "per": "hour"}, "price", ["timebegrep (hour_definition)"]),
        (DATED | {"value": 1, "per": "visit"}, "price", []),
    ],
)
def test_what_it_lacks(told, role, lacks):
    assert CalculationKey.model_validate(told).lacks(role) == lacks


@pytest.mark.parametrize(
    ("told", "amiss"),
    [
        ({"minimum": 1, "mode": 2}, "mangler maximum"),
        ({"value": 1, "mode": 2}, "kan ikke stå sammen med mode"),
        ({"minimum": 3, "mode": 2, "maximum": 4}, "må stige"),
        ({"value": 1e13}, "less than or equal to 1000000000000"),
        ({"value": 1, "profile": [1e300]}, "less than or equal to 1000000000000"),
        ({"value": 1, "estimated": True}, "sier ikke hvordan"),
        ({"value": 1, "starts_on": "2024-01-01", "ends_on": "2023-01-01"}, "ikke etter"),
    ],
)
def test_what_is_amiss(told, amiss):
    with pytest.raises(ValidationError, match=amiss):
        CalculationKey.model_validate(told)


def test_zero_is_a_value_and_null_is_none():
    assert CalculationKey(value=0).distribution.mean == 0
    assert CalculationKey(value=None).distribution is None


def test_its_kroner_are_of_the_price_year_else_of_the_start():
    assert CalculationKey.model_validate(DATED | {"price_year": 2021}).in_kroner_of == 2021
    assert CalculationKey.model_validate(DATED).in_kroner_of == 2024
    assert CalculationKey().in_kroner_of is None


# what is told → the least and the greatest of any year
ENDS = [
    ({"value": 2.0}, (2, 2)),
    ({"minimum": 1.0, "mode": 2.0, "maximum": 4.0}, (1, 4)),
    ({"value": 2.0, "profile": (1, 0.5, 3)}, (1, 6)),
    ({"minimum": 1.0, "mode": 2.0, "maximum": 4.0, "profile": (1, -1)}, (-4, 4)),
    ({}, (0, 0)),
]


@pytest.mark.parametrize(("told", "ends"), ENDS)
def test_its_ends_are_those_of_every_year(told, ends):
    assert CalculationKey(**told).ends == ends
