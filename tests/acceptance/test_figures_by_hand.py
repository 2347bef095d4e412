"""Every published figure of the invented municipality is what counting by hand gives."""

import pytest
from acceptance import brute_force
from acceptance.installation import Installation

from vft.lake.engine import DuckDB
from vft.lake.lake import Lake
from vft.panel.horizon import horizon

READ = (
    "vedtak",
    "vedtak_pauses",
    "devices",
    "device_assignments",
    "device_downtimes",
    "recipients",
    "residences",
    "units",
    "unit_successions",
    "groupings",
    "reporting_groups",
)


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """The small municipality, with its corrections."""
    return Installation.of_small(tmp_path_factory, "exports", "corrections")


def test_every_unit_grouping_service_group_and_month(installation):
    published = {key: value for key, (value, *_) in installation.figures().items()}
    months = sorted({key[6] for key in published})
    engine = DuckDB(Lake(installation.home / "lake"))
    rows = {name: engine.arrow(engine.table(name)).to_pylist() for name in READ}
    by_hand = brute_force.figures(rows, months, today=horizon(engine).last_day)
    engine.close()
    assert len(by_hand) > 10_000
    assert published == by_hand
