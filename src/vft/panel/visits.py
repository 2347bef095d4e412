"""Visits as facts per recipient, week and part of the day."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ibis

from vft.panel import calendar
from vft.panel.fact import Events, Fact, Rows, Spans
from vft.panel.homes import TABLES as HOME_TABLES
from vft.panel.homes import homes
from vft.tables.period import DAY_PARTS, OPEN_END

if TYPE_CHECKING:
    import ibis.expr.types as ir


def compute(rows: Rows, spans: "Sequence[ir.Table]", months: Sequence[str]) -> "ir.Table":
    """All visits of some months; see :data:`FACT`."""
    (lived,) = spans
    weekly = weekly_visits(rows("visits", months=months), calendar.days(months))
    placed = at_home(weekly.join(calendar.weeks(months), "week"), lived)
    return placed.select(*FACT.columns)


def weekly_visits(visits: "ir.Table", days: "ir.Table") -> "ir.Table":
    """Add visits up to weeks. Sums stay null where nobody registered a value."""
    visits = visits.join(days, "local_date")
    executed = visits.status == "executed"
    at_weekend = executed & visits.weekend
    counted = visits.group_by(
        recipient_id=visits.recipient_id,
        week=visits.week,
        day_part=day_part(visits.local_minute),
    ).agg(
        visits=visits.count(where=executed),
        minutes=visits.minutes.sum(where=executed).cast("int64"),
        weekend_visits=visits.count(where=at_weekend),
        weekend_minutes=visits.minutes.sum(where=at_weekend).cast("int64"),
        planned_minutes=visits.planned_minutes.sum().cast("int64"),
        travel_minutes=visits.travel_minutes.sum().cast("int64"),
        unplanned=visits.count(where=executed & (visits.planned == ibis.literal(False))),
        cancelled=visits.count(where=visits.status == "cancelled"),
        not_home=visits.count(where=visits.status == "not_home"),
        without_minutes=visits.count(where=executed & visits.minutes.isnull()),
    )
    return counted.mutate(
        minutes=ibis.ifelse(counted.visits == 0, 0, counted.minutes),
        weekend_minutes=ibis.ifelse(counted.weekend_visits == 0, 0, counted.weekend_minutes),
    )


def at_home(weekly: "ir.Table", lived: "ir.Table") -> "ir.Table":
    """Add ``unit``: where the recipient lived last in the week, null where that is unknown."""
    of_recipient = ibis.window(group_by="recipient_id", order_by="starts_on")
    followed_on = lived.starts_on.lead().over(of_recipient).fill_null(ibis.literal(OPEN_END))
    lived = lived.mutate(followed_on=followed_on)
    return weekly.left_join(
        lived,
        [
            "recipient_id",
            lived.starts_on < weekly.week_ends_on,
            lived.ends_on > weekly.week,
            lived.followed_on >= weekly.week_ends_on,
        ],
    )


def day_part(minute: Any) -> Any:
    """The part of the day that a local minute belongs to; the night runs past midnight."""
    begins = sorted(((at, part) for part, at in DAY_PARTS.items()), reverse=True)
    return ibis.cases(*((minute >= at, part) for at, part in begins), else_=begins[0][1])


FACT = Fact(
    name="panel_visits",
    title="Besøk per uke",
    meaning="Visits of a recipient in a week, cut at month ends, by part of the day.",
    columns={
        "recipient_id": "the recipient",
        "week": "first day of the week: Monday, or the 1st",
        "month": "the month that the week belongs to",
        "day_part": "day, evening or night, by the local start",
        "unit": "the finest unit where she lived last in the week; null: unknown",
        "visits": "executed visits",
        "minutes": "executed minutes with the recipient; null: none was registered",
        "weekend_visits": "those of visits that were on a Saturday or Sunday",
        "weekend_minutes": "minutes of weekend_visits; null: none was registered",
        "planned_minutes": "planned minutes of all visits, executed or not; null: none registered",
        "travel_minutes": "travel minutes of all visits; null: none registered",
        "unplanned": "executed visits that were not planned",
        "cancelled": "visits that were cancelled",
        "not_home": "visits on which the recipient was not at home",
        "without_minutes": "executed visits without registered minutes",
    },
    events=(Events(table="visits"),),
    spans=(Spans(tables=HOME_TABLES, by=("recipient_id", "unit"), compute=homes),),
    compute=compute,
)
