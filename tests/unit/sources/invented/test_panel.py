"""The panel is one row a recipient and 28 days, with both outcomes."""

import numpy as np
import pytest

from vft.sources.invented.config import replication
from vft.sources.invented.model import simulate
from vft.sources.invented.panel import panel


@pytest.fixture(scope="module")
def table():
    return panel(simulate(replication(recipients=600), seed=4))


def test_one_row_a_recipient_and_period_from_entry_to_the_end(table):
    person, period = table["person"].to_numpy(), table["period"].to_numpy()

    assert len({*zip(person, period, strict=True)}) == table.num_rows
    assert set(period[np.flatnonzero(np.diff(person))]) == {51}


def test_minutes_are_missing_not_zero_when_nobody_is_at_home(table):
    home = table["days_home"].to_numpy()
    minutes = table["minutes"].is_null().to_numpy()

    assert np.array_equal(minutes, home == 0)
    assert (home == 0).any()


def test_days_at_home_in_the_nursing_home_and_dead_never_exceed_the_period(table):
    days = sum(table[name].to_numpy() for name in ("days_home", "days_institution", "days_dead"))

    assert days.max() == 28


def test_before_adoption_and_for_those_who_never_adopt_the_outcomes_agree(table):
    adopted, period = table["adopted"].to_numpy(), table["period"].to_numpy()
    observed = table["minutes"].to_numpy(zero_copy_only=False)
    untreated = table["minutes_untreated"].to_numpy(zero_copy_only=False)
    before = (adopted < 0) | (period < adopted)

    assert np.array_equal(observed[before], untreated[before], equal_nan=True)
    assert np.nanmean((observed - untreated)[~before]) < -50
