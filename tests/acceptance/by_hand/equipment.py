"""Utstyr på lager og utenfor listene counted by hand, one device and one month's end at a time."""

from collections import Counter, defaultdict

from acceptance.belonging import foremost, last_unit, of_unit
from acceptance.brute_force import World, days_of, slices


def is_owned(listed, day):
    """By any of the lists: from the first day any says, until the first day any says it ended."""
    acquired = min((row["acquired_on"] for row in listed if row["acquired_on"]), default=None)
    retired = min((row["retired_on"] for row in listed if row["retired_on"]), default=None)
    return (acquired is None or acquired <= day) and (retired is None or day < retired)


def of_day(world, assigned, listed, day):
    """(measure, service, places) of every device that counts on a day."""
    for device in {*assigned, *listed}:
        having = foremost(assigned[device], day)
        if having and device not in listed:
            yield "assigned_unlisted", None, world.counted_in(having["recipient_id"], day)
        elif not having and is_owned(listed[device], day):
            unit = last_unit(world, assigned[device], day)
            service = min(row["service"] for row in listed[device])
            yield "in_stock", service, of_unit(world, unit, day)


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    world, found = World(rows, today=today), Counter()
    assigned, listed = defaultdict(list), defaultdict(list)
    for row in rows["device_assignments"]:
        assigned[row["device_id"]].append(row)
    for row in rows["devices"]:
        listed[row["device_id"]].append(row)
    sliced = slices(rows)
    sliced["total", "all"] = sliced["total", "all"] | {None}
    for month in months:
        for measure, service, places in of_day(world, assigned, listed, days_of(month)[-1]):
            for geography, grouping, unit in places:
                for (kind, code), services in sliced.items():
                    if service in services:
                        found[measure, kind, code, grouping, unit, geography, month] += 1
    return dict(found)
