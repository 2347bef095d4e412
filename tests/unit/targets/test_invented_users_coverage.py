"""The forecast's interval on the users that the invented municipality has, district by district.

The same model that writes the demo's exports: people arrive, are granted technology, leave and die,
so that the counts of neighbouring months are the same people. Seed 1 gives the table in
docs/methods/forecast.md; that variances follow the level was chosen on seeds 11 and 12.
"""

import re
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from vft.sources.invented import scales
from vft.sources.invented.model import simulate
from vft.tables.period import last_day, month_of, months_between
from vft.targets.backtest import ACCEPTED, backtest
from vft.targets.series import Series

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "forecast.md"
SERVICES = ("TA", "GPS", "DHO", "DMS", "DT")
DISTRICTS = 15


@pytest.fixture(scope="module")
def course():
    """Oslo's shape, 2020–2024; some 80,000 persons."""
    return simulate(scales.oslo().config, seed=1)


@pytest.fixture
def users(course):
    """Concurrent users of a service at each month's end, one series a district."""
    config = course.config
    first, last = (
        config.starts_on + timedelta(days=day) for day in (config.first_day, config.last_day - 1)
    )
    months = months_between(month_of(first), month_of(last))
    days = [(last_day(month) - config.starts_on).days for month in months]

    def counted(service):
        district, spell = course.people.district, course.services[service]
        counts = np.array(
            [np.bincount(district[spell.on(day)], minlength=DISTRICTS) for day in days], float
        )
        return [
            Series(unit=f"{service} {n + 1}", months=tuple(months), values=tuple(one.tolist()))
            for n, one in enumerate(counts.T)
        ]

    return counted


def written(service):
    """Coverage of all months and of Decembers, in percent, as the page has them."""
    row = re.search(rf"^\| {service} \|.*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    cells = row[0].split("|")
    return [float(cell.strip().removesuffix(" %").replace(",", ".")) for cell in cells[-3:-1]]


def test_the_series_are_of_whole_users_over_five_years(users):
    alarms = users("TA")
    assert len(alarms) == DISTRICTS
    assert (alarms[0].months[0], alarms[0].months[-1]) == ("2020-01", "2024-12")
    assert len(alarms[0].months) == 60
    # the published count of the city in November 2024, and what registers disagree on
    assert sum(one.values[-2] for one in alarms) == pytest.approx(11_500, rel=0.05)
    assert all(value == int(value) for one in alarms for value in one.values)


@pytest.mark.stats
@pytest.mark.parametrize("service", SERVICES)
def test_the_interval_covers_the_invented_municipalitys_users(users, service):
    found = backtest(users(service), origins=24)
    assert found.origins == 24 * DISTRICTS
    assert ACCEPTED[0] <= found.coverage <= ACCEPTED[1]
    # a month or two may fall on the other side of its limit on another machine
    assert [100 * found.coverage, 100 * found.year_end] == pytest.approx(written(service), abs=1)


def test_the_interval_covers_the_invented_municipalitys_users_in_short(users):
    tried = [one.until("2023-02") for service in SERVICES for one in users(service)[:2]]
    found = backtest(tried, origins=5)
    assert found.origins == 5 * len(tried)
    assert 0.65 <= found.coverage <= 0.95
