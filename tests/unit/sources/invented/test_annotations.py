"""The known breaks that a municipality tells of are those that its data has."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from vft.sources.invented import scales
from vft.sources.invented.config import NEVER
from vft.sources.invented.exports import reference
from vft.sources.invented.registers import EXCHANGE_DAYS
from vft.sources.invented.world import build


def test_the_exchange_of_alarms_is_dated_when_it_was(tables):
    told = next(a for a in tables["annotations"] if a["service"] == "TA")
    assert told["ends_on"] - told["starts_on"] == timedelta(days=EXCHANGE_DAYS)
    installed = np.array(
        [a["starts_on"] for a in tables["device_assignments"] if a["device_id"].startswith("TA")]
    )
    within = (installed >= told["starts_on"]) & (installed < told["ends_on"])
    before = (installed >= told["starts_on"] - timedelta(days=EXCHANGE_DAYS)) & (
        installed < told["starts_on"]
    )
    assert within.sum() > 3 * before.sum()


def test_a_nation_has_no_municipality_s_breaks(tmp_path):
    assert scales.nation().exchange == NEVER
    world = build(scales.scaled(scales.small(), 0.1), tmp_path, seed=7)
    reference.write(replace(world, exchange=NEVER))
    assert (tmp_path / "enheter.csv").exists()
    assert not (tmp_path / "merknader.csv").exists()


@pytest.mark.parametrize("name", ["demo", "oslo"])
def test_oslo_s_exchange_began_in_september_2023(name):
    scale = scales.ALL[name]()
    assert scale.config.starts_on + timedelta(days=scale.exchange) == np.datetime64("2023-09-01")
