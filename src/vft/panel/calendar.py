"""The calendar as small tables to join with: dates cost nothing to look up, much to compute.

Weeks are cut at month ends, so that weeks and months both add up.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis

from vft.tables import period

if TYPE_CHECKING:
    import ibis.expr.types as ir

_SATURDAY = 5


def days(months: Sequence[str]) -> "ir.Table":
    """The days of months: ``(local_date, week, weekend)``."""
    import pyarrow as pa

    dates = [day for month in months for day in _days(month)]
    return ibis.memtable(
        pa.table(
            {
                "local_date": pa.array(dates, pa.date32()),
                "week": pa.array([period.week_start(day) for day in dates], pa.date32()),
                "weekend": pa.array([day.weekday() >= _SATURDAY for day in dates], pa.bool_()),
            }
        )
    )


def weeks(months: Sequence[str]) -> "ir.Table":
    """The weeks of months: ``(week, week_ends_on, month)``, half-open."""
    import pyarrow as pa

    starts = [day for month in months for day in _days(month) if period.week_start(day) == day]
    return ibis.memtable(
        pa.table(
            {
                "week": pa.array(starts, pa.date32()),
                "week_ends_on": pa.array([_week_end(day) for day in starts], pa.date32()),
                "month": pa.array([period.month_of(day) for day in starts], pa.string()),
            }
        )
    )


def month_ends(months: Sequence[str]) -> "ir.Table":
    """Months with the days that count: ``(month, month_starts_on, last_day)``."""
    import pyarrow as pa

    return ibis.memtable(
        pa.table(
            {
                "month": pa.array(months, pa.string()),
                "month_starts_on": pa.array([period.first_day(m) for m in months], pa.date32()),
                "last_day": pa.array([period.last_day(m) for m in months], pa.date32()),
            }
        )
    )


def _days(month: str) -> list[date]:
    first = period.first_day(month)
    return [first + timedelta(days=n) for n in range(period.last_day(month).day)]


def _week_end(week: date) -> date:
    sunday = week + timedelta(days=6 - week.weekday())
    return min(sunday, period.last_day(period.month_of(week))) + timedelta(days=1)


def shift(month: str, by: int) -> str:
    """The month that is so many months later, or earlier where ``by`` is negative."""
    count = int(month[:4]) * 12 + int(month[5:7]) - 1 + by
    return f"{count // 12:04d}-{count % 12 + 1:02d}"
