"""Where places do not tell how many live in each home: a way to live with the same figures."""

import numpy as np
import pytest
from numpy import nan

from vft.disclosure.homes import Homes
from vft.disclosure.supposed import supposed

#: Two places then, two places now: 4 homes, of which the figures tell the sums only.
CROSSED = Homes(
    member=np.array([[x == "x" for x in row] for row in ("xx..", "..xx", "x.x.", ".x.x")]),
    lived=np.ones((4, 1), bool),
)
NOBODY = np.zeros(4, bool)


def found(*figures, known=NOBODY, keeps=lambda counts: np.all(~(counts < 0), axis=0)):
    nodes = np.array(figures, float)[:, :, None]
    counts, told = supposed(CROSSED, nodes, known=known, keeps=keeps)
    return counts[:, :, 0].tolist() if told.all() else None


def test_what_is_supposed_gives_the_figures():
    (counts,) = found([9, 4, 6, 7])
    assert (CROSSED.member @ counts).tolist() == [9, 4, 6, 7]
    assert min(counts) >= 0


@pytest.mark.parametrize("figures", [[9, 4, 0, 13], [0, 13, 4, 9], [13, 0, 9, 4], [4, 9, 13, 0]])
def test_nobody_is_supposed_where_fewer_than_none_would_live_elsewhere(figures):
    (counts,) = found(figures)
    assert min(counts) == 0
    assert (CROSSED.member @ counts).tolist() == figures


def test_counts_are_supposed_together_and_keep_their_rules():
    def part_of_whole(counts):
        return np.all(counts >= 0, axis=0) & (counts[1] <= counts[0])

    whole, part = found([9, 4, 6, 7], [5, 1, 2, 4], keeps=part_of_whole)
    assert all(p <= w for p, w in zip(part, whole, strict=True))


def test_nothing_is_supposed_of_whom_the_reader_knows_nor_against_a_rule():
    assert found([9, 4, 6, 7], known=np.array([True, False, False, False])) is None
    assert found([9, 4, 6, 7], keeps=lambda counts: np.zeros(counts.shape[1:], bool)) is None
    assert found([9, 4, nan, 7]) is None
