"""The calendar as expressions: weeks cut at month ends, so that weeks and months both add up."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import ibis

from vft.tables import period

if TYPE_CHECKING:
    import ibis.expr.types as ir


def week_of(day: Any) -> Any:
    """The first day of a day's week: Monday, or the 1st where the month began after that."""
    return ibis.greatest(day.truncate("W"), day.truncate("M"))


def weeks(months: Sequence[str]) -> "ir.Table":
    """The weeks of months: ``(week, week_ends_on, month)``, half-open."""
    import pyarrow as pa

    starts = [day for month in months for day in _week_starts(month)]
    ends = [_week_end(day) for day in starts]
    return ibis.memtable(
        pa.table(
            {
                "week": pa.array(starts, pa.date32()),
                "week_ends_on": pa.array(ends, pa.date32()),
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


def _week_starts(month: str) -> list[date]:
    last = period.last_day(month)
    days = (period.first_day(month) + timedelta(days=n) for n in range(last.day))
    return [day for day in days if period.week_start(day) == day]


def _week_end(week: date) -> date:
    sunday = week + timedelta(days=6 - week.weekday())
    return min(sunday, period.last_day(period.month_of(week))) + timedelta(days=1)


def shift(month: str, by: int) -> str:
    """The month that is so many months later, or earlier where ``by`` is negative."""
    count = int(month[:4]) * 12 + int(month[5:7]) - 1 + by
    return f"{count // 12:04d}-{count % 12 + 1:02d}"
