"""Samtidige brukere counted by hand: dictionaries, dates, one person and one day at a time.

Written from the definition, without anything of ``vft.indicators``: it is what that is held
against. ``world`` is table → list of rows as dictionaries, as the lake has them.
"""

from calendar import monthrange
from collections import defaultdict
from datetime import date

from vft.tables import services

TECHNOLOGY = tuple(services.TECHNOLOGY)
LEVELS = ("municipality", "district", "part_district")
UNKNOWN = None


def days_of(month):
    year, number = int(month[:4]), int(month[5:])
    return [date(year, number, day + 1) for day in range(monthrange(year, number)[1])]


def holds(row, day):
    return row["starts_on"] <= day and (row["ends_on"] is None or day < row["ends_on"])


class World:
    """The rows of a lake, asked about persons on days."""

    def __init__(self, world, *, today):
        self.rows = world
        self.today = today
        self.people = defaultdict(list)
        for row in world["recipients"]:
            self.people[row["recipient_id"]].append(row)
        self.homes = defaultdict(list)
        for row in world["residences"]:
            self.homes[row["recipient_id"]].append(row)
        self.pauses, self.downtimes = defaultdict(list), defaultdict(list)
        for row in world["vedtak_pauses"]:
            self.pauses[row["vedtak_id"]].append(row)
        for row in world["device_downtimes"]:
            self.downtimes[row["device_id"]].append(row)
        self.devices = {row["device_id"]: row for row in world["devices"]}
        self.remembered = {}

    # who has what on a day

    def is_here(self, person, day):
        gone = [row[c] for row in self.people[person] for c in ("died_on", "moved_out_on")]
        return not any(on is not None and on <= day for on in gone)

    def vedtak(self, day):
        """(person, service) of every valid vedtak."""
        return {
            (row["recipient_id"], row["service"])
            for row in self.rows["vedtak"]
            if row["status"] == "granted"
            and holds(row, day)
            and not any(holds(pause, day) for pause in self.pauses[row["vedtak_id"]])
            and self.is_here(row["recipient_id"], day)
        }

    def working(self, day):
        """(person, service) of every device that works."""
        found = set()
        for row in self.rows["device_assignments"]:
            device = self.devices.get(row["device_id"])
            if device is None or not holds(row, day):
                continue
            retired = device["retired_on"] is not None and device["retired_on"] <= day
            resting = any(holds(down, day) for down in self.downtimes[row["device_id"]])
            if not retired and not resting and self.is_here(row["recipient_id"], day):
                found.add((row["recipient_id"], device["service"]))
        return found

    # where units are

    def unit(self, code, day):
        """The unit as it was on a day; None if it was not."""
        rows = [r for r in self.rows["units"] if r["code"] == code and holds(r, day)]
        return max(rows, key=lambda r: r["starts_on"], default=None)

    def ended(self, code):
        """The first day on which a unit was no more; None if it runs or never was."""
        ends = [r["ends_on"] for r in self.rows["units"] if r["code"] == code]
        return max(ends) if ends and None not in ends else None

    def line(self, code, day):
        """The unit and those above it."""
        line = []
        while code is not None and len(line) < len(LEVELS) and self.unit(code, day):
            line.append(self.unit(code, day))
            code = line[-1]["parent"]
        return line

    def places(self, code, day):
        """(grouping, unit) of everything that a unit counts in on a day."""
        if (code, day) not in self.remembered:
            self.remembered[code, day] = self._places(code, day)
        return self.remembered[code, day]

    def _places(self, code, day):
        found = {}
        for unit in self.line(code, day) if code is not UNKNOWN else []:
            found.setdefault(unit["level"], unit["code"])
            mine = [g for g in self.rows["groupings"] if g["unit"] == unit["code"]]
            for row in sorted(mine, key=lambda g: g["group"]):
                if holds(row, day):
                    found.setdefault(row["grouping"], row["group"])
        if "municipality" not in found:
            wholes = {
                u["code"]
                for u in self.rows["units"]
                if self.unit(u["code"], day) and self.unit(u["code"], day)["level"] == LEVELS[0]
            }
            if len(wholes) == 1:
                found["municipality"] = wholes.pop()
        return set(found.items())

    # where persons live

    def fineness(self, code):
        levels = [LEVELS.index(u["level"]) for u in self.rows["units"] if u["code"] == code]
        return max(levels, default=-1)

    def home(self, person, day):
        """The unit that a person is registered in on a day."""
        rows = sorted((r for r in self.homes[person] if holds(r, day)), key=lambda r: r["unit"])
        best = max(
            rows, key=lambda r: (self.fineness(r["unit"]), r["starts_on"]), default={"unit": None}
        )
        return best["unit"]

    def successors(self, code, on):
        return {
            r["successor"]
            for r in self.rows["unit_successions"]
            if r["predecessor"] == code and r["changed_on"] == on
        }

    def changes(self, code, *, after, until):
        """Days on which something became of a unit."""
        return sorted(
            {
                r["changed_on"]
                for r in self.rows["unit_successions"]
                if r["predecessor"] == code and after < r["changed_on"] <= until
            }
        )

    def descendants(self, code, on):
        """All that a unit became on a day and after."""
        found = set()
        for successor in self.successors(code, on):
            found.add(successor)
            for later in self.changes(successor, after=on, until=date.max):
                found |= self.descendants(successor, later)
        return found

    def own_choice(self, person, code, on):
        """The first unit that a person lived in, of those that a split unit became."""
        parts = self.descendants(code, on)
        rows = self.homes[person]
        dates = {on, *(r["starts_on"] for r in rows), *(r["ends_on"] for r in rows)}
        for day in sorted(d for d in dates if d is not None and d >= on):
            if self.home(person, day) in parts:
                return self.home(person, day)
        return UNKNOWN

    def became(self, person, code, on):
        parts = self.successors(code, on)
        return next(iter(parts)) if len(parts) == 1 else self.own_choice(person, code, on)

    def then(self, person, day):
        """The unit on that day; a registration that is out of date is what it became."""
        code, after = self.home(person, day), date.min
        while code is not UNKNOWN and self.ended(code) is not None and self.ended(code) <= day:
            changes = self.changes(code, after=after, until=day)
            if not changes:
                break
            code, after = self.became(person, code, changes[0]), changes[0]
        return code

    def now(self, person, day):
        """What the unit of a day is today."""
        code, after = self.then(person, day), day
        while code is not UNKNOWN:
            changes = self.changes(code, after=after, until=self.today)
            if not changes:
                break
            code, after = self.became(person, code, changes[0]), changes[0]
        return code

    def counted_in(self, person, day):
        """(geography, grouping, unit) of everything that a person counts in on a day."""
        then, now = self.then(person, day), self.now(person, day)
        then = then if then is not UNKNOWN and self.unit(then, day) else UNKNOWN
        now = now if now is not UNKNOWN and self.unit(now, self.today) else UNKNOWN
        return {("then", *place) for place in self.places(then, day)} | {
            ("now", *place) for place in self.places(now, self.today)
        }


