"""Count people month by month without a row for each person and month.

Months are numbered. A person who is counted from a month until another is one step up and one
step down; what is counted in a month is the sum of the steps so far. ``_HOME`` is where somebody
lives as ``geography.located`` gives it: counts are made there, and summed into every other place.
"""

from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators import geography
from vft.indicators.frame import Frame
from vft.panel import intervals
from vft.tables.period import first_day, months_between

if TYPE_CHECKING:
    import ibis.expr.types as ir

SLICE = ("slice_kind", "slice")
HOME = ("era", "then", "now")
_PERSON = ("recipient_id", *SLICE)
_MONTHS = 12


def at_month_ends(frame: Frame, spans: "ir.Table") -> "ir.Table":
    """Turn intervals of days into intervals of the months whose last day is in them."""
    return _numbered(frame, spans, spans.ends_on, beyond=0)


def within_months(frame: Frame, spans: "ir.Table") -> "ir.Table":
    """Turn intervals of days into intervals of the months that have a day in them."""
    return _numbered(frame, spans, spans.ends_on, beyond=(spans.ends_on.day() > 1).cast("int64"))


def on_one_day(
    frame: Frame, spans: "ir.Table", holds: "dict[str, ir.BooleanValue]"
) -> "list[ir.Table]":
    """Count persons that each of ``holds`` is true of, when a person has one home at a time.

    ``spans``: persons' intervals of months, by slice and home. Gives counts by place.
    """
    parts = {measure: spans.filter(true) for measure, true in holds.items()}
    laid = intervals.states(parts, by=[*_PERSON, *HOME])
    counted = _running(frame, laid, {measure: laid[measure] > 0 for measure in parts})
    return [_in_places(frame, counted, measure) for measure in parts]


def on_any_day(frame: Frame, spans: "ir.Table", measure: str) -> "list[ir.Table]":
    """Count persons, each once in every place, when she may have several homes in a month.

    ``spans``: as :func:`on_one_day`. Gives counts by place, to be added up; some are below zero.
    """
    lived = frame.settle(intervals.merge(spans, by=[*_PERSON, *HOME]))
    counted = _running(frame, lived, {measure: ibis.literal(True)})
    return [_in_places(frame, counted, measure), _counted_again(frame, lived, measure)]


def _numbered(frame: Frame, spans: "ir.Table", end: Any, *, beyond: Any) -> "ir.Table":
    first, last = (_number(first_day(frame.months[i])) for i in (0, -1))
    return spans.mutate(
        starts_on=ibis.greatest(_number(spans.starts_on), first),
        ends_on=ibis.least(_number(end) + beyond, last + 1),
    ).filter(ibis._.starts_on < ibis._.ends_on)


def _number(day: Any) -> Any:
    if isinstance(day, ibis.Expr):
        return day.year().cast("int64") * _MONTHS + day.month().cast("int64")
    return day.year * _MONTHS + day.month


def _months(frame: Frame) -> "ir.Table":
    """``(month, number, is_asked_for)``: the frame's months and those between them."""
    import pyarrow as pa

    months = months_between(frame.months[0], frame.months[-1])
    asked_for = set(frame.months)
    return ibis.memtable(
        pa.table(
            {
                "month": pa.array(months, pa.string()),
                "number": pa.array([_number(first_day(month)) for month in months], pa.int64()),
                "is_asked_for": pa.array([month in asked_for for month in months], pa.bool_()),
            }
        )
    )


def _running(frame: Frame, spans: "ir.Table", holds: "dict[str, ir.BooleanValue]") -> "ir.Table":
    """``(*SLICE, *HOME, month, *holds)``: how many intervals hold in each month, by home."""
    by = [*SLICE, *HOME]
    steps = ibis.union(
        *(
            spans.select(
                *by,
                number=day,
                **{name: ibis.ifelse(true, step, 0).cast("int64") for name, true in holds.items()},
            )
            for day, step in (("starts_on", 1), ("ends_on", -1))
        )
    )
    steps = steps.group_by([*by, "number"]).agg(**{name: steps[name].sum() for name in holds})
    steps = frame.settle(steps)
    every = steps.select(by).distinct().cross_join(_months(frame))
    dated = every.left_join(steps, [*by, "number"])
    so_far = ibis.cumulative_window(group_by=by, order_by="number")
    dated = dated.select(*by, "month", "number", "is_asked_for", *holds)
    counted = dated.select(
        *by,
        "month",
        "is_asked_for",
        **{name: dated[name].fill_null(0).sum().over(so_far).cast("int64") for name in holds},
    )
    return counted.filter(counted.is_asked_for)


def _in_places(frame: Frame, counted: "ir.Table", measure: str) -> "ir.Table":
    found = counted.filter(counted[measure] > 0)
    rows = found.select(*SLICE, *HOME, "month", value=measure)
    return _as_counts(_placed(frame, rows), measure)


def _counted_again(frame: Frame, lived: "ir.Table", measure: str) -> "ir.Table":
    """What to take away in places where two homes of one person in a month are the same place."""
    months = _months(frame).filter(ibis._.is_asked_for)
    several = intervals.states({"homes": lived}, by=_PERSON).filter(ibis._.homes > 1)
    several = several.select(*_PERSON, since="starts_on", until="ends_on")
    moved = several.join(
        months, [several.since <= months.number, several.until > months.number]
    ).select(*_PERSON, "month", "number")
    homes = moved.join(
        lived, [*_PERSON, lived.starts_on <= moved.number, lived.ends_on > moved.number]
    ).select(*_PERSON, *HOME, "month")
    placed = _placed(frame, homes)
    again = placed.group_by([*_PERSON, "month", "geography", "grouping", "unit"]).agg(
        value=1 - placed.count()
    )
    return _as_counts(again.filter(again["value"] < 0), measure)


def _placed(frame: Frame, rows: "ir.Table") -> "ir.Table":
    """Rows with a home, once for each place that it has, then and now."""
    kept = [column for column in rows.columns if column not in HOME]
    then = frame.places.select("grouping", "place", at="unit", in_era="era")
    now = geography.era_of(frame.today, frame.places).select("grouping", "place", at="unit")
    was = rows.join(then, [rows.era == then.in_era, rows["then"] == then["at"]])
    is_now = rows.join(now, [rows["now"] == now["at"]])
    return ibis.union(
        was.select(*kept, "grouping", unit="place", geography=ibis.literal(geography.THEN)),
        is_now.select(*kept, "grouping", unit="place", geography=ibis.literal(geography.NOW)),
    )


def _as_counts(placed: "ir.Table", measure: str) -> "ir.Table":
    key = [*SLICE, "geography", "grouping", "unit", "month"]
    counted = placed.group_by(key).agg(value=placed["value"].sum().cast("int64"))
    return counted.mutate(measure=ibis.literal(measure))
