"""Every spec runs on each engine; Spark where it is asked for (``-m spark``)."""

import pytest
import visible

from vft.indicators import compute, concurrent_users, geography
from vft.lake.engine import Spark
from vft.lake.lake import Lake
from vft.lake.writing import writing

KEY = ("geography", "grouping", "unit", "month", "slice_kind", "slice", "measure")


@pytest.fixture(
    scope="module",
    params=[
        "duckdb",
        pytest.param(
            "spark",
            marks=[
                pytest.mark.spark,
                pytest.mark.timeout(1200),
                # Spark's Python side leaves the sockets of its answers for the collector to close
                pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
                pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
            ],
        ),
    ],
)
def figures_of(request, tmp_path_factory):
    """Takes tables, months and today; gives figures as a dictionary of (value, state)."""

    def counted(tables, *, months, today, **states):
        if request.param == "duckdb":
            return _figures(visible.InMemory(tables), tables, months, today, states)
        lake = _stored(Lake(tmp_path_factory.mktemp("lake")), tables)
        return _figures(_OnSpark(lake), tables, months, today, states)

    return counted


class _OnSpark:
    """A lake on Spark, asked as the tables in memory are."""

    def __init__(self, lake):
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]")
        settings = {
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": "2g",
            # a handful of rows: planning is all the work there is
            "spark.sql.adaptive.enabled": "false",
            "spark.sql.codegen.wholeStage": "false",
        }
        for name, value in settings.items():
            builder = builder.config(name, value)
        self.engine = Spark(lake, session=builder.getOrCreate())

    def __call__(self, name, *, months=None):
        return self.engine.table(name, months=months)

    def settled(self, expr):
        import ibis

        return ibis.memtable(self.engine.arrow(expr))

    def arrow(self, expr):
        return self.engine.arrow(expr)


def _stored(lake, tables):
    with writing(lake, reason="spec") as change:
        for name, rows in tables.items():
            if rows.num_rows:
                change.append(name, rows)
    return lake


def _figures(engine, tables, months, today, states):
    changed_on = sorted(set(tables["unit_successions"]["changed_on"].to_pylist()))
    frame = geography.framed(
        engine, months=months, changed_on=changed_on, today=today, settle=engine.settled
    )
    expr = compute.figures(concurrent_users.INDICATOR, frame, **states)
    rows = engine.arrow(expr).to_pylist()
    return {tuple(row[k] for k in KEY): (row["value"], row["state"]) for row in rows}
