"""Avklaringsgrad counted by hand, one case at a time."""

from collections import defaultdict
from datetime import timedelta

from acceptance.brute_force import World
from acceptance.happened import cases, counted, is_real

WITHIN = timedelta(minutes=60)
PERSONS_WITH = {
    "with_case": "cases",
    "with_clarified": "clarified",
    "with_repeated": "repeated",
    "with_undocumented": "undocumented",
}


def over(case):
    ended = case["closed_at"] or case["answered_at"] or case["received_at"]
    return max(ended, case["received_at"])


def became(case, of_person):
    """What a real case counts as."""
    if case["outcome"] is None:
        return {"undocumented": 1}
    if case["outcome"] != "clarified" or case["dispatched_at"] is not None:
        return {"cases": 1}
    again = any(
        is_real(later) and over(case) < later["received_at"] <= over(case) + WITHIN
        for later in of_person
    )
    return {"cases": 1, ("repeated" if again else "clarified"): 1}


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    of_person = defaultdict(list)
    for person, _, case in cases(rows, {case["month"] for case in rows["responses"]}):
        of_person[person].append(case)
    happenings = (
        (person, service, case["local_date"], became(case, of_person[person]))
        for person, service, case in cases(rows, months)
        if person is not None and is_real(case)
    )
    amounts = {name: name for name in PERSONS_WITH.values()}
    return counted(World(rows, today=today), happenings, counts=PERSONS_WITH, amounts=amounts)
