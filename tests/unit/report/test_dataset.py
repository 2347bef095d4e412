from dataclasses import replace

import pytest
from figures_sample import MEASURES, SMALL, dimension

from vft.report.dataset import Category, Cells


def test_each_cell_knows_its_place():
    found = {name: place.to_pylist() for name, place in SMALL.places.items()}
    assert found == {
        "measure": [0, 0, 0, 0, 1, 1, 1, 1],
        "unit": [0, 0, 1, 1, 0, 0, 1, 1],
        "month": [0, 1, 0, 1, 0, 1, 0, 1],
    }
    assert SMALL.metric is MEASURES


@pytest.mark.parametrize(
    ("values", "states"),
    [
        ([1.0, None], ["value", "value"]),
        ([1.0, 3.0], ["value", "suppressed"]),
        ([1.0, float("nan")], ["value", "value"]),
        ([1.0, float("nan")], ["value", "missing"]),
        ([1.0, float("inf")], ["value", "value"]),
        ([1.0, None], ["value", "unheard_of"]),
        ([1.0, None], ["value", None]),
        ([1.0], ["value"]),
    ],
)
def test_a_figure_that_is_hidden_or_not_there_is_refused(values, states):
    units = dimension("unit", "Enhet", "030101, 030117")
    with pytest.raises(ValueError, match=r"state|cells"):
        replace(SMALL, dimensions=(units,), cells=Cells.of(values, states))


def test_dimensions_are_told_apart():
    units = dimension("unit", "Enhet", "030101, 030117")
    with pytest.raises(ValueError, match="same id"):
        replace(SMALL, dimensions=(units, units), cells=Cells.of([1.0] * 4, ["value"] * 4))
    with pytest.raises(ValueError, match="own code"):
        replace(units, categories=(Category(code="a", label="A"), Category(code="a", label="B")))
    with pytest.raises(ValueError, match="own code"):
        replace(units, categories=())
