"""Alarmer per bruker counted by hand, one day and one event at a time."""

from collections import Counter

from acceptance.brute_force import TECHNOLOGY, World, days_of
from acceptance.happened import Holders, counted, month_of, week

MISSED_DOSES = {"1.1", "1.2"}


def is_alarm(event):
    return (
        event["vocabulary"] == "alert"
        and event["code"] not in MISSED_DOSES
        and not event["test"]
        and not event["technical"]
    )


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    world, holder, alarms = World(rows, today=today), Holders(rows), Counter()
    for event in rows["device_events"]:
        if event["month"] in months and is_alarm(event):
            day = event["local_date"]
            alarms[*holder(event["device_id"], day), week(day)] += 1
    active = {
        (person, service, week(day))
        for month in months
        for day in days_of(month)
        for person, service in world.vedtak(day) & world.working(day)
        if service in TECHNOLOGY
    }
    happenings = (
        (person, service, day, {"active": 1, "alarms": alarms[person, service, day]})
        for person, service, day in active
        if month_of(day) in months
    )
    return counted(
        world,
        happenings,
        counts={"active": "active", "with_alarm": "alarms"},
        amounts={"alarms": "alarms"},
    )
