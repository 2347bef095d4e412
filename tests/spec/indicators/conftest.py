"""Every spec runs on each engine; Spark where it is asked for (``-m spark``)."""

import pytest
import visible
from on_spark import OnSpark

from vft.indicators import compute, concurrent_users
from vft.indicators.frame import framed
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
        return _figures(OnSpark(lake), tables, months, today, states)

    return counted


def _stored(lake, tables):
    with writing(lake, reason="spec") as change:
        for name, rows in tables.items():
            if rows.num_rows:
                change.append(name, rows)
    return lake


def _figures(engine, tables, months, today, states):
    changed_on = sorted(set(tables["unit_successions"]["changed_on"].to_pylist()))
    frame = framed(engine, months=months, changed_on=changed_on, today=today, settle=engine.settled)
    expr = compute.figures(concurrent_users.INDICATOR, frame, **states)
    rows = engine.arrow(expr).to_pylist()
    return {tuple(row[k] for k in KEY): (_plain(row["value"]), row["state"]) for row in rows}


def _plain(value):
    """A whole number as tables write it."""
    return int(value) if value is not None and value.is_integer() else value
