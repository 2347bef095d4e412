"""Videreført counted by hand: each course of use followed day by day, and why it ended."""

from collections import defaultdict
from datetime import timedelta

from acceptance.brute_force import World, days_of, slices
from acceptance.by_hand.flows import REST_DAYS, Uses, reason
from acceptance.by_hand.lasting import shares, window

DAY = timedelta(days=1)
AFTER = (14, 91, 180, 183, 365)


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where there is one."""
    world = World(rows, today=today)
    uses = Uses(world)
    courses = {of: _courses(uses, services, months) for of, services in slices(rows).items()}
    found = {}
    for month in months:
        cohorts = defaultdict(list)
        for of, begun in courses.items():
            for person, begins, over, why in begun:
                if window(begins, month, 24):
                    case = followed(begins, over, why, days_of(month)[-1])
                    for place in world.counted_in(person, begins):
                        cohorts[of, place].append(case)
        for (of, (geography, grouping, unit)), cases in cohorts.items():
            for measure, value in figures(cases).items():
                found[measure, *of, grouping, unit, geography, month] = value
    return found


def figures(cases):
    found = {"started": len(cases)}
    for days in AFTER:
        read = shares(cases, days, ["ended", "gone"])
        if read:
            found[f"in_use_{days}_days"] = read["remaining"]
            found |= {f"{what}_{days}_days": read[what] for what in ("ended", "gone")}
    return found


def followed(begins, over, why, last):
    """Days, and what happened."""
    if over is None or over > last:
        return (last - begins).days, None
    if why == "moved":
        return (over - begins).days - 1, None
    return (over - begins).days, "gone" if why in {"dead", "institution"} else "ended"


def _courses(uses, services, months):
    """(person, first day, the day after the last, why) of courses begun after the data's first day.

    The day after is None for those who use it, or may only rest, on the last day there is.
    """
    first, last = days_of(months[0])[0], days_of(months[-1])[-1]
    used = defaultdict(list)
    day = first - DAY * REST_DAYS
    while day <= last + DAY * REST_DAYS:
        for person in {p for p, s in uses.on(day) if s in services}:
            used[person].append(day)
        day += DAY
    found = []
    for person, days in used.items():
        begins = days[0]
        for day, following in zip(days, [*days[1:], None], strict=True):
            if following is None or (following - day).days > REST_DAYS:
                over = day + DAY
                if first < begins <= last:
                    found.append((person, begins, over, reason(uses, person, services, over)))
                begins = following
    return found
