"""The places that have figures of a month's end, also where nobody is counted.

Written from the definition of the indicator, not from vft's code, in plain Python: units are few.
"""

from collections.abc import Sequence
from datetime import date

from bench.places import Row, Town
from vft.tables import period

COLUMNS = ("month", "geography", "grouping", "unit")


def existing(
    rows: dict[str, list[Row]], months: Sequence[str], *, today: date
) -> list[tuple[str, ...]]:
    """(month, geography, grouping, unit): of then those of the month's last day, of now all."""
    town = Town(rows["units"], rows["groupings"], rows["unit_successions"])
    now = [("now", *place) for place in _places(town, today)]
    return [
        (month, *place)
        for month in months
        for place in [*(("then", *p) for p in _places(town, period.last_day(month))), *now]
    ]


def _places(town: Town, day: date) -> set[tuple[str, str]]:
    return {place for code in town.standing(day) for place in town.places(code, day)}
