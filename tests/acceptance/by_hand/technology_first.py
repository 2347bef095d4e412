"""Teknologi først counted by hand: whoever is new, and what she uses in her first days."""

from acceptance.brute_force import World, days_of, slices
from acceptance.by_hand.newcomers import AT_ONCE, DAY, first_known, newcomers, over_a_year

LEFT_OUT = {"TA"}


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    world = World(rows, today=today)
    kept = {of: services - LEFT_OUT for of, services in slices(rows).items()}
    kept = {of: services for of, services in kept.items() if services}
    last = days_of(months[-1])[-1]
    in_use = {}
    cases = []
    for person, day in newcomers(world, since=first_known(months), until=last):
        used = set()
        for on in (day + DAY * n for n in range(AT_ONCE + 1)):
            if on not in in_use:
                in_use[on] = world.vedtak(on) & world.working(on)
            used |= {service for who, service in in_use[on] if who == person}
        counts_in = [("new_recipients", *of) for of in kept]
        counts_in += [("with_technology", *of) for of, services in kept.items() if services & used]
        cases.append((person, day, counts_in))
    return over_a_year(world, months, cases)
