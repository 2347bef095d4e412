"""The invented municipality has the same figures on Spark as it has published from DuckDB."""

import pytest
from acceptance.installation import Installation
from on_spark import OnSpark

from vft.indicators import catalogue, compute
from vft.lake.lake import Lake
from vft.lake.on_duckdb import DuckDB
from vft.panel.horizon import horizon

KEY = ("measure", "slice_kind", "slice", "grouping", "unit", "geography", "month")

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
    assert figures
    on_spark = {indicator: {} for indicator in catalogue.all_indicators()}
    for row in figures:
        key = tuple(row[k] for k in KEY)
        on_spark[row["indicator"]][key] = (row["value"], row["state"], row["complete"])
    for indicator, found in on_spark.items():
        assert found == installation.figures(indicator=indicator), indicator
