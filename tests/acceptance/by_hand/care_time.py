"""Tid i hjemmetjenesten counted by hand, one person and one month at a time."""

from collections import Counter, defaultdict

from acceptance.brute_force import World, days_of, slices
from acceptance.by_hand.home_care import granted


def of_month(visits):
    """What is summed of one person's visits in a month."""
    executed = [v for v in visits if v["status"] == "executed"]
    minutes = sum(v["minutes"] or 0 for v in executed)
    travel = [v["travel_minutes"] for v in visits if v["travel_minutes"] is not None]
    found = {
        "recipients": 1,
        "visits": len(executed),
        "minutes": minutes,
        "untimed_visits": sum(v["minutes"] is None for v in executed),
    }
    if travel or not executed:
        found |= {"travel_told": 1, "minutes_with_travel": minutes + sum(travel)}
    return found


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    world, found, visits = World(rows, today=today), Counter(), defaultdict(list)
    for row in rows["visits"]:
        visits[row["recipient_id"], row["month"]].append(row)
    for month in months:
        last_day, used = {}, defaultdict(set)
        for day in days_of(month):
            last_day |= dict.fromkeys(granted(world, day), day)
            for person, service in world.vedtak(day) & world.working(day):
                used[person].add(service)
        for person, day in last_day.items():
            amounts = of_month(visits[person, month])
            for (kind, code), services in slices(rows).items():
                group = "with" if used[person] & services else "without"
                for geography, grouping, unit in world.counted_in(person, day):
                    for name, amount in amounts.items():
                        measure = f"{group}_{name}"
                        found[measure, kind, code, grouping, unit, geography, month] += amount
    return {key: value for key, value in found.items() if value}
