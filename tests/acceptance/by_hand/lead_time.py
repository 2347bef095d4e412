"""Ledetid counted by hand: each vedtak followed day by day until its equipment works."""

from collections import defaultdict
from datetime import date, timedelta

from acceptance.brute_force import World, days_of, slices
from acceptance.by_hand.lasting import shares, window

DAY = timedelta(days=1)
REST_DAYS = 28


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where there is one."""
    world = World(rows, today=today)
    begun = [b for b in vedtak_begun(world) if b["decided"] >= days_of(months[0])[0]]
    works = first_days(world, begun, until=days_of(months[-1])[-1])
    found = {}
    for month in months:
        cohorts = defaultdict(list)
        for number in (n for n, b in enumerate(begun) if window(b["decided"], month, 12)):
            case = followed(begun[number], works[number], days_of(month)[-1])
            for place in world.counted_in(begun[number]["person"], begun[number]["decided"]):
                for of, services in slices(rows).items():
                    if begun[number]["service"] in services:
                        cohorts[of, place].append(case)
        for (of, (geography, grouping, unit)), cases in cohorts.items():
            for measure, value in figures(cases).items():
                found[measure, *of, grouping, unit, geography, month] = value
    return found


def figures(cases):
    lasted = [(days, "started" if started else None) for days, started, _ in cases]
    found = {
        "vedtak": len(cases),
        "not_started": sum(not started for _, started, _ in cases),
        "waiting": sum(waiting for *_, waiting in cases),
    }
    for days in (14, 28):
        read = shares(lasted, days, ["started"])
        if read:
            found[f"within_{days}_days"] = read["started"]
    halved = (d for d in sorted({d for d, _ in lasted}) if not _more_than_half_remain(lasted, d))
    median = next(halved, None)
    return found if median is None else found | {"median_days": median}


def _more_than_half_remain(lasted, days):
    return shares(lasted, days, ["started"])["remaining"] > 50


def followed(begun, works, last):
    """Days, whether it has started, and whether somebody still waits."""
    if works is not None and works <= last:
        return max((works - begun["decided"]).days, 0), True, False
    until = min(last, begun["over"] - DAY)
    return max((until - begun["decided"]).days, 0), False, begun["over"] > last


def vedtak_begun(world):
    """Vedtak that follow on no other of the same person and service."""
    granted = defaultdict(list)
    for row in world.rows["vedtak"]:
        if row["status"] == "granted" and row["starts_on"] != row["ends_on"]:
            granted[row["recipient_id"], row["service"]].append(row)
    for (person, service), rows in granted.items():
        if service in {s for services in slices(world.rows).values() for s in services}:
            for begins, over in chains(rows):
                first = [row for row in rows if row["starts_on"] == begins]
                told = [row["decided_on"] for row in first if row["decided_on"]]
                gone = [r[c] for r in world.people[person] for c in ("died_on", "moved_out_on")]
                yield {
                    "person": person,
                    "service": service,
                    "decided": min(told, default=begins),
                    "held": over,
                    "over": min([over, *(day for day in gone if day)]),
                }


def chains(rows):
    """First and last day of vedtak that follow each other within a rest."""
    begins = over = None
    for row in sorted(rows, key=lambda row: row["starts_on"]):
        ends = row["ends_on"] or date(9999, 1, 1)
        if begins is not None and row["starts_on"] - over < DAY * REST_DAYS:
            over = max(over, ends)
        else:
            if begins is not None:
                yield begins, over
            begins, over = row["starts_on"], ends
    if begins is not None:
        yield begins, over


def first_days(world, begun, *, until):
    """For each the first day on which a device works that was there after the vedtak; or None."""
    seen = defaultdict(set)
    first = min(b["decided"] for b in begun)
    for number in range((until - first).days + 1):
        for who in world.working(first + DAY * number):
            seen[who].add(first + DAY * number)
    return [_first(sorted(seen[b["person"], b["service"]]), b["decided"], b["held"]) for b in begun]


def _first(days, decided, held):
    """The first day from the vedtak on; the very first of all where it works that day already."""
    return next((day for day in days if decided <= day < held), None)
