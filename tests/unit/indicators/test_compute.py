"""What is said of a figure beside its value, on a measure of each kind."""

from dataclasses import replace
from datetime import date

import ibis
import pyarrow as pa
import pytest
import visible

from vft.indicators import compute
from vft.indicators.concurrent_users import INDICATOR
from vft.indicators.definition import Kind, Measure
from vft.indicators.frame import framed

UNITS = """
code | name | level        | starts_on
0301 | Byen | municipality | 2020-01-01
"""
DEVICES = """
device_id | service
D1        | TA
D2        | DMS
"""
#: December is not over, and the data reaches back over the window from November on.
SAID = """
measure | month   | complete
new     | 2024-10 | no
new     | 2024-11 | yes
new     | 2024-12 | no
minutes | 2024-10 | no
minutes | 2024-11 | yes
share   | 2024-10 | yes
share   | 2024-11 | yes
share   | 2024-12 | no
median  | 2024-10 | yes
median  | 2024-12 | no
"""


def measure(code, kind, **parts):
    return Measure(code=code, title=code, meaning=code, at_month_end=False, kind=kind, **parts)


def indicator(**changes):
    """One with nothing to count."""
    nothing = pa.table(
        {
            **{name: pa.array([], pa.string()) for name in ("measure", "slice_kind", "slice")},
            **{name: pa.array([], pa.string()) for name in ("grouping", "unit", "geography")},
            "month": pa.array([], pa.string()),
            "value": pa.array([], pa.float64()),
        }
    )
    measures = (
        measure("new", Kind.COUNT),
        measure("minutes", Kind.AMOUNT, basis="new"),
        measure("share", Kind.SHARE, numerator="new", denominator="new"),
        measure("median", Kind.QUANTITY, basis="new"),
    )
    return replace(
        INDICATOR, measures=measures, compute=lambda _: ibis.memtable(nothing), **changes
    )


def figures(asked, **states):
    engine = visible.InMemory(visible.world(units=UNITS, devices=DEVICES))
    months = ["2024-10", "2024-11", "2024-12"]
    today = date(2024, 12, 20)
    frame = framed(engine, months=months, changed_on=[], today=today, settle=engine.settled)
    return engine.arrow(compute.figures(asked, frame, **states)).to_pylist()


@pytest.mark.parametrize(
    "row", visible.rows(SAID), ids=lambda row: f"{row['measure']} {row['month']}"
)
def test_counts_over_a_shortened_window_are_not_complete_and_shares_are(row):
    found = figures(indicator(), incomplete=["2024-12"], short=["2024-10"])
    said = {
        figure["complete"]
        for figure in found
        if (figure["measure"], figure["month"]) == (row["measure"], row["month"])
    }
    assert said == {row["complete"] == "yes"}


def test_a_technology_that_is_left_out_has_no_figure():
    services = {f["slice"] for f in figures(indicator()) if f["slice_kind"] == "service"}
    others = {
        f["slice"] for f in figures(indicator(leaves_out=("TA",))) if f["slice_kind"] == "service"
    }
    assert services - others == {"TA"}
    assert others


#: The source of «minutes» says nothing of October, and the other's nothing of November.
MISSING = """
measure | month   | state
new     | 2024-10 | value
new     | 2024-11 | missing
minutes | 2024-10 | missing
minutes | 2024-11 | value
share   | 2024-10 | undefined
share   | 2024-11 | missing
"""


@pytest.mark.parametrize(
    "row", visible.rows(MISSING), ids=lambda row: f"{row['measure']} {row['month']}"
)
def test_a_measure_is_missing_where_its_own_source_says_nothing(row):
    found = figures(indicator(), missing={"new": ["2024-11"], "minutes": ["2024-10"]})
    of_row = [f for f in found if (f["measure"], f["month"]) == (row["measure"], row["month"])]
    assert {f["state"] for f in of_row if f["slice"] == "TA"} == {row["state"]}


def test_a_figure_that_the_indicator_cannot_tell_is_missing_and_not_zero():
    told = pa.table(
        {
            "measure": ["new"],
            "slice_kind": ["service"],
            "slice": ["TA"],
            "grouping": ["municipality"],
            "unit": ["0301"],
            "geography": ["now"],
            "month": ["2024-11"],
            "value": pa.array([None], pa.float64()),
        }
    )
    found = figures(replace(indicator(), compute=lambda _: ibis.memtable(told)))
    states = {
        f["geography"]: (f["value"], f["state"])
        for f in found
        if (f["measure"], f["slice"], f["month"]) == ("new", "TA", "2024-11")
    }
    assert states == {"now": (None, "missing"), "then": (0, "value")}
