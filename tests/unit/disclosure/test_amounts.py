"""A sum of few people's kroner is found by taking away no more than their count is."""

import numpy as np
import pytest
from random_municipality import municipality

from vft.disclosure.amounts import hidden_with_parts
from vft.disclosure.homes import Homes
from vft.disclosure.indicator import Counts, hidden
from vft.disclosure.slices import nested


def test_a_whole_is_hidden_where_a_part_is_and_no_part_with_another():
    parts = [frozenset("a"), frozenset("b"), frozenset("ab")]
    of_a_in_the_second = np.array([[0, 1], [0, 0], [0, 0]], bool)[..., None]
    found = hidden_with_parts(of_a_in_the_second, parts)
    assert found[..., 0].tolist() == [[False, True], [False, False], [False, True]]


def cities():
    for seed in range(80):
        city = municipality(np.random.default_rng(seed))
        if city.measures == 1 and len(city.slices) > 1:
            yield seed, city


def of_counts(city):
    """Slices × units: where counts are hidden."""
    counts = Counts(
        measures=("m",),
        slices=tuple(city.slices),
        parts=city.slices,
        wholes={},
        figures=city.figures[None],
    )
    lived = np.ones((len(city.living), 1), bool)
    homes = Homes(member=city.member, lived=lived)
    own = np.array([unit in city.own for unit in city.units])
    return hidden(counts, homes=homes, own=own, threshold=city.threshold)[0, :, :, 0]


def found_out(city, wanted, hides):
    """The sums wanted that are shown sums and differences: her own people's she knows.

    Every home has a sum of its own in every service, which may be anything.
    """
    services = sorted(frozenset.union(*city.slices.values()))
    holds = np.array([[s in held for s in services] for held in city.slices.values()])
    mine = np.array([bool(city.own & home) for home in city.living])
    lives = city.member & ~mine
    rows = np.einsum("ns,ph->npsh", holds * 1.0, lives * 1.0).reshape(*hides.shape, -1)
    shown = rows[~hides]
    rank = np.linalg.matrix_rank(shown) if len(shown) else 0
    crossing = nested(city.slices).crossing
    return [
        (int(node), city.units[unit])
        for node, unit in zip(*np.nonzero(wanted), strict=True)
        if node not in crossing and np.linalg.matrix_rank([*shown, rows[node, unit]]) == rank
    ]


@pytest.fixture(scope="module")
def tried():
    return [(city, of_counts(city)) for _seed, city in cities()]


def test_no_hidden_sum_is_found_by_taking_away(tried):
    assert len(tried) > 10
    for city, hides in tried:
        every = hidden_with_parts(hides[..., None], list(city.slices.values()))[..., 0]
        assert found_out(city, hides, every) == []


def test_were_sums_hidden_as_counts_are_some_would_be_found(tried):
    assert any(found_out(city, hides, hides) for city, hides in tried)
