"""What of an indicator's counts is hidden, in municipalities small enough to see through."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vft.disclosure.homes import Homes
from vft.disclosure.indicator import Counts, families, hidden

#: Places as rows, homes as columns.
PLAIN = """
city | x x x x x
D1   | x x . . .
D2   | . . x x .
D3   | . . . . x
p1   | x . . . .
p2   | . x . . .
p3   | . . x . .
p4   | . . . x .
A    | x x . . .
B    | . . x x x
"""
#: D1 and D2 were merged into D9.
MERGED = """
city | x x x
d1   | x . .
d2   | . x .
d3   | . . x
D9   | x x .
D3   | . . x
"""
#: A and B of then were drawn anew as a and b: figures do not tell how many live in each home.
CROSSED = """
city | x x x x x x
A    | x x . . . .
B    | . . x x . .
a    | x . x . . .
b    | . x . x . .
D5   | . . . . x .
D6   | . . . . . x
"""


def read(text):
    rows = [line.split("|") for line in text.strip().splitlines()]
    names = [name.strip() for name, _homes in rows]
    return names, np.array([[x == "x" for x in homes.split()] for _name, homes in rows])


def hides(text, *measures, own=(), threshold=5, wholes=None, parts=None):
    """The places hidden. ``measures``: people by home, and by month where there are more."""
    names, member = read(text)
    people = np.array(measures, float).reshape(len(measures), 1, member.shape[1], -1)
    if parts:
        people = people.reshape(1, len(parts), *people.shape[2:])
    codes = tuple(f"m{n}" for n in range(people.shape[0]))
    slices = tuple(parts or {"all": ""})
    counts = Counts(
        measures=codes,
        slices=slices,
        parts={code: frozenset((parts or {"all": "x"})[code]) for code in slices},
        wholes=wholes or {},
        figures=np.einsum("ph,msht->mspt", member * 1.0, people),
    )
    found = hidden(
        counts,
        homes=Homes(member=member, lived=np.ones((member.shape[1], people.shape[3]), bool)),
        own=np.array([name in own for name in names]),
        threshold=threshold,
    )
    each = [
        {names[n] for n in np.flatnonzero(found[m, s].any(axis=1))}
        for m in range(len(codes))
        for s in range(len(slices))
    ]
    return each[0] if len(each) == 1 else each


@pytest.mark.parametrize(("count", "is_hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_count_from_one_to_four_is_hidden(count, is_hidden):
    assert ("p1" in hides(PLAIN, [count, 20, 30, 30, 30])) is is_hidden


@pytest.mark.parametrize(("threshold", "is_hidden"), [(3, False), (4, True), (10, True)])
def test_what_is_small_can_be_set(threshold, is_hidden):
    assert ("p1" in hides(PLAIN, [3, 20, 30, 30, 30], threshold=threshold)) is is_hidden


def test_one_small_count_takes_its_cheapest_sibling_with_it_and_nothing_above():
    assert hides(PLAIN, [3, 20, 30, 30, 30]) == {"p1", "p2"}


def test_small_counts_hide_each_other_where_they_can():
    assert hides(PLAIN, [3, 3, 30, 30, 30]) == {"p1", "p2"}


def test_two_that_can_only_be_one_each_need_a_third():
    assert hides(PLAIN, [1, 1, 30, 30, 30]) > {"p1", "p2"}


def test_a_partner_is_taken_in_the_same_grouping_if_there_is_one():
    assert hides(PLAIN, [20, 20, 20, 20, 3]) == {"D2", "D3", "p3"} or hides(
        PLAIN, [20, 20, 20, 20, 3]
    ) == {"D2", "D3", "p4"}


def test_the_same_partner_serves_in_every_month():
    by_month = [[3, 3, 3], [20, 9, 30], [30, 30, 8], [30, 30, 30], [30, 30, 30]]
    assert hides(PLAIN, by_month) == {"p1", "p2"}


def test_ones_own_unit_is_never_hidden_and_does_not_hide_another():
    assert hides(PLAIN, [3, 20, 30, 30, 30], own=["p1"]) == set()
    # her 3 she can subtract, so p2 and the rest of D1 are one question
    assert "p2" in hides(PLAIN, [30, 3, 30, 30, 30], own=["p1"])
    assert "D1" in hides(PLAIN, [30, 3, 30, 30, 30], own=["p1"])


def test_who_was_of_a_unit_that_is_merged_cannot_subtract_her_own_people():
    assert "D9" in hides(MERGED, [30, 3, 40], own=["d1"])
    assert hides(MERGED, [30, 3, 40], own=["D9"]) == set()


def test_large_units_of_then_are_shown_though_they_are_merged():
    assert hides(MERGED, [30, 20, 40]) == set()


def test_a_share_of_nearly_all_is_hidden_as_one_of_few_is():
    of_all, part = [30, 30, 30, 30, 30], [28, 20, 15, 15, 15]
    found = hides(PLAIN, of_all, part, wholes={"m1": "m0"})
    assert found[0] == set()
    assert "p1" in found[1]


def test_a_small_service_is_not_what_the_total_has_beyond_the_others():
    """All that have something but A have B: where the total says so it is hidden too."""
    a, b, both = [30, 30, 30, 30, 30], [4, 20, 20, 20, 20], [34, 50, 50, 50, 50]
    found = hides(PLAIN, a, b, both, parts={"A": "a", "B": "b", "ALL": "ab"})
    assert {"p1"} <= found[1]
    assert found[0] | found[2] >= {"p1"}


def test_where_nobody_can_tell_who_lives_in_which_home_one_small_count_takes_one_other():
    assert hides(CROSSED, [1, 2, 30, 30, 30, 30]) == {"A", "B"}


def test_what_is_given_up_leaves_the_rest_of_the_municipality_shown():
    """She knows who of her unit were counted elsewhere then, and the figures do not tell them."""
    assert hides(CROSSED, [1, 2, 30, 30, 30, 30], own=["a"]) == {"city", "A", "B", "b"}


def test_a_slice_that_nobody_has_said_what_counts_is_hidden():
    names, _member = read(PLAIN)
    assert hides(PLAIN, [30, 30, 30, 30, 30], parts={"all": ""}) == set(names)


def test_a_unit_that_nobody_is_known_to_live_in_is_hidden_unless_it_is_empty():
    names, member = read(PLAIN)
    figures = np.full((1, 1, len(names), 1), 30.0)
    counts = Counts(
        measures=("m",), slices=("all",), parts={"all": frozenset("x")}, wholes={}, figures=figures
    )
    nobody = Homes(member=np.zeros_like(member), lived=np.ones((member.shape[1], 1), bool))
    own = np.zeros(len(names), bool)
    assert hidden(counts, homes=nobody, own=own, threshold=5).all()
    figures[:] = 0
    assert not hidden(counts, homes=nobody, own=own, threshold=5).any()


def test_counts_that_are_shares_of_each_other_are_one_question():
    assert families(["a", "b", "c", "d"], {"a": "c", "d": "c"}) == [("b",), ("a", "c", "d")]


@settings(max_examples=60, deadline=None)
@given(
    people=st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 9, 20]), min_size=5, max_size=5),
    own=st.sampled_from([[], ["p1"], ["D3"], ["D1", "p1", "p2"]]),
)
def test_small_counts_of_others_are_hidden_and_no_own(people, own):
    names, member = read(PLAIN)
    mine = [any(member[names.index(u), h] for u in own) for h in range(5)]
    strangers = member @ np.where(mine, 0, people)
    few = {n for n, count in zip(names, strangers, strict=True) if 0 < count < 5}
    found = hides(PLAIN, people, own=own)
    assert few <= found
    assert not found & set(own)
