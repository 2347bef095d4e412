"""Ages as bureaus write them."""

import pytest

from vft.sources.ssb.ages import Age, age, is_total

WRITTEN = {
    "80": Age(80, 80),
    "080": Age(80, 80),
    "80 år": Age(80, 80),
    "0 år": Age(0, 0),
    "80-84": Age(80, 84),
    "80–84 år": Age(80, 84),
    "F80-84": Age(80, 84),
    "105+": Age(105, None),
    "105 år eller eldre": Age(105, None),
    "90 år og over": Age(90, None),
    "80 år+": Age(80, None),
    "under 1 år": Age(0, 0),
    "84-80": None,
    "999": None,
    "Alle aldre": None,
    "eldre": None,
    "-5": None,
}


@pytest.mark.parametrize(("text", "expected"), WRITTEN.items())
def test_ages_are_understood_or_not_at_all(text, expected):
    assert age(text) == expected


def test_totals_are_known():
    assert [is_total(text) for text in ("999", "I alt", "80 år")] == [True, True, False]


def test_groups_meet_and_hold_each_other():
    assert Age(80, None).holds(Age(105, None))
    assert Age(80, None).holds(Age(80, 84))
    assert not Age(80, 84).holds(Age(80, None))
    assert Age(80, 84).meets(Age(84, 90))
    assert not Age(80, 84).meets(Age(85, 90))
