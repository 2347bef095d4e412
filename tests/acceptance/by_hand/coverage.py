"""Dekning counted by hand, one person and one month's end at a time."""

from collections import Counter, defaultdict

from acceptance.brute_force import World, days_of, slices
from acceptance.by_hand.home_care import granted
from acceptance.by_hand.need_groups import need


def rounded(number, divisor):
    """Half up."""
    return (2 * number + divisor) // (2 * divisor)


def expected(cared_for, users, places):
    """Place → users if every need group had its municipality's share, in tenths.

    ``cared_for``: person → need; ``places``: person → (geography, grouping, unit) of hers.
    """
    there, using = Counter(), Counter()
    for person, group in cared_for.items():
        for place in wholes(places[person]):
            there[place, group] += 1
            using[place, group] += person in users
    found = Counter()
    for person, group in cared_for.items():
        share = {
            place[0]: rounded(10**9 * using[place, group], there[place, group])
            for place in wholes(places[person])
        }
        found.update({p: share[p[0]] for p in places[person] if p[0] in share})
    return {place: rounded(total, 10**8) / 10 for place, total in found.items()}


def wholes(places):
    return [place for place in places if place[1] == "municipality"]


def counts(rows, months, *, today):
    """(measure, kind, slice, grouping, unit, geography, month) → figure, where it is not zero."""
    world, found, assessments = World(rows, today=today), Counter(), defaultdict(list)
    for row in rows["assessments"]:
        assessments[row["recipient_id"]].append(row)
    for month in months:
        day = days_of(month)[-1]
        cared_for = {person: need(assessments[person], day) for person in granted(world, day)}
        places = {person: world.counted_in(person, day) for person in cared_for}
        use = world.vedtak(day) & world.working(day)
        for (kind, code), services in slices(rows).items():
            users = {person for person, service in use if service in services} & set(cared_for)
            of_place = Counter()
            for person in cared_for:
                of_place.update(("recipients", place) for place in places[person])
                if person in users:
                    of_place.update(("covered", place) for place in places[person])
            for place, value in expected(cared_for, users, places).items():
                of_place["expected", place] = value
            for (measure, (geography, grouping, unit)), value in of_place.items():
                found[measure, kind, code, grouping, unit, geography, month] = value
    return {key: value for key, value in found.items() if value}
