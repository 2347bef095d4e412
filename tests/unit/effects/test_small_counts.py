"""One to four persons are few; none points at nobody, and from five on they are counted."""

import pytest

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
        ([50, 1, 60, 2, 9], [1, 2, 9]),
        ([5, 3, 5], [5, 3]),  # one of those equally small is enough
        ([0, 3, 7], [3, 7]),  # nobody hides nobody
        ([3, 0], [3]),
        ([], []),
    ],
)
def test_who_is_few_is_not_the_total_less_the_others(counts, hidden):
    found = withheld(counts)

    assert [count for count, away in zip(counts, found, strict=True) if away] == hidden


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