def slices(world):
    """(kind, code) → services."""
    found = {("service", service): {service} for service in TECHNOLOGY}
    found["total", "all"] = set(TECHNOLOGY)
    for row in world["reporting_groups"]:
        if row["service"] in TECHNOLOGY:
            found.setdefault(("group", row["group"]), set()).add(row["service"])
    return found


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → persons, where there are any."""
    world = World(rows, today=today)
    people = defaultdict(set)
    for month in months:
        for day in days_of(month):
            vedtak, working = world.vedtak(day), world.working(day)
            of_day = {"unique_in_month": vedtak & working}
            if day == days_of(month)[-1]:
                of_day |= {
                    "concurrent": vedtak & working,
                    "vedtak_only": vedtak - working,
                    "device_only": working - vedtak,
                }
            for measure, pairs in of_day.items():
                for person, service in pairs:
                    for geography, grouping, unit in world.counted_in(person, day):
                        for (kind, code), counted in slices(rows).items():
                            if service in counted:
                                key = (measure, kind, code, grouping, unit, geography, month)
                                people[key].add(person)
    return {key: len(persons) for key, persons in people.items()}


def standing(world, month):
    """(geography, grouping, unit) of every place there was at a month's end, and on any day."""
    codes = {u["code"] for u in world.rows["units"]}

    def on(day):
        there = (code for code in codes if world.unit(code, day))
        return {place for code in there for place in world.places(code, day)}

    now = {("now", *place) for place in on(world.today)}
    of_days = [{("then", *place) for place in on(day)} for day in days_of(month)]
    return of_days[-1] | now, set().union(*of_days) | now


def figures(rows, months, *, today):
    """Every figure, zero where nobody is counted: as :func:`counts`."""
    world = World(rows, today=today)
    above_zero = counts(rows, months, today=today)
    registered = {r["service"] for table in ("vedtak", "devices") for r in rows[table]}
    found = {}
    for month in months:
        at_end, ever = standing(world, month)
        for (kind, code), counted in slices(rows).items():
            for measure in ("concurrent", "vedtak_only", "device_only", "unique_in_month"):
                for geography, grouping, unit in ever if measure == "unique_in_month" else at_end:
                    key = (measure, kind, code, grouping, unit, geography, month)
                    value = above_zero.get(key, 0) if counted & registered else None
                    found[key] = value
    return found
