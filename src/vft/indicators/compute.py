"""From counts to figures: every unit, slice and month has a value, or the reason it has none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import ibis

from vft.indicators import catalogue, geography
from vft.indicators.definition import Indicator, Kind, Measure
from vft.indicators.frame import Frame, framed
from vft.indicators.slices import documented
from vft.panel import calendar
from vft.panel.horizon import Horizon
from vft.tables import period

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from vft.lake.engine import Engine

_PLACED = ("slice_kind", "slice", "grouping", "unit", "geography", "month")
_KEY = ("measure", *_PLACED)
#: Months, or for each measure months, that a source says nothing of.
Missing = Sequence[str] | Mapping[str, Sequence[str]]


class State(StrEnum):
    """What a figure is. Zero is a value; suppression is decided later, by who looks.

    UNDEFINED: there is nothing to compute it from, as for the share of nobody.
    """

    VALUE = "value"
    MISSING = "missing"
    NOT_DOCUMENTED = "not_documented"
    UNDEFINED = "undefined"


def setting(engine: "Engine", horizon: Horizon, *, months: Sequence[str] | None = None) -> Frame:
    """What figures of a state of the lake are computed within; today is the data's last day.

    ``months``: all that the data speaks of unless told.
    """
    changes = engine.table("unit_successions").select("changed_on").distinct()
    within = framed(
        engine.table,
        months=horizon.months if months is None else months,
        changed_on=sorted(engine.arrow(changes).column("changed_on").to_pylist()),
        today=horizon.last_day,
        settle=engine.settled,
    )
    return replace(within, since=period.first_day(horizon.first_month))


def counts(engine: "Engine", within: Frame) -> "ir.Table":  # noqa: ARG001 - asked as figures_of is
    """Counts above zero of every indicator, as one expression."""
    every = [indicator.compute(within) for indicator in catalogue.published().values()]
    return ibis.union(*every) if len(every) > 1 else every[0]


def figures(
    indicator: Indicator,
    frame: Frame,
    *,
    missing: Missing = (),
    incomplete: Sequence[str] = (),
    short: Sequence[str] = (),
) -> "ir.Table":
    """One figure for every unit, slice, measure and month.

    Gives ``(indicator, measure, slice_kind, slice, grouping, unit, geography, month, value, state,
    complete)``. ``value`` is zero where the data covers the month and nobody is counted; null with
    state ``missing`` in months that a needed source does not reach (``missing``, of all measures
    or of each) or where the indicator says so, with ``not_documented`` in slices whose services
    are in no register at all, and with ``undefined`` where there is nothing to compute it from. A
    unit that did not exist has no row. In ``short`` months the data does not reach back over the
    indicator's window: counts are not complete, while shares and the like are, of fewer.
    """
    computed = frame.settle(_computed(indicator, frame, missing=missing))
    derived = (_derived(m, computed) for m in indicator.measures if m.is_derived)
    found = ibis.union(computed, *derived)
    return found.select(
        *_KEY,
        "state",
        "value",
        indicator=ibis.literal(indicator.id),
        complete=~(
            _is_in(found.month, incomplete)
            | (_is_in(found.month, short) & found.measure.isin(_added_up(indicator)))
        ),
    )


def figures_of(engine: "Engine", within: Frame, horizon: Horizon) -> "pa.Table":
    """Every indicator's figures, computed."""
    import pyarrow as pa

    return pa.concat_tables(
        engine.arrows(
            _figures_within(indicator, within, horizon)
            for indicator in catalogue.published().values()
        )
    )


def _figures_within(indicator: Indicator, within: Frame, horizon: Horizon) -> "ir.Table":
    """An indicator's figures, those marked that the data does not reach."""
    return figures(
        indicator,
        within,
        missing={
            measure.code: horizon.unreached(
                (*indicator.needs, *measure.needs), history=indicator.history
            )
            for measure in indicator.measures
        },
        incomplete=[
            month
            for month in within.months
            if not horizon.is_complete(month, settles_after=indicator.settles_after)
        ],
        short=[
            month
            for month in within.months
            if not horizon.is_whole(month, window=indicator.window, history=indicator.history)
        ],
    )


def _added_up(indicator: Indicator) -> list[str]:
    adding = {Kind.COUNT, Kind.AMOUNT}
    return [measure.code for measure in indicator.measures if measure.kind in adding]


def _computed(indicator: Indicator, frame: Frame, *, missing: Missing) -> "ir.Table":
    """``(*_KEY, value, state)`` of all measures but those that are derived from two others."""
    wanted = _wanted(indicator, frame)
    counted = indicator.compute(frame)
    counted = counted.select(*_KEY, counted=counted["value"].cast("float64"), told=True)
    found = wanted.left_join(counted, _KEY).select(
        *(wanted[column] for column in _KEY),
        wanted.nothing,
        reason=ibis.cases(
            (~wanted.documented, State.NOT_DOCUMENTED.value),
            (_is_missing(wanted, missing), State.MISSING.value),
            (counted.told & counted.counted.isnull(), State.MISSING.value),
            else_=State.VALUE.value,
        ),
        counted=counted.counted,
    )
    value = ibis.ifelse(
        found.reason == State.VALUE.value, ibis.coalesce(found.counted, found.nothing), None
    )
    unknown = (found.reason == State.VALUE.value) & value.isnull()
    return found.select(
        *_KEY, value=value, state=ibis.ifelse(unknown, State.UNDEFINED.value, found.reason)
    )


def _derived(measure: Measure, computed: "ir.Table") -> "ir.Table":
    """A share or rate: a measure over another, where both have a value and the other is not 0."""
    over = computed.filter(computed.measure == measure.numerator)
    under = computed.filter(computed.measure == measure.denominator)
    under = under.select(*_PLACED, divisor="value", state_under="state")
    both = over.join(under, list(_PLACED))
    both = both.select(*_PLACED, "value", "state", "divisor", "state_under")
    value = ibis.ifelse(both.divisor != 0, both["value"] / both.divisor * measure.per, None)
    reason = ibis.ifelse(both.state == State.VALUE.value, both.state_under, both.state)
    unknown = (reason == State.VALUE.value) & value.isnull()
    return both.select(
        *_PLACED,
        measure=ibis.literal(measure.code),
        value=value,
        state=ibis.ifelse(unknown, State.UNDEFINED.value, reason),
    ).select(*_KEY, "value", "state")


def _is_missing(figures: "ir.Table", missing: Missing) -> "ir.BooleanValue":
    if not isinstance(missing, Mapping):
        return _is_in(figures.month, missing)
    of_measure = (
        (figures.measure == measure) & _is_in(figures.month, months)
        for measure, months in missing.items()
        if months
    )
    return reduce(or_, of_measure, ibis.literal(False))


def _is_in(month: "ir.StringColumn", months: Sequence[str]) -> "ir.BooleanValue":
    return month.isin(list(months)) if months else ibis.literal(False)


def _wanted(indicator: Indicator, frame: Frame) -> "ir.Table":
    """``(*_KEY, documented, nothing)``; ``nothing``: what a figure is when nothing is found."""
    units = frame.shared(
        "units", lambda: geography.existing(frame, calendar.month_ends(frame.months))
    )
    measures = [
        (units.filter(units.at_month_end) if measure.at_month_end else units).mutate(
            measure=ibis.literal(measure.code),
            nothing=ibis.literal(None if measure.kind is Kind.QUANTITY else 0.0, "float64"),
        )
        for measure in indicator.measures
        if not measure.is_derived
    ]
    return ibis.union(*measures).cross_join(
        documented(frame.rows, indicator.slice_kinds, left_out=indicator.leaves_out)
    )
