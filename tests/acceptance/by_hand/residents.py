"""Residents of a place by hand: which pieces of ground the table's units and the place are of."""

from datetime import date, timedelta

from acceptance.brute_force import LEVELS, UNKNOWN, holds


class Counted:
    """The population table of a year, with the units as most of them stood near New Year."""

    def __init__(self, world, year, *, age):
        self.world, self.given = world, {}
        for row in world.rows["population"]:
            if row["variant"] == "counted" and row["year"] == year:
                old = row["persons"] if row["age"] >= age else 0
                self.given[row["unit"]] = self.given.get(row["unit"], 0) + old
        self.told = self._told(year)
        self.atoms = {
            unit["code"]
            for unit in world.rows["units"]
            if holds(unit, self.told)
            and not any(
                unit["code"] in {u["code"] for u in world.line(other["code"], self.told)[1:]}
                for other in world.rows["units"]
                if holds(other, self.told)
            )
        }

    def _told(self, year):
        begins = date(year, 1, 1)
        rows = [r for t in ("units", "groupings") for r in self.world.rows[t]]
        turns = {r[c] for r in rows for c in ("starts_on", "ends_on")}
        turns |= {r["changed_on"] for r in self.world.rows["unit_successions"]}
        later = sorted(d for d in turns - {None} if begins < d < begins + timedelta(days=365))
        days = [begins, begins - timedelta(days=1), *later]
        return max(days, key=lambda d: sum(bool(self.world.unit(u, d)) for u in self.given))

    def members(self, atom, day):
        """What a piece of ground is on a later day; ``UNKNOWN`` where nobody can say."""
        found, ways, seen = set(), [(atom, self.told)], set()
        while ways:
            code, since = ways.pop()
            if (code, since) not in seen:
                seen.add((code, since))
                found.add(code)
                for on in self.world.changes(code, after=since, until=day):
                    ways += [(successor, on) for successor in self.world.successors(code, on)]
        return {code for code in found if self.world.unit(code, day)} or {UNKNOWN}

    def residents(self, day):
        """(grouping, unit) → residents, on a day, of the places that are known."""
        inside = {
            atom: [self.world.places(m, day) for m in self.members(atom, day)]
            for atom in self.atoms
        }
        covers = {giver: {a for a in self.atoms if giver in self.codes(a)} for giver in self.given}
        found = {}
        for place in {p for places in inside.values() for each in places for p in each}:
            touching = {a for a, each in inside.items() if any(place in places for places in each)}
            whole = {a for a in touching if all(place in places for places in inside[a])}
            fits = [g for g, atoms in covers.items() if atoms and atoms <= whole]
            largest = [
                min((g for g in fits if a in covers[g]), key=self.rank, default=None)
                for a in touching
            ]
            if None not in largest:
                found[place] = sum(self.given[giver] for giver in set(largest))
        return found

    def codes(self, atom):
        return {unit["code"] for unit in self.world.line(atom, self.told)}

    def rank(self, code):
        return LEVELS.index(self.world.unit(code, self.told)["level"])


def residents(world, month_end, *, age):
    """(geography, grouping, unit) → residents by the newest count that is of no later year."""
    counted = {r["year"] for r in world.rows["population"] if r["variant"] == "counted"}
    years = [year for year in counted if year <= month_end.year]
    if not years:
        return {}
    table = Counted(world, max(years), age=age)
    days = {"then": month_end, "now": world.today}
    return {
        (geography, *place): number
        for geography, day in days.items()
        for place, number in table.residents(day).items()
    }
