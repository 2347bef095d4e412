"""What happened to persons, one event at a time: whose it was, of which service, and where."""

from collections import Counter, defaultdict
from datetime import timedelta

from acceptance.brute_force import holds, slices

ROLES = {"primary": 0, "shared": 2}


class Holders:
    """Who had a device on a day, and the device's service."""

    def __init__(self, rows):
        self.assigned, self.services = defaultdict(list), defaultdict(set)
        for row in rows["device_assignments"]:
            self.assigned[row["device_id"]].append(row)
        for row in rows["devices"]:
            self.services[row["device_id"]].add(row["service"])

    def __call__(self, device, day):
        """(person, service); of those who share it the primary, then who got it last."""
        having = [row for row in self.assigned[device] if holds(row, day)]
        if not having:
            return None, None
        having.sort(key=lambda row: row["recipient_id"])
        having.sort(key=lambda row: row["starts_on"], reverse=True)
        having.sort(key=lambda row: ROLES.get(row["role"], 1))
        return having[0]["recipient_id"], min(self.services[device], default=None)


def week(day):
    """Monday, or the first of the month where that is later."""
    return max(day - timedelta(days=day.weekday()), day.replace(day=1))


def month_of(day):
    return f"{day.year:04d}-{day.month:02d}"


def is_real(case):
    return case["outcome"] not in {"test", "technical"}


def cases(rows, months):
    """(person, service, case) of every case received in these months."""
    holder = Holders(rows)
    for case in rows["responses"]:
        if case["month"] in months:
            holding, service = holder(case["device_id"], case["local_date"])
            yield case["recipient_id"] or holding, service, case


def places(world, person, day):
    """Where somebody counts; one whom nobody knows counts as the unknown unit does today."""
    if person is not None:
        return world.counted_in(person, day)
    of_nobody = world.places(None, world.today)
    return {(geography, *place) for geography in ("then", "now") for place in of_nobody}


def counted(world, happenings, *, counts, amounts):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero.

    ``happenings``: (person, service, day, {name: number}). ``counts``: measure → the name of which
    a person must have some; ``amounts``: measure → the name that is added up.
    """
    people, sums = defaultdict(set), Counter()
    sliced = slices(world.rows)
    sliced["total", "all"] = sliced["total", "all"] | {None}
    for person, service, day, numbers in happenings:
        for geography, grouping, unit in places(world, person, week(day)):
            for (kind, code), services in sliced.items():
                if service not in services:
                    continue
                place = (kind, code, grouping, unit, geography, month_of(day))
                for measure, name in counts.items():
                    if numbers.get(name) and person is not None:
                        people[measure, *place].add(person)
                for measure, name in amounts.items():
                    sums[measure, *place] += numbers.get(name, 0)
    found = {key: len(persons) for key, persons in people.items()}
    return found | {key: number for key, number in sums.items() if number}
