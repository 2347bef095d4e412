"""Likt tilbud counted by hand: coverage of each service, and whether anybody there uses it."""

from collections import Counter

from acceptance.brute_force import World, days_of, standing
from acceptance.by_hand import coverage


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where there is one."""
    found = {
        key: value
        for key, value in coverage.counts(rows, months, today=today).items()
        if key[1] == "service"
    }
    world = World(rows, today=today)
    for month in months:
        day = days_of(month)[-1]
        at_end, _ever = standing(world, month)
        users = Counter()
        for person, service in world.vedtak(day) & world.working(day):
            users.update((service, place) for place in world.counted_in(person, day))
        for service in {service for service, _place in users}:
            for geography, grouping, unit in at_end:
                place = ("service", service, grouping, unit, geography, month)
                number = users[service, (geography, grouping, unit)]
                found["offered", *place] = int(number > 0)
                if number:
                    found["users", *place] = number
    return found
