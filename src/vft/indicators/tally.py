"""Count people month by month without a row for each person and month.

Months are numbered. A person who is counted from a month until another is one step up and one
step down; what is counted in a month is the sum of the steps so far. Counts are made by home, the
number of where somebody lives (:func:`homes`), and summed into every place that the home is in.
"""

from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators import geography
from vft.indicators.frame import Frame
from vft.panel import intervals
from vft.tables.period import first_day, months_between

if TYPE_CHECKING:
    import ibis.expr.types as ir

LIVED = ("era", "then", "now")
_CELL = ("slice_id", "home")
_PERSON = ("recipient_id", "slice_id")
_MONTHS = 12


def homes(located: "ir.Table") -> "ir.Table":
    """``(home, era, then, now)``: a number for all that lived alike, then and now.

    ``located``: as ``geography.located`` gives it.
    """
    alike = located.select(*LIVED).distinct()
    return alike.mutate(home=ibis.row_number().over(ibis.window(order_by=list(LIVED))))


def places(frame: Frame, numbered: "ir.Table") -> "ir.Table":
    """``(home, geography, grouping, unit)``: every place of each of :func:`homes`."""
    then = frame.places.select("grouping", "place", at="unit", in_era="era")
    now = geography.era_of(frame.today, frame.places).select("grouping", "place", at="unit")
    was = numbered.join(then, [numbered.era == then.in_era, numbered["then"] == then["at"]])
    is_now = numbered.join(now, [numbered["now"] == now["at"]])
    return ibis.union(
        was.select("home", "grouping", unit="place", geography=ibis.literal(geography.THEN)),
        is_now.select("home", "grouping", unit="place", geography=ibis.literal(geography.NOW)),
    )


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

    ``spans``: persons' intervals of months, ``(recipient_id, slice_id, home, starts_on, ends_on)``
    and more. Gives ``(measure, slice_id, home, month, value)``.
    """
    parts = {measure: spans.filter(true) for measure, true in holds.items()}
    laid = intervals.states(parts, by=[*_PERSON, "home"])
    counted = _running(frame, laid, {measure: laid[measure] > 0 for measure in parts})
    return [_above_zero(counted, measure) for measure in parts]


def on_any_day(frame: Frame, spans: "ir.Table", measure: str) -> "tuple[ir.Table, ir.Table]":
    """Count persons when one may have several homes in a month, but one only once in a place.

    ``spans``: as :func:`on_one_day`. Gives first counts by home, as there; then months in which a
    person has several: ``(recipient_id, slice_id, home, month)``, for :func:`counted_again`.
    """
    lived = frame.settle(intervals.merge(spans, by=[*_PERSON, "home"]))
    counted = _running(frame, lived, {measure: ibis.literal(True)})
    return _above_zero(counted, measure), _with_several_homes(frame, lived)


def in_places(counted: "ir.Table", known: "ir.Table") -> "ir.Table":
    """Sum counts by home into places: ``(measure, slice_id, month, geography, …, value)``."""
    placed = counted.join(known, "home")
    key = ["measure", "slice_id", "month", "geography", "grouping", "unit"]
    return placed.group_by(key).agg(value=placed["value"].sum().cast("int64"))


def counted_again(several: "ir.Table", known: "ir.Table", measure: str) -> "ir.Table":
    """What to take away in places where homes of one person in a month are the same place.

    As :func:`in_places`, below zero. ``several``: from :func:`on_any_day`.
    """
    placed = several.join(known, "home")
    place = ["slice_id", "month", "geography", "grouping", "unit"]
    again = placed.group_by(["recipient_id", *place]).agg(value=1 - placed.count())
    again = again.filter(again["value"] < 0)
    summed = again.group_by(place).agg(value=again["value"].sum().cast("int64"))
    return summed.mutate(measure=ibis.literal(measure))


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
    """``(*_CELL, month, *holds)``: how many intervals hold in each month."""
    by = list(_CELL)
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


def _above_zero(counted: "ir.Table", measure: str) -> "ir.Table":
    found = counted.filter(counted[measure] > 0)
    return found.select(*_CELL, "month", measure=ibis.literal(measure), value=measure)


def _with_several_homes(frame: Frame, lived: "ir.Table") -> "ir.Table":
    homes_of = lived.group_by(_PERSON).agg(first=lived.home.min(), last=lived.home.max())
    moved = lived.semi_join(homes_of.filter(homes_of["first"] < homes_of["last"]), _PERSON)
    laid = intervals.states({"homes": moved}, by=_PERSON)
    several = laid.filter(laid.homes > 1).select(*_PERSON, since="starts_on", until="ends_on")
    months = _months(frame).filter(ibis._.is_asked_for)
    dated = several.join(
        months, [several.since <= months.number, several.until > months.number]
    ).select(*_PERSON, "month", "number")
    homes_then = dated.join(
        moved, [*_PERSON, moved.starts_on <= dated.number, moved.ends_on > dated.number]
    )
    return homes_then.select(*_PERSON, "home", "month")
