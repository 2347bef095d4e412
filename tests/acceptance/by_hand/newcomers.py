"""Who is new in home care, counted by hand: one person and one day at a time."""

from collections import Counter
from datetime import date, timedelta

from acceptance.brute_force import days_of, holds

HOME_CARE = ("HN", "PH")
DAY = timedelta(days=1)
YEAR, AT_ONCE = 365, 28


def first_known(months):
    """The first day on which somebody can be known to be new."""
    return days_of(months[0])[0] + DAY * YEAR


def newcomers(world, *, since, until):
    """(person, day) of everybody's first days of home care after a year without."""
    return [
        (person, day)
        for person, spans in _home_care(world).items()
        for day in sorted({begins for begins, _ in spans})
        if since <= day <= until
        and not any(begins < day and ends > day - DAY * YEAR for begins, ends in spans)
    ]


def _home_care(world):
    """Person → intervals of days with a vedtak that is not paused, while she is here."""
    found = {}
    for row in world.rows["vedtak"]:
        if row["service"] in HOME_CARE and row["status"] == "granted":
            begins = {row["starts_on"], *(p["ends_on"] for p in world.pauses[row["vedtak_id"]])}
            ends = {row["ends_on"], *(p["starts_on"] for p in world.pauses[row["vedtak_id"]])}
            for person in world.people[row["recipient_id"]]:
                ends |= {person["died_on"], person["moved_out_on"]}
            for day in begins - {None}:
                if _valid(world, row, day):
                    last = min((e for e in ends - {None} if e > day), default=date.max)
                    found.setdefault(row["recipient_id"], []).append((day, last))
    return found


def _valid(world, row, day):
    paused = any(holds(pause, day) for pause in world.pauses[row["vedtak_id"]])
    return holds(row, day) and not paused and world.is_here(row["recipient_id"], day)


def over_a_year(world, months, cases):
    """(…, place, month) → cases of the twelve months that end with each.

    ``cases``: (person, day, the measures and slices that the case counts in).
    """
    found = Counter()
    for person, day, counts_in in cases:
        places = world.counted_in(person, day)
        for month in months:
            behind = (int(month[:4]) - day.year) * 12 + int(month[5:]) - day.month
            if 0 <= behind < 12:
                for measure, kind, code in counts_in:
                    for geography, grouping, unit in places:
                        found[measure, kind, code, grouping, unit, geography, month] += 1
    return found
