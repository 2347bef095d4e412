"""Visits before and after somebody begins with technology, as facts per recipient and start."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ibis

from vft.panel import calendar, intervals
from vft.panel.fact import Events, Fact, Rows, Spans
from vft.panel.spells import TABLES, service_spells
from vft.tables import services

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: Days without a technology after which she who gets it again is new to it.
NEW_AFTER_DAYS = 365
#: Four weeks before the start are held against four weeks after it, by days since the start.
BEFORE_DAYS = 28
AFTER = range(33, 61)
#: The day since the start on which it is known how it went.
JUDGED_DAY = AFTER[-1]
_REACH_MONTHS = 3
_START = ("recipient_id", "started_on")


def compute(rows: Rows, spans: "Sequence[ir.Table]", months: Sequence[str]) -> "ir.Table":
    """The starts that are judged in some months; see :data:`FACT`."""
    (seen,) = spans
    ends = calendar.month_ends(months)
    due = seen.mutate(judged_on=later(seen.started_on, JUDGED_DAY))
    due = due.join(
        ends, [due.judged_on >= ends.month_starts_on, due.judged_on <= ends.last_day]
    ).select(*_START, "month", "starts_on", "ends_on")
    steps = range(_REACH_MONTHS + 1)
    reach = sorted({calendar.shift(month, -step) for month in months for step in steps})
    visited = _visited(rows("visits", months=reach), due)
    sums = visited.drop(*_START).columns
    known = due.left_join(visited, list(_START))
    return known.select(*_START, "month", **{name: known[name].fill_null(0) for name in sums})


def _visited(visits: "ir.Table", due: "ir.Table") -> "ir.Table":
    done = visits.filter(visits.status == "executed")
    done = done.select("local_date", "minutes", who="recipient_id")
    near = due.join(
        done,
        [
            due.recipient_id == done.who,
            done.local_date >= due.starts_on,
            done.local_date < due.ends_on,
        ],
    )
    before = near.local_date < near.started_on
    after = near.local_date >= later(near.started_on, AFTER[0])
    timed = near.minutes.fill_null(0)
    return near.group_by(list(_START)).agg(
        visits_before=before.sum(),
        visits_after=after.sum(),
        minutes_before=timed.sum(where=before).fill_null(0),
        minutes_after=timed.sum(where=after).fill_null(0),
    )


def observed(rows: Rows) -> "ir.Table":
    """The days around each start that visits are counted in, from before it until it is judged.

    ``(recipient_id, started_on, starts_on, ends_on)``: the first day with both a valid vedtak and a
    device that works, of a technology that she had on none of the :data:`NEW_AFTER_DAYS` before.
    """
    spells = service_spells(rows)
    used = spells.filter(
        spells.service.isin(list(services.TECHNOLOGY)), spells.vedtak & spells.device
    )
    used = used.mutate(ends_on=later(used.ends_on, NEW_AFTER_DAYS - 1))
    courses = intervals.merge(used, by=["recipient_id", "service"])
    starts = courses.select("recipient_id", started_on="starts_on").distinct()
    return starts.mutate(
        starts_on=later(starts.started_on, -BEFORE_DAYS),
        ends_on=later(starts.started_on, JUDGED_DAY + 1),
    )


def later(day: Any, days: int) -> Any:
    """The day so many days after another, or before it where ``days`` is negative."""
    return (day + ibis.interval(days=days)).cast("date")


FACT = Fact(
    name="panel_starts",
    title="Besøk før og etter start",
    meaning="Executed visits of a recipient in four weeks before and after a start.",
    columns={
        "recipient_id": "the recipient",
        "started_on": "the first day with a technology that she was new to",
        "month": "the month of the day on which the start is judged",
        "visits_before": f"visits on the {BEFORE_DAYS} days before the start",
        "visits_after": f"visits on the days {AFTER[0]} to {AFTER[-1]} after it",
        "minutes_before": "registered minutes of visits_before",
        "minutes_after": "registered minutes of visits_after",
    },
    events=(Events(table="visits", look_back=_REACH_MONTHS),),
    spans=(Spans(tables=TABLES, by=_START, compute=observed),),
    compute=compute,
)
