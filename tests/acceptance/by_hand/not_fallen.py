"""Nye brukere der besøk eller vedtakstid ikke har falt, counted by hand: one start at a time."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from acceptance.brute_force import World, days_of, holds, slices
from acceptance.by_hand.home_care import HOME_CARE, granted, minutes

BEFORE, FIRST_AFTER, JUDGED, NEW_AFTER = 28, 33, 60, 365
WINDOW = 12


def later(day, days):
    return day + timedelta(days=days)


def days_of_use(world, *, until):
    """Person → service → the days on which she has both."""
    found = defaultdict(lambda: defaultdict(set))
    dated = [row["starts_on"] for row in world.rows["device_assignments"]]
    day = min(dated, default=until)
    while day <= until:
        for person, service in world.vedtak(day) & world.working(day):
            found[person][service].add(day)
        day = later(day, 1)
    return found


def starts(days):
    """The days of use that come after a year without."""
    found, last = [], date.min
    for day in sorted(days):
        if last == date.min or (day - last).days > NEW_AFTER:
            found.append(day)
        last = day
    return found


class Around:
    """What the registers say of one person around her start."""

    def __init__(self, world, person, start, visits):
        self.world, self.person, self.start = world, person, start
        self.before = [later(start, n) for n in range(-BEFORE, 0)]
        self.after = [later(start, n) for n in range(FIRST_AFTER, JUDGED + 1)]
        self.all_days = [later(start, n) for n in range(-BEFORE, JUDGED + 1)]
        self.visits_before = sum(visits[person, day] for day in self.before)
        self.visits_after = sum(visits[person, day] for day in self.after)

    def of_hers(self, table):
        return [r for r in self.world.rows[table] if r["recipient_id"] == self.person]

    def is_absent(self):
        rows = self.of_hers("stays")
        vedtak = [r for r in self.of_hers("vedtak") if r["status"] == "granted"]
        for row in vedtak:
            if row["service"] in ("LS", "SS"):
                rows.append(row)
        for row in self.of_hers("vedtak"):
            if row["service"] in HOME_CARE:
                rows += self.world.pauses[row["vedtak_id"]]
        return any(holds(row, day) for row in rows for day in self.before + self.after)

    def is_trained(self):
        rows = self.of_hers("reablement")
        return any(holds(row, day) for row in rows for day in self.all_days)

    def granted(self, day):
        hours = granted_on(self.world, day)[self.person]
        return None if None in hours else sum(minutes(each) for each in hours)

    def counted_as(self):
        yield "starters"
        if not self.world.is_here(self.person, self.all_days[-1]):
            yield "gone"
        elif self.is_trained():
            yield "in_reablement"
        elif self.is_absent():
            yield "away"
        elif self.visits_before == 0:
            yield "not_visited"
        else:
            yield from self.judged_as()

    def judged_as(self):
        yield "judged"
        as_many = self.visits_after >= self.visits_before
        if as_many:
            yield "visits_not_fallen"
        before, after = self.granted(self.before[-1]), self.granted(self.all_days[-1])
        if before and after is not None:
            yield "hours_judged"
            if after >= before:
                yield "hours_not_fallen"
                if as_many:
                    yield "neither_fallen"


def granted_on(world, day):
    if ("granted", day) not in world.remembered:
        world.remembered["granted", day] = granted(world, day)
    return world.remembered["granted", day]


def months_of(judged, months):
    """The months whose twelve months a start is judged in."""
    number = judged.year * 12 + judged.month
    since = {month: int(month[:4]) * 12 + int(month[5:]) - number for month in months}
    return [month for month in months if 0 <= since[month] < WINDOW]


def visits_by_day(rows):
    found = Counter()
    for row in rows:
        if row["status"] == "executed":
            found[row["recipient_id"], row["local_date"]] += 1
    return found


def cases(rows, world, *, since, until):
    """(kind, slice, person, start) of every start that is judged and has the days before it."""
    used = days_of_use(world, until=until)
    for (kind, code), services in slices(rows).items():
        for person, of_service in used.items():
            days = set().union(*(of_service[s] for s in services if s in of_service))
            for start in starts(days):
                if later(start, -BEFORE) >= since and later(start, JUDGED) <= until:
                    yield kind, code, person, start


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    world, found, visits = World(rows, today=today), Counter(), visits_by_day(rows["visits"])
    since, until = days_of(months[0])[0], days_of(months[-1])[-1]
    for kind, code, person, start in cases(rows, world, since=since, until=until):
        measures = list(Around(world, person, start, visits).counted_as())
        for month in months_of(later(start, JUDGED), months):
            for geography, grouping, unit in world.counted_in(person, start):
                for measure in measures:
                    found[measure, kind, code, grouping, unit, geography, month] += 1
    return dict(found)
