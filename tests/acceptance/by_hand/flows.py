"""Nye og avsluttede brukere counted by hand: who is a user on which days, one person at a time."""

from collections import Counter, defaultdict
from datetime import timedelta

from acceptance.brute_force import World, days_of, holds, slices

REST_DAYS = 28
DAY = timedelta(days=1)
NEAR = timedelta(days=REST_DAYS)


class Uses:
    """On which days persons use which services: a valid vedtak and a device that works."""

    def __init__(self, world):
        self.world, self.known, self.granted = world, {}, defaultdict(list)
        for row in world.rows["vedtak"]:
            if row["status"] == "granted":
                self.granted[row["recipient_id"]].append(row)

    def on(self, day):
        """(person, service) of those who use it."""
        if day not in self.known:
            self.known[day] = self.world.vedtak(day) & self.world.working(day)
        return self.known[day]

    def uses(self, person, services, day):
        return any((person, service) in self.on(day) for service in services)

    def latest(self, person, services, day):
        """The last day of use, no more than a rest ago."""
        back = (day - DAY * n for n in range(REST_DAYS))
        return next((d for d in back if self.uses(person, services, d)), None)

    def next(self, person, services, day):
        forth = (day + DAY * n for n in range(REST_DAYS))
        return next((d for d in forth if self.uses(person, services, d)), None)

    def is_user(self, person, services, day):
        """Uses it, or rests between two days of use, fewer than ``REST_DAYS`` in all."""
        before, after = (f(person, services, day) for f in (self.latest, self.next))
        return None not in (before, after) and (after - before).days - 1 < REST_DAYS

    def users(self, services, day):
        near = {p for n in range(REST_DAYS) for p, s in self.on(day - DAY * n) if s in services}
        return {person for person in near if self.is_user(person, services, day)}

    def begun_before(self, person, services, last, day):
        """Whether a course that has its last day of use was under way before a day."""
        while last is not None and last >= day:
            last = self.latest(person, services, last - DAY)
        return last is not None


def valid(world, row, day):
    paused = any(holds(pause, day) for pause in world.pauses[row["vedtak_id"]])
    return holds(row, day) and not paused and world.is_here(row["recipient_id"], day)


def admitted(uses, person, services, end):
    """The first day of a long stay in the course or soon after, that goes on past its end."""
    world, days = uses.world, set()
    for row in uses.granted[person]:
        if row["service"] == "LS":
            begins = {row["starts_on"], *(p["ends_on"] for p in world.pauses[row["vedtak_id"]])}
            for day in begins - {None}:
                until = max((end - day).days, 0)
                whole = all(valid(world, row, day + DAY * n) for n in range(until + 1))
                if whole and not valid(world, row, day - DAY):
                    days.add(day)
    for row in world.rows["stays"]:
        runs = row["ends_on"] is None or row["ends_on"] > max(end, row["starts_on"])
        if row["recipient_id"] == person and row["kind"] == "long" and runs:
            days.add(row["starts_on"])
    there = {d for d in days if d <= end + NEAR}
    return min(
        (d for d in there if uses.begun_before(person, services, end - DAY, d)), default=None
    )


def word(uses, person, services, end):
    """What the vedtak that ended last says, of those that ended about the same time."""
    told = [
        row
        for row in uses.granted[person]
        if row["service"] in services
        and row["end_reason"]
        and row["ends_on"]
        and abs(row["ends_on"] - end) <= NEAR
    ]
    told = sorted(told, key=lambda row: row["vedtak_id"])
    return max(told, key=lambda row: row["ends_on"], default={"end_reason": None})["end_reason"]


def reason(uses, person, services, end):
    people = uses.world.people[person]
    dead, moved = (
        min((row[c] for row in people if row[c]), default=None) for c in ("died_on", "moved_out_on")
    )
    stay, told = admitted(uses, person, services, end), word(uses, person, services, end)
    soon = end + NEAR
    for holds_, said in (
        (dead and dead <= end, "dead"),
        (stay and stay <= end, "institution"),
        (moved and moved <= end, "moved"),
        (told, told),
        (stay and stay <= soon, "institution"),
        (dead and dead <= soon, "dead"),
        (moved and moved <= soon, "moved"),
    ):
        if holds_:
            return said
    return "not_told"


def standing(world, day):
    """Every place there is: then on a day, and now."""
    codes = {unit["code"] for unit in world.rows["units"]}
    then = {("then", *p) for c in codes if world.unit(c, day) for p in world.places(c, day)}
    today = world.today
    return then | {
        ("now", *p) for c in codes if world.unit(c, today) for p in world.places(c, today)
    }


def of_month(uses, services, month):
    """(measure, place) → figure."""
    world, found = uses.world, Counter()
    day = days_of(month)[-1]
    before = days_of(month)[0] - DAY
    was, are = uses.users(services, before), uses.users(services, day)
    for person in was | are:
        then = world.counted_in(person, before) if person in was else set()
        now = world.counted_in(person, day) if person in are else set()
        measures = {"users": now}
        if not uses.uses(person, services, day):
            measures["resting"] = now
        if person not in was:
            measures |= {"new": now, "net": now}
        elif person not in are:
            end = uses.latest(person, services, before) + DAY
            while uses.uses(person, services, end) or uses.is_user(person, services, end):
                end += DAY
            measures["ended"] = measures[f"ended_{reason(uses, person, services, end)}"] = then
            found.subtract(("net", place) for place in then)
        else:
            measures |= {"moved_in": now - then, "moved_out": then - now}
        found.update((m, place) for m, places in measures.items() for place in places)
    there = standing(world, day)
    return {(m, place): n for (m, place), n in found.items() if n and place in there}


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    uses, found = Uses(World(rows, today=today)), {}
    for month in months:
        for (kind, code), services in slices(rows).items():
            for (measure, place), n in of_month(uses, services, month).items():
                geography, grouping, unit = place
                found[measure, kind, code, grouping, unit, geography, month] = n
    return found
