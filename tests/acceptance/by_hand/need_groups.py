"""Mottakere etter bistandsbehov counted by hand, one person and one month's end at a time."""

from calendar import monthrange
from collections import Counter, defaultdict
from datetime import date

from acceptance.brute_force import World, days_of
from acceptance.by_hand.home_care import granted

LASTS_MONTHS = 18
GREATEST_LAST = ("low", "medium", "high")


def eighteen_months_after(day):
    month = day.year * 12 + day.month - 1 + LASTS_MONTHS
    year, number = divmod(month, 12)
    return date(year, number + 1, min(day.day, monthrange(year, number + 1)[1]))


def need(assessments, day):
    """What the newest assessment says, if it is not too old."""
    told = [row for row in assessments if row["need_group"] and row["assessed_on"] <= day]
    newest = max((row["assessed_on"] for row in told), default=None)
    if newest is None or eighteen_months_after(newest) <= day:
        return "not_assessed"
    of_day = {row["need_group"] for row in told if row["assessed_on"] == newest}
    return max(of_day, key=GREATEST_LAST.index)


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    world, found, assessments = World(rows, today=today), Counter(), defaultdict(list)
    for row in rows["assessments"]:
        assessments[row["recipient_id"]].append(row)
    for month in months:
        day = days_of(month)[-1]
        for person in granted(world, day):
            measures = ("recipients", need(assessments[person], day))
            for place in world.counted_in(person, day):
                geography, grouping, unit = place
                for measure in measures:
                    found[measure, "everyone", "all", grouping, unit, geography, month] += 1
    return dict(found)
