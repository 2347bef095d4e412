"""Ledetid counted by hand: each vedtak followed day by day until its equipment works and sends."""

from collections import defaultdict
from datetime import date, timedelta

from acceptance.brute_force import World, days_of, slices
from acceptance.by_hand.lasting import shares, window
from acceptance.happened import Holders, week

DAY = timedelta(days=1)
REST_DAYS = 28


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where there is one."""
    world = World(rows, today=today)
    begun = [b for b in vedtak_begun(world) if b["decided"] >= days_of(months[0])[0]]
    works = first_days(world, begun, until=days_of(months[-1])[-1])
    since, sends = signals(rows, begun, today=today)
    found = {}
    for month in months:
        cohorts = defaultdict(list)
        for number in (n for n, b in enumerate(begun) if window(b["decided"], month, 12)):
            case = followed(begun[number], works[number], days_of(month)[-1])
            heard = None
            if since.get(begun[number]["service"], date.max) <= begun[number]["decided"]:
                heard = followed(begun[number], sends[number], days_of(month)[-1])
            for place in world.counted_in(begun[number]["person"], begun[number]["decided"]):
                for of, services in slices(rows).items():
                    if begun[number]["service"] in services:
                        cohorts[of, place].append((case, heard))
        for (of, (geography, grouping, unit)), cases in cohorts.items():
            worked, heard = zip(*cases, strict=True)
            told = figures(worked) | figures_of_signals([case for case in heard if case])
            for measure, value in told.items():
                found[measure, *of, grouping, unit, geography, month] = value
    return found


def figures(cases):
    found = {
        "vedtak": len(cases),
        "not_started": sum(not started for _, started, _ in cases),
        "waiting": sum(waiting for *_, waiting in cases),
    }
    return found | lasted(cases, {"within_14_days": 14, "within_28_days": 28}, "median_days")


def figures_of_signals(cases):
    if not cases:
        return {}
    silent = sum(not started for _, started, _ in cases)
    found = {"signal_vedtak": len(cases), "no_signal": silent}
    return found | lasted(cases, {"signal_within_28_days": 28}, "signal_median_days")


def lasted(cases, within, median):
    """Shares that have started after some days, and the day on which half have."""
    days = [(days, "started" if started else None) for days, started, _ in cases]
    read = {measure: shares(days, after, ["started"]) for measure, after in within.items()}
    found = {measure: share["started"] for measure, share in read.items() if share}
    halved = (d for d in sorted({d for d, _ in days}) if not _more_than_half_remain(days, d))
    half = next(halved, None)
    return found if half is None else found | {median: half}


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


def signals(rows, begun, *, today):
    """Since when each service was heard from at all, and the first signal of each vedtak or None.

    Signals are known by the first day of each week with one.
    """
    holder, since, first = Holders(rows), {}, {}
    for event in rows["device_events"]:
        day = event["local_date"]
        person, service = holder(event["device_id"], day)
        if service:
            since[service] = min(since.get(service, day), day).replace(day=1)
        if person is not None and (event["test"] or not event["technical"]):
            key = (person, service, week(day))
            first[key] = min(first.get(key, day), day)
    heard = defaultdict(list)
    for (person, service, begins), day in first.items():
        heard[person, service].append((begins, day))
    for person, service, begins, day in list(_through_others(rows, holder, heard, today)):
        heard[person, service].append((begins, day))
    return since, [_first_signal(heard[b["person"], b["service"]], b) for b in begun]


def _first_signal(heard, begun):
    """From the week of the vedtak on, and before it is over."""
    after = week(begun["decided"])
    days = [day for begins, day in heard if begins >= after and day < begun["over"]]
    return min(days, default=None)


def _through_others(rows, holder, heard, today):
    """(person, service, week, day) of signals from a device that counts as somebody else's."""
    for row in rows["device_assignments"]:
        end = min(row["ends_on"] or date.max, today + DAY)
        for begins, ends, other in _held_by(row["device_id"], holder, row["starts_on"], end):
            service = min(holder.services[row["device_id"]], default=None)
            if other in {None, row["recipient_id"]}:
                continue
            for monday, day in list(heard[other, service]):
                if monday >= week(begins) and day < ends:
                    yield row["recipient_id"], service, monday, max(day, begins)


def _held_by(device, holder, begins, ends):
    """(first day, day after the last, person) of each who is the holder of a device in turn."""
    if len({row["recipient_id"] for row in holder.assigned[device]}) > 1:
        day = begins
        while day < ends:
            until, (who, _) = day, holder(device, day)
            while until < ends and holder(device, until)[0] == who:
                until += DAY
            yield day, until, who
            day = until
