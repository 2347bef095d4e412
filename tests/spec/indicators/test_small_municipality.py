"""The invented municipality has the same figures on Spark as it has published from DuckDB."""

import pytest
from acceptance.installation import Installation
from on_spark import OnSpark

from vft.indicators import compute
from vft.lake.engine import DuckDB
from vft.lake.lake import Lake
from vft.panel.horizon import horizon

pytestmark = [
    pytest.mark.spark,
    pytest.mark.timeout(1800),
    # Spark's Python side leaves the sockets of its answers for the collector to close
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    return Installation.of_small(tmp_path_factory, "exports")


def test_every_figure_is_the_same(installation):
    lake = Lake(installation.home / "lake")
    found = horizon(DuckDB(lake))
    engine = OnSpark(lake).engine
    figures = compute.figures_of(engine, compute.setting(engine, found), found).to_pylist()
    key = ("measure", "slice_kind", "slice", "grouping", "unit", "geography", "month")
    on_spark = {
        tuple(row[k] for k in key): (row["value"], row["state"], row["complete"]) for row in figures
    }
    assert on_spark == installation.figures()
