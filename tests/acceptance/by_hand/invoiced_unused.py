"""Fakturert, men ikke i bruk counted by hand, one invoice line and one day at a time."""

from collections import Counter, defaultdict
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from acceptance.belonging import last_unit, of_unit
from acceptance.brute_force import TECHNOLOGY, World, days_of, holds, slices

AMOUNT = {
    "invoiced": "invoiced_amount",
    "invoiced_unused": "unused_amount",
    "lines_without_device": "amount_without_device",
}


def days_charged(line):
    """The days a line is for; one without an end is for the day it starts on."""
    ended = line["ends_on"] is not None and line["ends_on"] > line["starts_on"]
    number = (line["ends_on"] - line["starts_on"]).days if ended else 1
    return [line["starts_on"] + timedelta(days=n) for n in range(number)]


def by_month(line):
    """Month → øre: a whole number after each day, so that nothing is lost on the way."""
    ore = int((line["amount"] * 100).quantize(Decimal(1), ROUND_HALF_UP))
    days, found = days_charged(line), Counter()
    for n, day in enumerate(days):
        found[f"{day:%Y-%m}"] += ore * (n + 1) // len(days) - ore * n // len(days)
    return found


def is_working(world, row, day):
    device = world.devices.get(row["device_id"])
    retired = device is None or (device["retired_on"] and device["retired_on"] <= day)
    resting = any(holds(down, day) for down in world.downtimes[row["device_id"]])
    return (
        holds(row, day) and not retired and not resting and world.is_here(row["recipient_id"], day)
    )


def charged(world, month):
    """(measure, unit, service, øre) of everything that is charged for in a month."""
    days, lines, assigned = days_of(month), defaultdict(list), defaultdict(list)
    for row in world.rows["device_assignments"]:
        assigned[row["device_id"]].append(row)
    for line in world.rows["invoice_lines"]:
        if line["service"] is None or line["service"] in TECHNOLOGY:
            ore = by_month(line)[month]
            if ore and line["device_id"] is None:
                yield "lines_without_device", line["unit"], line["service"], ore
            elif ore:
                lines[line["device_id"]].append((line, ore))
    for device, of_device in lines.items():
        ore = sum(each for _, each in of_device)
        if ore <= 0:
            continue
        of_device.sort(key=lambda found: found[0]["invoice_line_id"])
        newest = max(of_device, key=lambda found: found[0]["starts_on"])[0]
        unit = newest["unit"] or last_unit(world, assigned[device], days[-1])
        listed = world.devices.get(device)
        service = listed["service"] if listed else newest["service"]
        yield "invoiced", unit, service, ore
        if not any(is_working(world, row, day) for row in assigned[device] for day in days):
            yield "invoiced_unused", unit, service, ore


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    world, things, ore = World(rows, today=today), Counter(), Counter()
    sliced = slices(rows)
    sliced["total", "all"] = sliced["total", "all"] | {None}
    for month in months:
        for measure, belongs, service, cost in charged(world, month):
            for geography, grouping, unit in of_unit(world, belongs, days_of(month)[-1]):
                for (kind, code), services in sliced.items():
                    if service in services:
                        place = (kind, code, grouping, unit, geography, month)
                        things[measure, *place] += 1
                        ore[AMOUNT[measure], *place] += cost
    return dict(things) | {key: value / 100 for key, value in ore.items() if value}
