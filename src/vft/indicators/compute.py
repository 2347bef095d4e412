"""From counts to figures: every unit, slice and month has a value, or the reason it has none."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

import ibis

from vft.indicators import catalogue, geography
from vft.indicators.definition import Indicator
from vft.indicators.frame import Frame
from vft.indicators.slices import slices
from vft.panel import calendar
from vft.panel.horizon import Horizon

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from vft.lake.engine import Engine

_KEY = ("measure", "slice_kind", "slice", "grouping", "unit", "geography", "month")


class State(StrEnum):
    """What a figure is. Zero is a value; suppression is decided later, by who looks."""

    VALUE = "value"
    MISSING = "missing"
    NOT_DOCUMENTED = "not_documented"


def setting(engine: "Engine", horizon: Horizon) -> Frame:
    """What figures of a state of the lake are computed within; today is the data's last day."""
    changes = engine.table("unit_successions").select("changed_on").distinct()
    return geography.framed(
        engine.table,
        months=horizon.months,
        changed_on=sorted(engine.arrow(changes).column("changed_on").to_pylist()),
        today=horizon.last_day,
        settle=lambda table: ibis.memtable(engine.arrow(table)),
    )


def counts(engine: "Engine", within: Frame) -> "ir.Table":  # noqa: ARG001 - asked as figures_of is
    """Counts above zero of every indicator, as one expression."""
    every = [indicator.compute(within) for indicator in catalogue.all_indicators().values()]
    return ibis.union(*every) if len(every) > 1 else every[0]


def figures(
    indicator: Indicator,
    frame: Frame,
    *,
    missing: Sequence[str] = (),
    incomplete: Sequence[str] = (),
) -> "ir.Table":
    """One figure for every unit, slice, measure and month.

    Gives ``(indicator, measure, slice_kind, slice, grouping, unit, geography, month, value, state,
    complete)``. ``value`` is zero where the data covers the month and nobody is counted; null with
    state ``missing`` in months that a needed source does not reach, and with ``not_documented`` in
    slices whose services are in no register at all. A unit that did not exist has no row.
    """
    wanted = _wanted(indicator, frame)
    counted = indicator.compute(frame)
    found = wanted.left_join(counted, _KEY).select(
        *(wanted[column] for column in _KEY),
        state=ibis.cases(
            (~wanted.documented, State.NOT_DOCUMENTED.value),
            (_is_in(wanted.month, missing), State.MISSING.value),
            else_=State.VALUE.value,
        ),
        counted=counted["value"].fill_null(0),
    )
    return found.select(
        *_KEY,
        "state",
        indicator=ibis.literal(indicator.id),
        value=ibis.ifelse(found.state == State.VALUE.value, found.counted, None),
        complete=~_is_in(found.month, incomplete),
    )


def figures_of(engine: "Engine", within: Frame, horizon: Horizon) -> "pa.Table":
    """Every indicator's figures, computed."""
    import pyarrow as pa

    incomplete = [month for month in within.months if not horizon.is_complete(month)]
    return pa.concat_tables(
        engine.arrow(
            figures(
                indicator,
                within,
                missing=horizon.unreached(indicator.needs),
                incomplete=incomplete,
            )
        )
        for indicator in catalogue.all_indicators().values()
    )


def _is_in(month: "ir.StringColumn", months: Sequence[str]) -> "ir.BooleanValue":
    return month.isin(list(months)) if months else ibis.literal(False)


def _wanted(indicator: Indicator, frame: Frame) -> "ir.Table":
    units = geography.existing(frame, calendar.month_ends(frame.months))
    measures = [
        (units.filter(units.at_month_end) if measure.at_month_end else units).mutate(
            measure=ibis.literal(measure.code)
        )
        for measure in indicator.measures
    ]
    return ibis.union(*measures).cross_join(_documented(frame))


def _documented(frame: Frame) -> "ir.Table":
    """``(slice_kind, slice, documented)``: whether any service of the slice is in a register."""
    vedtak, devices = frame.rows("vedtak"), frame.rows("devices")
    registered = ibis.union(vedtak.select("service"), devices.select("service"), distinct=True)
    registered = registered.select(known="service")
    sliced = slices(frame.rows)
    known = sliced.left_join(registered, [sliced.service == registered.known])
    return known.group_by("slice_kind", "slice").agg(documented=known.known.notnull().any())
