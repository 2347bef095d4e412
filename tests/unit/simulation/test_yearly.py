"""Arithmetic on draws and years: what is not documented stays so."""

import numpy as np
import pytest

from vft.simulation.yearly import difference, least, product, total

NOTHING, TWO, THREE = np.zeros((1, 2)), np.full((1, 2), 2.0), np.full((3, 2), 3.0)


@pytest.mark.parametrize(
    ("found", "value"),
    [
        (product(TWO, THREE), 6),
        (product(TWO, None), None),
        (product(None, NOTHING), 0),
        (total([TWO, THREE]), 5),
        (total([TWO, None]), None),
        (total([]), None),
        (difference(THREE, TWO), 1),
        (difference(None, TWO), None),
        (least([THREE, TWO]), 2),
        (least([TWO, None]), None),
    ],
)
def test_what_comes_out(found, value):
    assert found is None if value is None else np.all(found == value)
