"""Svartid counted by hand, one case at a time."""

from collections import defaultdict
from datetime import UTC, datetime

from acceptance.brute_force import World, slices
from acceptance.happened import cases, counted, is_real, month_of, places, week

START = datetime(1970, 1, 1, tzinfo=UTC)


def second(moment):
    return (moment - START).days * 86_400 + (moment - START).seconds


def waited(case):
    """Whole seconds, or nothing where nobody answered."""
    if case["answered_at"] is None:
        return None
    return second(case["answered_at"]) - second(case["received_at"])


def least(waits, tenths):
    """The least wait within which so many tenths were answered."""
    waits = sorted(waits)
    needed = -(-len(waits) * tenths // 10)
    return waits[needed - 1]


def quantiles(world, real):
    found = defaultdict(list)
    sliced = slices(world.rows)
    sliced["total", "all"] = sliced["total", "all"] | {None}
    for person, service, case in real:
        if waited(case) is None:
            continue
        day = case["local_date"]
        for geography, grouping, unit in places(world, person, week(day)):
            for (kind, code), services in sliced.items():
                if service in services:
                    key = (kind, code, grouping, unit, geography, month_of(day))
                    found[key].append(waited(case))
    return {
        (measure, *key): least(waits, tenths)
        for key, waits in found.items()
        for measure, tenths in (("p50", 5), ("p90", 9))
    }


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    world = World(rows, today=today)
    real = [found for found in cases(rows, months) if is_real(found[2])]
    happenings = (
        (person, service, case["local_date"], {"cases": 1, "answered": waited(case) is not None})
        for person, service, case in real
    )
    found = counted(
        world,
        happenings,
        counts={"with_case": "cases", "with_answer": "answered"},
        amounts={"cases": "cases", "answered": "answered"},
    )
    return found | quantiles(world, real)
