"""One to four persons are few; none points at nobody, and from five on they are counted."""

import pytest

from vft.effects.small_counts import persons, told


@pytest.mark.parametrize(
    ("count", "sentence", "number"),
    [
        (0, "ingen brukere", 0),
        (1, "færre enn fem brukere", None),
        (4, "færre enn fem brukere", None),
        (5, "5 brukere", 5),
        (1234, "1\N{NO-BREAK SPACE}234 brukere", 1234),
    ],
)
def test_counts_of_persons(count, sentence, number):
    assert persons(count, "bruker", "brukere") == sentence
    assert told(count) == number
