"""One to four persons are few; none points at nobody, and from five on they are counted."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vft.effects.small_counts import spelt, told, withheld


@pytest.mark.parametrize(
    ("count", "words", "figure"),
    [
        (0, "ingen", 0),
        (1, "færre enn fem", None),
        (4, "færre enn fem", None),
        (5, "5", 5),
        (1234, "1\N{NO-BREAK SPACE}234", 1234),
    ],
)
def test_counts_of_persons(count, words, figure):
    assert spelt(count) == words
    assert told(count) == figure


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([50, 60], []),
        ([50, 0, 60], []),
        ([50, 4, 60], [50, 4]),
        ([50, 1, 60, 2, 9], [50, 1, 2, 9]),  # 1, 2 and 9 are 12: with 50 there is room for others
        ([30, 4, 30], [30, 4, 30]),  # of 34, no more than 30 are the other's
        ([1, 5, 60, 70], [1, 5, 60]),  # of 6, no fewer than 5 are
        ([0, 3, 7], [3, 7]),  # nobody hides nobody
        ([3, 0], [3]),
        ([], []),
    ],
)
def test_who_is_few_is_not_the_total_less_the_others(counts, hidden):
    found = withheld(counts)

    assert [count for count, away in zip(counts, found, strict=True) if away] == hidden


@given(st.lists(st.integers(0, 14), min_size=1, max_size=5), st.integers(0, 6))
def test_the_few_may_be_any_number_from_one_to_four_for_all_that_is_told(counts, beside):
    """A reader tries every number: four or less of the few, five or more of the others hidden."""
    hidden = withheld(counts, beside=[beside])
    few = [n for n in (*counts, beside) if 0 < n < 5]
    away = [n for n, gone in zip(counts, hidden, strict=True) if gone and n >= 5]
    shown = [n for n, gone in zip(counts, hidden, strict=True) if not gone and n > 0]
    if not shown or not few:  # nothing told but the total, or nobody to tell of
        return

    tried = product(*[range(1, 5)] * len(few), *[range(5, min(shown) + 1)] * len(away))
    fits = [ns[: len(few)] for ns in tried if sum(ns) == sum(few) + sum(away)]

    assert all({ns[k] for ns in fits} == {1, 2, 3, 4} for k in range(len(few)))


@pytest.mark.parametrize(
    ("counts", "beside", "hidden"),
    [
        ([52, 55], (3, 0), [52]),
        ([52, 55], (0, 12), []),
        ([52, 2, 55], (7,), [52, 2]),
        ([52, 2, 55], (3,), [52, 2]),
    ],
)
def test_few_beside_the_groups_are_not_the_total_less_these_either(counts, beside, hidden):
    found = withheld(counts, beside=beside)

    assert [count for count, away in zip(counts, found, strict=True) if away] == hidden
