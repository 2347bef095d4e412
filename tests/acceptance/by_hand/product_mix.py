"""Produkter i bruk counted by hand, one person and one month's end at a time."""

from collections import defaultdict

from acceptance.brute_force import TECHNOLOGY, World, days_of, holds


def products_of(world, day):
    """(person, service) → the products of her devices that work."""
    found = defaultdict(set)
    for row in world.rows["device_assignments"]:
        listed = [d for d in world.rows["devices"] if d["device_id"] == row["device_id"]]
        if not listed or not holds(row, day) or not world.is_here(row["recipient_id"], day):
            continue
        retired = any(d["retired_on"] is not None and d["retired_on"] <= day for d in listed)
        resting = any(holds(down, day) for down in world.downtimes[row["device_id"]])
        if not retired and not resting:
            service = min(d["service"] for d in listed)
            product = min(d["product"] for d in listed)
            found[row["recipient_id"], service].add(product)
    return found


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    world, people = World(rows, today=today), defaultdict(set)
    of_service = defaultdict(set)
    for device in rows["devices"]:
        of_service[device["service"]].add(device["product"])
    for month in months:
        day = days_of(month)[-1]
        vedtak = world.vedtak(day)
        for (person, service), products in products_of(world, day).items():
            if service not in TECHNOLOGY or (person, service) not in vedtak:
                continue
            for geography, grouping, unit in world.counted_in(person, day):
                for product in of_service[service]:
                    place = ("product", f"{service}:{product}", grouping, unit, geography, month)
                    people["service_users", *place].add(person)
                    if product in products:
                        people["users", *place].add(person)
    return {key: len(persons) for key, persons in people.items()}
