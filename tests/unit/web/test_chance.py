"""What chance does to shares, held against scipy, and that noise is not ranked."""

import pytest
from scipy.stats import binomtest

from vft.web import chance


@pytest.mark.parametrize(("part", "whole"), [(0, 8), (3, 8), (8, 8), (120, 400)])
def test_the_interval_is_wilsons(part, whole):
    ours = chance.wilson(part, whole)
    theirs = binomtest(part, whole).proportion_ci(method="wilson")
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_among_many_each_interval_is_wider():
    alone, among = chance.wilson(3, 8), chance.wilson(3, 8, looked_at=15)
    theirs = binomtest(3, 8).proportion_ci(confidence_level=1 - 0.05 / 15, method="wilson")
    assert (among.low, among.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert among.low < alone.low < alone.high < among.high


#:        name  part whole
NOISE = {"A": (6, 10), "B": (3, 10), "C": (4, 10), "nobody": (0, 0)}
TRUE = {"A": (300, 400), "B": (160, 400), "C": (150, 400), "D": (3, 8)}


def test_only_those_that_chance_does_not_explain_are_named():
    assert chance.apart(NOISE) == chance.Apart(above=(), below=())
    assert chance.apart(TRUE) == chance.Apart(above=("A",), below=("B", "C"))
    assert chance.apart({}) == chance.Apart(above=(), below=())
