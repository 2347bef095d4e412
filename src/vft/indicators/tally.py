"""Count people month by month without a row for each person and month.

Months are numbered. A person who is counted from a month until another is one step up and one
step down; what is counted in a month is the sum of the steps so far. Counts are made by home, the
number of where somebody lives (``Frame.lived``), and summed into every place that the home is in.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators.frame import Frame
from vft.indicators.living import NOBODYS
from vft.panel import calendar, intervals
from vft.tables.period import first_day, months_between

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: What a place is.
PLACE = ("geography", "grouping", "unit")
#: What the rows behind a count say (``Indicator.behind``). Those that cost also say ``ore``.
BEHIND = ("measure", "slice_kind", "slice", "home", "month", "recipient_id", "thing", "detail")
_CELL = ("slice_id", "home")
_PERSON = ("recipient_id", "slice_id")
_MONTHS = 12


def at_home(frame: Frame, rows: "ir.Table", *, day: str) -> "ir.Table":
    """Add ``home``: where the recipient lived on a day that a column names."""
    lived = frame.lived.select("home", who="recipient_id", since="starts_on", until="ends_on")
    on = rows[day]
    placed = rows.left_join(
        lived, [rows.recipient_id == lived.who, lived.since <= on, lived.until > on]
    )
    return placed.select(*rows.columns, home=placed.home.fill_null(NOBODYS))


def within_homes(frame: Frame, spans: "ir.Table") -> "ir.Table":
    """Cut intervals of days where a recipient moved or the organisation changed. Adds ``home``."""
    homes = frame.lived.select("home", who="recipient_id", since="starts_on", until="ends_on")
    within = spans.join(
        homes,
        [
            spans.recipient_id == homes.who,
            spans.starts_on < homes.until,
            spans.ends_on > homes.since,
        ],
    )
    # a step of its own: Ibis cannot join on what a join computes
    within = within.select(*spans.columns, "home", "since", "until")
    cut = within.mutate(
        starts_on=ibis.greatest(within.starts_on, within.since),
        ends_on=ibis.least(within.ends_on, within.until),
    )
    return cut.drop("since", "until")


def at_month_ends(frame: Frame, spans: "ir.Table") -> "ir.Table":
    """Turn intervals of days into intervals of the months whose last day is in them."""
    return asked_for(frame, by_month_ends(spans))


def by_month_ends(spans: "ir.Table") -> "ir.Table":
    """As :func:`at_month_ends`, of all months there are."""
    numbered = spans.mutate(starts_on=_number(spans.starts_on), ends_on=_number(spans.ends_on))
    return numbered.filter(numbered.starts_on < numbered.ends_on)


def within_months(frame: Frame, spans: "ir.Table") -> "ir.Table":
    """Turn intervals of days into intervals of the months that have a day in them."""
    beyond = (spans.ends_on.day() > 1).cast("int64")
    numbered = spans.mutate(
        starts_on=_number(spans.starts_on), ends_on=_number(spans.ends_on) + beyond
    )
    return asked_for(frame, numbered)


def asked_for(frame: Frame, spans: "ir.Table") -> "ir.Table":
    """What intervals of months have within the frame's months."""
    first, last = (_number(first_day(frame.months[i])) for i in (0, -1))
    return spans.mutate(
        starts_on=ibis.greatest(spans.starts_on, first),
        ends_on=ibis.least(spans.ends_on, last + 1),
    ).filter(ibis._.starts_on < ibis._.ends_on)


def in_month(frame: Frame, found: "ir.Table", *, number: str) -> "ir.Table":
    """The rows of the frame's months, by a column with a month's number: adds ``month``."""
    months = _months(frame).filter(ibis._.is_asked_for).select("month", its_number="number")
    dated = found.join(months, found[number] == months.its_number)
    return dated.select(*found.columns, "month")


def each_month(frame: Frame, spans: "ir.Table") -> "ir.Table":
    """A row for every month of intervals of months: adds ``month``. For the rows behind a figure.

    It grows with the months: figures of many are counted by :func:`on_one_day`.
    """
    months = _months(frame).filter(ibis._.is_asked_for).select("month", "number")
    held = spans.join(months, [spans.starts_on <= months.number, spans.ends_on > months.number])
    return held.select(*spans.columns, "month")


def on_one_day(
    frame: Frame,
    spans: "ir.Table",
    holds: "dict[str, ir.BooleanValue]",
    *,
    also: Sequence[str] = (),
) -> "list[ir.Table]":
    """Count persons that each of ``holds`` is true of, when a person has one home at a time.

    ``spans``: persons' intervals of months, ``(recipient_id, slice_id, home, starts_on, ends_on)``
    and more. Gives ``(measure, slice_id, home, *also, month, value)``; ``also``: what else persons
    are told apart by, one value at a time.
    """
    parts = {measure: spans.filter(true) for measure, true in holds.items()}
    laid = intervals.states(parts, by=[*_PERSON, "home", *also])
    amounts = {measure: _one(laid[measure] > 0) for measure in parts}
    counted = _running(frame, laid, amounts, by=(*_CELL, *also))
    return [_above_zero(counted, measure, by=(*_CELL, *also)) for measure in parts]


def on_any_day(frame: Frame, spans: "ir.Table", measure: str) -> "tuple[ir.Table, ir.Table]":
    """Count persons when one may have several homes in a month, but one only once in a place.

    ``spans``: as :func:`on_one_day`. Gives first counts by home, as there; then months in which a
    person has several: ``(recipient_id, slice_id, home, month)``, for :func:`counted_again`.
    """
    lived = frame.settle(intervals.merge(spans, by=[*_PERSON, "home"]))
    counted = _running(frame, lived, {measure: _one(ibis.literal(True))})
    return _above_zero(counted, measure), _with_several_homes(frame, lived)


