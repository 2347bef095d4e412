"""The back-test against one worked by hand."""

import numpy as np
import pytest

from vft.errors import VftError
from vft.tables.period import months_between
from vft.targets.backtest import backtest
from vft.targets.forecast import forecast
from vft.targets.planted_series import KINDS, MONTHS, planted
from vft.targets.series import Series


def of(values, start="2022-01"):
    months = months_between(start, "2026-12")[: len(values)]
    return Series(unit="A", months=tuple(months), values=tuple(map(float, values)))


def test_each_origin_is_told_only_what_was_known_then():
    values = [10, 12, 11, 13, 12, 14, 13, 15, 14, 16, 15, 17, 40]
    found = backtest([of(values)], origins=2, fewest=3)
    # from November 2022 one month is ahead, from December the next year: one that is known
    outcomes = []
    for known, year in ((11, 2022), (12, 2023)):
        said = forecast(of(values[:known]), year=year).months[0]
        outcomes.append(said.low <= values[known] <= said.high)
    assert (found.origins, found.months) == (2, 2)
    assert found.units[0].covered == sum(outcomes) == 1
    assert (found.coverage, found.year_end) == (0.5, 1.0)
    assert not found.accepted


def test_months_that_are_missing_are_not_judged():
    values = [10, 12, 11, 13, 12, 14, np.nan, 15]
    found = backtest([of(values)], origins=24, fewest=6)
    assert found.months == 2  # of July and August, from June and July: August twice


def test_a_series_that_is_too_short_is_said():
    with pytest.raises(VftError, match="lange nok"):
        backtest([of([1, 2, 3])])


@pytest.mark.parametrize("kind", KINDS)
def test_planted_series_are_whole_users_and_the_same_again(kind):
    one, again, other = (planted(kind=kind, unit=u, seed=5) for u in (0, 0, 1))
    assert one == again
    assert one.values != other.values
    assert len(one.values) == len(MONTHS) == 72
    assert all(value >= 0 and value == int(value) for value in one.values)
