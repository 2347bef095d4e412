"""Devices by hand: who had one last, where she lived, and where a unit's things count."""

from datetime import date, timedelta

from acceptance.brute_force import holds
from acceptance.happened import ROLES

ONE_DAY = timedelta(days=1)


def of_unit(world, code, day):
    """(geography, grouping, unit) of everything that a thing of a unit counts in on a day."""
    if code is None:
        nobodys = world.places(None, world.today)
        return {(geography, *place) for geography in ("then", "now") for place in nobodys}
    world.homes["thing of", code] = [{"unit": code, "starts_on": date.min, "ends_on": None}]
    return world.counted_in(("thing of", code), day)


def foremost(assigned, day):
    """Of those who have a device on a day: the primary, then who got it last."""
    return min(
        (row for row in assigned if holds(row, day)),
        key=lambda row: (
            ROLES.get(row["role"], 1),
            -row["starts_on"].toordinal(),
            row["recipient_id"],
        ),
        default=None,
    )


def last_day_held(assigned, until):
    """The last day, not after ``until``, on which anybody had a device; None if there is none."""
    ends = [until if holds(row, until) else _last(row) for row in assigned]
    return max(
        (day for day, row in zip(ends, assigned, strict=True) if _held_by(row, day, until)),
        default=None,
    )


def last_unit(world, assigned, until):
    """Where the last who had a device lived last, by the day she gave it back."""
    day = last_day_held(assigned, until)
    if day is None:
        return None
    person = foremost(assigned, day)["recipient_id"]
    lived = [row for row in world.homes[person] if row["starts_on"] <= day and _covers(row)]
    days = [day if holds(row, day) else row["ends_on"] - ONE_DAY for row in lived]
    return world.home(person, max(days)) if days else None


def _last(row):
    return row["ends_on"] - ONE_DAY if row["ends_on"] else None


def _covers(row):
    return row["ends_on"] is None or row["ends_on"] > row["starts_on"]


def _held_by(row, day, until):
    return day is not None and row["starts_on"] <= day <= until
