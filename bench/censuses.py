"""Which units that residents are counted of make up a place, whatever became of them since.

Written from the definition of the indicator, not from vft's code, in plain Python: units are few.
A table of residents tells of units as they stood when it was made. Ground is followed in its
smallest pieces, the units without parts: a place is known where whole units of the table make it
up, and nothing else; the larger ones go first.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bench.places import Row, Town
from vft.tables import period

COLUMNS = ("month", "geography", "grouping", "unit", "year", "counted")

Place = tuple[str, str]


def read(files: list[str]) -> dict[int, set[str]]:
    """Year → the units that residents were counted of."""
    import pyarrow.dataset as ds

    rows = ds.dataset(files).to_table(
        columns=["year", "unit"], filter=ds.field("variant") == "counted"
    )
    found: dict[int, set[str]] = {}
    for row in rows.group_by(["year", "unit"]).aggregate([]).to_pylist():
        found.setdefault(row["year"], set()).add(row["unit"])
    return found


def made_up_of(
    rows: dict[str, list[Row]], counted: dict[int, set[str]], months: Sequence[str], *, today: date
) -> list[tuple[object, ...]]:
    """(month, geography, grouping, unit, year, counted), by the newest table of no later year."""
    town = Town(rows["units"], rows["groupings"], rows["unit_successions"])
    censuses = {year: Census(town, year, units) for year, units in counted.items()}
    found: list[tuple[object, ...]] = []
    for month in months:
        year = max((year for year in censuses if year <= int(month[:4])), default=None)
        days = {"then": period.last_day(month), "now": today} if year is not None else {}
        for geography, day in days.items():
            made_up = censuses[year].made_up(day)
            found += [(month, geography, *p, year, u) for p, units in made_up for u in units]
    return found


class Census:
    """The table of a year, with the organisation as most of its units knew it near New Year."""

    def __init__(self, town: Town, year: int, units: set[str]) -> None:
        self._town, self._changes = town, town.changes()
        self._told = self._told_on(units, date(year, 1, 1))
        lines = [[u["code"] for u in town.above(c, self._told)] for c in town.standing(self._told)]
        wholes = {code for line in lines for code in line[1:]}
        #: A piece of ground → itself and the units above it.
        self._lines = {line[0]: line for line in lines if line[0] not in wholes}
        #: A unit of the table → the ground that it is.
        self._ground = {u: {a for a, line in self._lines.items() if u in line} for u in units}
        self._known: dict[int, list[tuple[Place, set[str]]]] = {}

    def made_up(self, day: date) -> list[tuple[Place, set[str]]]:
        """Places of a day that are known, with the units of the table that make them up."""
        era = bisect_right(self._changes, day)
        if era not in self._known:
            self._known[era] = list(self._made_up(day))
        return self._known[era]

    def _told_on(self, units: set[str], begins: date) -> date:
        after = begins + timedelta(days=365)
        later = [day for day in self._changes if begins < day < after]
        days = [begins, begins - timedelta(days=1), *later]
        return max(days, key=lambda day: len(units.intersection(self._town.standing(day))))

    def _made_up(self, day: date) -> Iterable[tuple[Place, set[str]]]:
        touching: dict[Place, set[str]] = {}
        whole: dict[Place, set[str]] = {}
        for atom, units in self._became(day).items():
            each = [set(self._town.places(unit, day)) for unit in units]
            for place in set.union(*each):
                touching.setdefault(place, set()).add(atom)
            for place in set.intersection(*each):
                whole.setdefault(place, set()).add(atom)
        for place, atoms in touching.items():
            within = whole.get(place, set())
            largest = {self._largest(atom, within) for atom in atoms}
            if None not in largest:
                yield place, {unit for unit in largest if unit}

    def _largest(self, atom: str, within: set[str]) -> str | None:
        """The largest unit of the table that an atom is of, with all its ground in a place."""
        known = (unit for unit in reversed(self._lines[atom]) if unit in self._ground)
        return next((unit for unit in known if self._ground[unit] <= within), None)

    def _became(self, day: date) -> dict[str, list[str]]:
        """The units that each piece of ground is on a day; unknown where nobody can say."""
        standing = set(self._town.standing(day))
        return {
            atom: sorted(standing.intersection(self._followed(atom, day))) or [""]
            for atom in self._lines
        }

    def _followed(self, atom: str, day: date) -> set[str]:
        found, ways = set(), [(atom, self._told)]
        while ways:
            code, since = ways.pop()
            found.add(code)
            ways += [
                (s["successor"], s["changed_on"])
                for s in self._town.successions
                if s["predecessor"] == code and since < s["changed_on"] <= day
            ]
        return found
