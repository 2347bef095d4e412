"""What indicators hide with goes one way, or both ways between two that hold the same counts."""

import pytest

from vft.indicators import ring
from vft.indicators.catalogue import all_indicators


def test_what_there_is_goes_round_no_ring():
    ring.refuse({one.id: one.hides_with for one in all_indicators().values()})


@pytest.mark.parametrize(
    "hides_with",
    [
        {"a": ["b"], "b": ["c"], "c": []},
        {"a": ["b"], "b": ["a"]},
        {"a": ["b", "c"], "b": ["a", "c"], "c": ["a", "b"]},
        {"a": ["b", "c"], "b": ["c"], "c": []},
        {"a": ["of another installation"]},
    ],
)
def test_one_way_and_two_that_name_each_other_may_be(hides_with):
    ring.refuse(hides_with)


@pytest.mark.parametrize(
    "hides_with",
    [
        {"a": ["b"], "b": ["c"], "c": ["a"]},
        {"a": ["b"], "b": ["a", "c"], "c": ["a"]},
        {"a": ["b"], "b": ["c"], "c": ["d"], "d": ["c", "a"]},
    ],
)
def test_a_ring_is_refused_by_name(hides_with):
    with pytest.raises(ValueError, match=r"ring: .*a.* → "):
        ring.refuse(hides_with)
