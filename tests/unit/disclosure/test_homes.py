"""Homes, as the finest places of which all others are sums."""

import numpy as np
from numpy import nan

from vft.disclosure.homes import Homes


def homes(*places, lived=None):
    """``places``: a row a place, an x for each home in it."""
    member = np.array([[letter == "x" for letter in row] for row in places])
    return Homes(
        member=member, lived=np.ones((member.shape[1], 1), bool) if lived is None else lived
    )


CITY = homes(
    "xxxx",  # the city
    "xx..",  # D1
    "..x.",  # D2; the last home is in no district
    "x...",  # a part of D1; the second home is in no part
)


def counted(city, *figures):
    counts, told = city.counts(np.array(figures, float).reshape(-1, 1))
    return [int(n) if known else "?" for n, known in zip(counts[:, 0], told[:, 0], strict=True)]


def test_what_is_in_no_part_is_the_rest():
    assert counted(CITY, 20, 9, 8, 6) == [6, 3, 8, 3]


def test_a_home_is_not_told_where_a_figure_it_takes_is_not_there():
    assert counted(CITY, 20, 9, 8, nan) == ["?", "?", 8, 3]
    assert counted(CITY, nan, 9, 8, 6) == [6, 3, 8, "?"]


def test_homes_that_are_in_just_the_same_places_with_others_are_not_told():
    crossed = homes("xx..", "..xx", "x.x.", ".x.x")
    assert counted(crossed, 5, 5, 5, 5) == ["?"] * 4


def test_homes_of_an_era_are_told_in_its_months_only():
    lived = np.array([[True, False], [False, True]])
    before_and_after = homes("xx", "x.", lived=lived)
    counts, told = before_and_after.counts(np.array([[4, 7], [4, nan]]))
    assert counts.tolist() == [[4, 0], [0, 7]]
    assert told.tolist() == [[True, False], [False, True]]


def test_who_is_counted_in_two_homes_is_not_free_to_live_elsewhere():
    """One who moved within the month is in D1 and in D2, and in the city once."""
    figures = np.array([[17], [9], [8], [6]], float)
    counts, told = CITY.counts(figures)
    assert counts[:, 0].tolist() == [6, 3, 8, 0]
    assert CITY.unexplained(figures, counts, told)[:, 0].tolist() == [0, 0, 0, 0]
    one_less = figures - [[1], [0], [0], [0]]
    counts, told = CITY.counts(one_less)
    assert CITY.unexplained(one_less, counts, told)[:, 0].tolist() == [1, 1, 1, 1]
