"""What a potential is rounded to suits its size, and nobody is rounded away."""

import pytest

from vft.targets.rounding import rounded, suited

#: The service's own unit, base year's figure, figures, published → unit.
UNITS = [
    (500, 20_000, [27_578], [20_000, 27_000], 500),
    (500, 1_000, [1_386, 1_754], [1_000, 1_500], 500),  # Oslo's smallest: at least twice the unit
    (500, 999.9999999, [1_386], [1_000], 500),
    (500, 999, [1_386], [1_000], 50),
    (500, 1_000, [1_386], [1_000, 1_380], 100),  # told finer than the service's own
    (500, 1_000, [1_386], [], 100),  # a part of a unit that a figure is published of
    (500, 5_000, [5_100], [], 500),
    (500, 240, [240, 351], [240], 10),
    (500, 12.5, [12.5, 16.7], [12.5], 1),
    (100, 90, [124], [], 5),
    (500, 20, [27.5], [20], 1),
    (500, 3, [3, 4.1], [3], 1),
    (500, 1_000, [40, 1_386], [1_000], 50),  # 40 would else become 0
    (500, 1_000, [0.2, 1_386], [1_000], 1),
    (500, None, [None, 300.0], [], 10),
    (500, 1_000, [0.0, None], [1_000], 500),
    (500, 12.5, [0.0], [12.5], 1),  # as the unit's other years
    (500, 0.0, [0.0], [0.0], 1),
    (500, 1_000, [None], [1_000], None),
]


@pytest.mark.parametrize(("usual", "level", "figures", "published", "unit"), UNITS)
def test_the_unit_suits_the_base_year_and_makes_nothing_0(usual, level, figures, published, unit):
    assert suited(usual, level=level, figures=figures, published=published) == unit


#: Asked for, figures → unit, of a service with 500 and 20 users in the base year.
ASKED = [
    (1000, [700], 1000),
    (25, [27.5], 25),
    (50, [25.0], 50),  # half of it is rounded upwards
    (500, [27.5], 1),
    (500, [0.0], 500),
    (5, [27.5], 5),
    (5, [1.2], 1),
]


@pytest.mark.parametrize(("asked", "figures", "unit"), ASKED)
def test_what_is_asked_for_is_used_unless_a_figure_would_be_0(asked, figures, unit):
    assert suited(500, level=20, figures=figures, asked=asked) == unit


#: Figure, unit → rounded.
ROUNDED = [(250, 500, 500), (249, 100, 200), (0, 500, 0), (0.2, 1, 1), (None, 500, None)]


@pytest.mark.parametrize(("figure", "unit", "told"), ROUNDED)
def test_halves_are_rounded_upwards_and_some_are_at_least_one(figure, unit, told):
    assert rounded(figure, unit) == told
