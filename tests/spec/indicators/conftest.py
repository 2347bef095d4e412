"""Every spec runs on each engine; Spark where it is asked for (``-m spark``)."""

from dataclasses import replace

import pytest
import visible
from on_spark import OnSpark

from vft.indicators import compute, concurrent_users
from vft.indicators.frame import ALWAYS, framed
from vft.lake.lake import Lake
from vft.lake.writing import writing
from vft.panel.facts import FACTS
from vft.tables import ALL, period

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

    def counted(
        tables, *, months, today, indicator=concurrent_users.INDICATOR, since=ALWAYS, **states
    ):
        tables = tables | _panel(tables)
        engine = visible.InMemory(tables)
        if request.param == "spark":
            engine = OnSpark(_stored(Lake(tmp_path_factory.mktemp("lake")), tables), tables)
        return _figures(engine, indicator, _frame(engine, tables, months, today, since), states)

    return counted


def _panel(tables):
    """The panel's facts of what the tables hold."""
    rows = visible.InMemory(tables)
    events = ("visits", "device_events", "responses")
    told = {month for name in events for month in tables[name]["month"].to_pylist()}
    months = period.months_between(min(told), max(told)) if told else ["2024-01"]
    return {fact.name: rows.arrow(fact.of(rows, months)) for fact in FACTS}


def _stored(lake, tables):
    with writing(lake, reason="spec") as change:
        for name, rows in tables.items():
            if rows.num_rows and name in ALL:
                change.append(name, rows)
    return lake


def _frame(engine, tables, months, today, since):
    changed_on = sorted(set(tables["unit_successions"]["changed_on"].to_pylist()))
    within = framed(
        engine, months=months, changed_on=changed_on, today=today, settle=engine.settled
    )
    return replace(within, since=since)


def _figures(engine, indicator, frame, states):
    expr = compute.figures(indicator, frame, **states)
    rows = engine.arrow(expr).to_pylist()
    return {tuple(row[k] for k in KEY): (_plain(row["value"]), row["state"]) for row in rows}


def _plain(value):
    """A whole number as tables write it."""
    return int(value) if value is not None and value.is_integer() else value