def cases(
    frame: Frame, found: "ir.Table", amounts: "dict[str, Any]", *, day: str, window: int = 1
) -> "ir.Table":
    """Sum whole numbers of cases over the months of a window that ends with each month.

    ``found``: a row a case, ``(slice_id, home, …)`` and the day it counts from. ``amounts``:
    measure → how much each case is, a condition counting one. Gives ``(measure, slice_id, home,
    month, value)`` where that is not zero.
    """
    first, last = (_number(first_day(frame.months[i])) for i in (0, -1))
    number = _number(found[day])
    spans = found.mutate(starts_on=number, ends_on=number + window)
    spans = spans.filter(spans.starts_on <= last, spans.ends_on > first)
    spans = spans.mutate(starts_on=ibis.greatest(spans.starts_on, first))
    return held(frame, spans, {name: amount(spans) for name, amount in amounts.items()})


def held(frame: Frame, spans: "ir.Table", amounts: "dict[str, Any]") -> "ir.Table":
    """Sum whole numbers of intervals of months, ``(slice_id, home, …)``, over each month.

    ``amounts``: measure → how much each interval is. Gives as :func:`cases`.
    """
    counted = _running(frame, spans, amounts)
    return ibis.union(*(_above_zero(counted, measure) for measure in amounts))


def over_window(frame: Frame, found: "ir.Table", *, day: str, window: int) -> "ir.Table":
    """Each case once for every month of a window that ends with it: adds ``month``, ``last_day``.

    What is known of a case may differ from month to month; where it does not, use :func:`cases`.
    """
    months = _months(frame).filter(ibis._.is_asked_for)
    number = _number(found[day])
    dated = found.mutate(first=number, beyond=number + window)
    dated = dated.join(months, [dated["first"] <= months.number, dated.beyond > months.number])
    ends = calendar.month_ends(frame.months).select("month", "last_day")
    return dated.select(*found.columns, "month").join(ends, "month")


def in_places(frame: Frame, counted: "ir.Table") -> "ir.Table":
    """Sum counts by home into places: ``(measure, slice_id, month, geography, …, value)``."""
    placed = counted.join(frame.in_home.select("home", "place"), "home")
    summed = placed.group_by(["measure", "slice_id", "month", "place"]).agg(
        value=placed["value"].sum()
    )
    return of_places(frame, summed)


def of_places(frame: Frame, numbered: "ir.Table") -> "ir.Table":
    """Give places their names for their number, by which many rows are summed faster."""
    names = frame.shared("names", lambda: frame.in_home.select("place", *PLACE).distinct())
    return numbered.join(names, "place").select(
        *(name for name in numbered.columns if name != "place"), *PLACE
    )


def named(counted: "ir.Table", sliced: "ir.Table") -> "ir.Table":
    """Give slices their kind and code for their number: what ``Indicator.compute`` gives."""
    known = sliced.select("slice_id", "slice_kind", "slice").distinct()
    return counted.join(known, "slice_id").select(
        "measure", "slice_kind", "slice", *PLACE, "month", "value"
    )


def counted_again(frame: Frame, several: "ir.Table", measure: str) -> "ir.Table":
    """What to take away in places where homes of one person in a month are the same place.

    As :func:`in_places`, below zero. ``several``: from :func:`on_any_day`.
    """
    placed = several.join(frame.in_home, "home")
    place = ["slice_id", "month", *PLACE]
    again = placed.group_by(["recipient_id", *place]).agg(value=1 - placed.count())
    again = again.filter(again["value"] < 0)
    summed = again.group_by(place).agg(value=again["value"].sum().cast("float64"))
    return summed.mutate(measure=ibis.literal(measure))


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


def _one(holds: "ir.BooleanValue") -> "ir.IntegerValue":
    return ibis.ifelse(holds, 1, 0).cast("int64")


def _running(
    frame: Frame, spans: "ir.Table", amounts: "dict[str, Any]", *, by: Sequence[str] = _CELL
) -> "ir.Table":
    """``(*by, month, *amounts)``: the sum of the intervals that hold in each month."""
    by = list(by)
    steps = ibis.union(
        *(
            spans.select(
                *by, number=day, **{name: amount * step for name, amount in amounts.items()}
            )
            for day, step in (("starts_on", 1), ("ends_on", -1))
        )
    )
    steps = steps.group_by([*by, "number"]).agg(**{name: steps[name].sum() for name in amounts})
    steps = frame.settle(steps)
    every = steps.select(by).distinct().cross_join(_months(frame))
    dated = every.left_join(steps, [*by, "number"])
    so_far = ibis.cumulative_window(group_by=by, order_by="number")
    dated = dated.select(*by, "month", "number", "is_asked_for", *amounts)
    counted = dated.select(
        *by,
        "month",
        "is_asked_for",
        **{name: dated[name].fill_null(0).sum().over(so_far) for name in amounts},
    )
    return counted.filter(counted.is_asked_for)


def _above_zero(counted: "ir.Table", measure: str, *, by: Sequence[str] = _CELL) -> "ir.Table":
    found = counted.filter(counted[measure] != 0)
    value = found[measure].cast("float64")
    return found.select(*by, "month", measure=ibis.literal(measure), value=value)


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
