"""Mottakere av hjemmetjenester counted by hand, one person and one month's end at a time."""

from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal

from acceptance.brute_force import World, days_of, holds

HOME_CARE = ("HN", "PH")


def granted(world, day):
    """Person → the hours of each of her valid vedtak on home care."""
    found = defaultdict(list)
    for row in world.rows["vedtak"]:
        if (
            row["service"] in HOME_CARE
            and row["status"] == "granted"
            and holds(row, day)
            and not any(holds(pause, day) for pause in world.pauses[row["vedtak_id"]])
            and world.is_here(row["recipient_id"], day)
        ):
            found[row["recipient_id"]].append(row["hours_per_week"])
    return found


def minutes(hours):
    """Whole minutes of hours."""
    return int((hours * 60).quantize(Decimal(1), ROUND_HALF_UP))


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    world, found = World(rows, today=today), Counter()
    for month in months:
        day = days_of(month)[-1]
        for person, hours in granted(world, day).items():
            amounts = {"recipients": 1}
            if None not in hours:
                amounts["with_hours"] = 1
                amounts["vedtak_minutes"] = sum(minutes(each) for each in hours)
            for geography, grouping, unit in world.counted_in(person, day):
                for measure, amount in amounts.items():
                    key = (measure, "everyone", "all", grouping, unit, geography, month)
                    found[key] += amount
    return {key: value for key, value in found.items() if value}
