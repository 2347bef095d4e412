"""A change taken apart sums to the whole, whatever the figure is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.simulation.decomposition import decomposed

FACTORS = st.fixed_dictionaries({name: st.floats(-100, 100) for name in "abc"})


def product(at):
    return at["a"] * at["b"] * at["c"]


def test_by_hand():
    before, after = {"a": 100, "b": 0.1, "c": 10}, {"a": 120, "b": 0.2, "c": 10}
    found = decomposed(product, before=before, after=after)
    # 100 → 240: people alone 20, uptake alone 100, both together 20 more
    assert found.effects == pytest.approx({"a": 20, "b": 100, "c": 0})
    assert (found.interaction, found.total) == (pytest.approx(20), pytest.approx(140))


@given(FACTORS, FACTORS)
def test_the_parts_sum_to_the_whole(before, after):
    found = decomposed(product, before=before, after=after)
    whole = product(after) - product(before)
    assert sum(found.effects.values()) + found.interaction == pytest.approx(whole, abs=1e-6)
    assert found.total == pytest.approx(whole, abs=1e-6)


@given(FACTORS, FACTORS)
def test_a_sum_has_no_interaction(before, after):
    found = decomposed(lambda at: at["a"] + at["b"] + at["c"], before=before, after=after)
    assert found.interaction == pytest.approx(0, abs=1e-9)
