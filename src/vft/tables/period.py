"""Calendar words that every layer shares: months, weeks cut at month ends, parts of the day.

Dates are local dates in Europe/Oslo; intervals are half-open ``[starts_on, ends_on)``.
A month is written ``2024-11``.
"""

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Europe/Oslo")
#: Sorts after every real date; stands for an interval that is still running.
OPEN_END = date(9999, 1, 1)
#: First minute of the local day of each part; the night runs on to 07:00 the next morning.
DAY_PARTS: dict[str, int] = {"day": 7 * 60, "evening": 15 * 60, "night": 22 * 60}

_YEAR = re.compile(r"(19|20|21)[0-9]{2}")
_MONTH = re.compile(rf"{_YEAR.pattern}-(0[1-9]|1[0-2])")


def is_year(text: str) -> bool:
    """Whether a text is a year, of those that statistics and forecasts are of."""
    return _YEAR.fullmatch(text) is not None


def is_month(text: str) -> bool:
    """Whether a text is a month of such a year: ``2024-11``."""
    return _MONTH.fullmatch(text) is not None


def month_of(day: date) -> str:
    """The month that a day belongs to."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """The first day of a month."""
    return date(int(month[:4]), int(month[5:7]), 1)


def next_month(month: str) -> str:
    """The month after."""
    return month_of(first_day(month) + timedelta(days=31))


def last_day(month: str) -> date:
    """The last day of a month: the day that month-end counts are taken."""
    return first_day(next_month(month)) - timedelta(days=1)


def months_between(first: str, last: str) -> list[str]:
    """All months from ``first`` to ``last``, both included; none if ``last`` is earlier."""
    months = []
    while first <= last:
        months.append(first)
        first = next_month(first)
    return months


def week_start(day: date) -> date:
    """Monday of the day's week, or the 1st if the month began after that Monday.

    Weeks so cut add up both to weeks and to months.
    """
    monday = day - timedelta(days=day.weekday())
    return max(monday, day.replace(day=1))
