"""Vurdert counted by hand: what the vedtak of everybody's first days say."""

from collections import defaultdict

from acceptance.brute_force import World, days_of
from acceptance.by_hand.newcomers import AT_ONCE, DAY, first_known, newcomers, over_a_year

BEST_FIRST = ("granted", "declined", "unsuitable", "not_considered")


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    world = World(rows, today=today)
    vedtak = defaultdict(list)
    for row in rows["vedtak"]:
        vedtak[row["recipient_id"]].append(row)
    cases = []
    for person, day in newcomers(world, since=first_known(months), until=days_of(months[-1])[-1]):
        said = {
            row["considered_technology"]
            for row in vedtak[person]
            if day <= row["starts_on"] <= day + DAY * AT_ONCE
        }
        outcome = next((code for code in BEST_FIRST if code in said), "not_documented")
        measures = {"new_recipients", outcome}
        if outcome in BEST_FIRST[:3]:
            measures.add("considered")
        cases.append((person, day, [(measure, "everyone", "all") for measure in measures]))
    return over_a_year(world, months, cases)
