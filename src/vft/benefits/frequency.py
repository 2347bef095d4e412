"""How often something happens, as times a year."""

from typing import Literal

Period = Literal["day", "night", "week", "14_days", "30_days", "month", "year"]
DaysPerYear = Literal[365, 360]

#: Days in one period; months and years are told otherwise.
_DAYS: dict[str, int] = {"day": 1, "night": 1, "week": 7, "14_days": 14, "30_days": 30}
_TIMES: dict[str, int] = {"month": 12, "year": 1}


def times_a_year(per: Period, *, days_per_year: int = 365) -> float:
    """How many such periods a year has: its days over the period's days, and 12 months."""
    return float(_TIMES[per]) if per in _TIMES else days_per_year / _DAYS[per]
