"""Dekning 80 år og eldre counted by hand, one person and one month's end at a time."""

from collections import Counter

from acceptance.brute_force import World, days_of, holds, slices, standing
from acceptance.by_hand.residents import residents

AGE = 80


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure; None where missing."""
    world, found = World(rows, today=today), {}
    for month in months:
        day = days_of(month)[-1]
        old = {
            p
            for p, told in world.people.items()
            if max(r["birth_year"] for r in told) + AGE < day.year
        }
        long = {
            row["recipient_id"]
            for row in rows["stays"]
            if row["kind"] == "long" and holds(row, day) and world.is_here(row["recipient_id"], day)
        } & old
        away = Counter(place for person in long for place in world.counted_in(person, day))
        living = residents(world, day, age=AGE)
        use = world.vedtak(day) & world.working(day)
        for (kind, code), services in slices(rows).items():
            users = {p for p, service in use if service in services} & old - long
            using = Counter(place for person in users for place in world.counted_in(person, day))
            for place in standing(world, month)[0]:
                geography, grouping, unit = place
                key = (kind, code, grouping, unit, geography, month)
                found["users", *key], found["long_stay", *key] = using[place], away[place]
                left = living[place] - away[place] if place in living else -1
                found["at_home", *key] = left if left >= 0 else None
    return {key: value for key, value in found.items() if value != 0}
