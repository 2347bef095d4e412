"""Doser som ble tatt counted by hand, one dose at a time."""

from collections import Counter

from acceptance.brute_force import World
from acceptance.happened import Holders, counted, month_of

HANDED_OUT = {"1", "1.1", "1.2", "1.3"}
NOT_HANDED_OUT = {"1.1", "1.2"}


def taken(event):
    """Whether a dose was taken; None where the event is no dose."""
    if event["test"] or event["technical"]:
        return None
    if event["vocabulary"] == "dispense" and event["code"] in HANDED_OUT:
        return True
    missed = event["vocabulary"] == "alert" and event["code"] in NOT_HANDED_OUT
    return False if missed else None


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    holder, doses, due, handed_out = Holders(rows), [], Counter(), Counter()
    for event in rows["device_events"]:
        day = event["local_date"]
        person, service = holder(event["device_id"], day)
        if event["month"] in months and taken(event) is not None and service == "DMS":
            doses.append((person, day, taken(event)))
            due[person, month_of(day)] += 1
            handed_out[person, month_of(day)] += taken(event)
    few = {key for key in due if handed_out[key] * 100 < due[key] * 80}
    happenings = (
        (person, "DMS", day, {"due": 1, "out": out, "few": (person, month_of(day)) in few})
        for person, day, out in doses
    )
    return counted(
        World(rows, today=today),
        happenings,
        counts={"with_doses": "due", "with_few_doses": "few"},
        amounts={"due": "due", "dispensed": "out"},
    )
