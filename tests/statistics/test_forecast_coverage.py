"""The 80 % interval holds about 80 % of what comes, on planted series of several kinds.

Seeds are fixed beforehand: 1 for the whole test, 2 for the short one. ``make stats`` runs all of
24 origins × 15 units of each kind; ``make test`` a few.
"""

import pytest

from vft.targets.backtest import ACCEPTED, backtest
from vft.targets.planted_series import KINDS, planted


@pytest.mark.stats
@pytest.mark.parametrize("kind", KINDS)
def test_the_interval_covers_what_it_says(kind):
    tried = [planted(kind=kind, unit=unit, seed=1) for unit in range(15)]
    found = backtest(tried, origins=24)
    assert found.origins == 24 * 15
    assert ACCEPTED[0] <= found.coverage <= ACCEPTED[1]


def test_the_interval_covers_what_it_says_in_short():
    tried = [planted(kind=kind, unit=0, seed=2).until("2023-03") for kind in KINDS]
    found = backtest(tried, origins=12)
    assert 0.6 <= found.coverage <= 0.95
