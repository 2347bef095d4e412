"""Varsler per vakt counted by hand, one case at a time."""

from acceptance.brute_force import World, days_of, slices
from acceptance.happened import cases, counted, is_real


def shift(case):
    hour = case["local_minute"] // 60
    if 7 <= hour < 15:
        return "day"
    return "evening" if 15 <= hour < 22 else "night"


def days(world, months):
    """The days that are told of, for every unit that stood on one of the month's."""
    found = {}
    codes = {unit["code"] for unit in world.rows["units"]}
    for month in months:
        told = [day for day in days_of(month) if day <= world.today]
        there = {
            ("then", *place)
            for day in days_of(month)
            for code in codes
            if world.unit(code, day)
            for place in world.places(code, day)
        } | {
            ("now", *place)
            for code in codes
            if world.unit(code, world.today)
            for place in world.places(code, world.today)
        }
        for geography, grouping, unit in there:
            for kind, code in slices(world.rows):
                found["days", kind, code, grouping, unit, geography, month] = len(told)
    return found


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    world = World(rows, today=today)
    happenings = (
        (person, service, case["local_date"], {"cases": 1, shift(case): 1})
        for person, service, case in cases(rows, months)
        if is_real(case)
    )
    shifts = ("day", "evening", "night")
    found = counted(
        world,
        happenings,
        counts={f"with_{name}": name for name in ("cases", *shifts)},
        amounts={"cases": "cases"} | {f"cases_{name}": name for name in shifts},
    )
    return found | days(world, months)
