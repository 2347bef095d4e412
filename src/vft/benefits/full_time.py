"""Hours in full-time equivalents (årsverk)."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vft.errors import VftError
from vft.tables.norwegian import plain

#: Rotating shifts: 35.5 hours a week in 47 weeks.
HOURS_PER_FTE = 1668.5


@dataclass(frozen=True, kw_only=True)
class FullTime:
    """One definition of an årsverk: its hours, and where it is from."""

    hours: float
    title: str
    origin: str


@cache
def definitions() -> tuple[FullTime, ...]:
    """The definitions that are in use, the usual one first (``data/full_time.csv``)."""
    text = (files("vft.benefits") / "data" / "full_time.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return tuple(
        FullTime(hours=float(row["hours"]), title=row["title"], origin=row["origin"])
        for row in rows
    )


def full_time_equivalents(
    hours: float | None, *, hours_per_fte: float = HOURS_PER_FTE
) -> float | None:
    """Årsverk in so many hours a year; None where the hours are not documented.

    Raises:
        VftError: an årsverk of no hours.
    """
    if hours_per_fte <= 0:
        raise VftError(
            f"Et årsverk kan ikke ha {plain(hours_per_fte)} timer: timetallet må være over 0."
        )
    return None if hours is None else hours / hours_per_fte
