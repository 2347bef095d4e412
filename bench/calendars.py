"""The weeks of months, cut at month ends: every peer is given the same small table."""

from collections.abc import Iterable
from datetime import date, timedelta

from vft.tables import period


def weeks(months: Iterable[str]) -> list[tuple[date, date, str]]:
    """``(week, week_ends_on, month)``, half-open, in order."""
    found = []
    for month in months:
        last = period.last_day(month)
        days = [period.first_day(month) + timedelta(days=n) for n in range(last.day)]
        starts = [day for day in days if period.week_start(day) == day]
        ends = [*starts[1:], last + timedelta(days=1)]
        found += [(start, end, month) for start, end in zip(starts, ends, strict=True)]
    return found


def shift(month: str, by: int) -> str:
    """The month so many months later, or earlier where ``by`` is negative."""
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
