"""How slices lie in each other."""

import numpy as np
import pytest

from vft.disclosure.slices import nested


def sets(**holds):
    return nested({code: frozenset(letters) for code, letters in holds.items()})


def above(slices):
    named = dict(enumerate(slices.codes))
    return {named[n]: named.get(above) for n, above in enumerate(slices.above)}


def test_a_service_lies_in_its_group_and_that_in_the_total():
    slices = sets(TA="a", GPS="g", DT="d", ALARM="ag", ALL="agd")
    assert above(slices) == {
        "TA": "ALARM",
        "GPS": "ALARM",
        "DT": "ALL",
        "ALARM": "ALL",
        "ALL": None,
    }
    assert slices.line(0) == (0, 3, 4)
    assert slices.parts(4) == (2, 3)


def test_a_product_lies_in_its_service():
    slices = sets(DMS="mpe", Medido="p", Evondos="e", ALL="mpea")
    assert above(slices)["Medido"] == "DMS"


def test_of_two_that_hold_the_same_the_later_is_around_the_earlier():
    assert above(sets(DT="d", SUPERVISION="d", ALL="dt")) == {
        "DT": "SUPERVISION",
        "SUPERVISION": "ALL",
        "ALL": None,
    }


def test_groups_that_overlap_cannot_both_be_shown():
    slices = sets(A="a", B="b", C="c", AB="ab", BC="bc", ALL="abc")
    assert [slices.codes[n] for n in slices.crossing] == ["BC"]


@pytest.mark.parametrize(
    ("total", "within", "covered"),
    [
        (12, True, True),
        (10, True, True),
        (9, False, True),  # fewer than have A alone: it counts something else
        (15, True, False),  # there are others than A and B
    ],
)
def test_a_rule_that_does_not_hold_is_none(total, within, covered):
    figures = np.array([10, 3, total], float).reshape(1, 3, 1, 1)
    slices = sets(A="a", B="b", ALL="ab").as_counted(figures)
    assert (slices.above[0] == 2) is within
    assert (2 in slices.covered) is covered
