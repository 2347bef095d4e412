"""Which units and groups someone who lives in a unit counts in: small tables given to every peer.

Written from the definition of the indicator, not from vft's code, in plain Python: units are few.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vft.tables import services
from vft.tables.period import OPEN_END, last_day

Row = dict[str, Any]


@dataclass(frozen=True)
class Places:
    """``places_then``: (month, home, grouping, unit); ``places_now``: (home, settled, …).

    A home that is not known is empty.
    """

    places_then: list[tuple[str, ...]]
    places_now: list[tuple[str, ...]]


COLUMNS = {
    "places_then": ("month", "home", "grouping", "unit"),
    "places_now": ("home", "settled", "grouping", "unit"),
}


def read(files: dict[str, list[str]]) -> dict[str, list[Row]]:
    """The rows that tell how the municipality is organised; none where a table is not given."""
    import pyarrow.parquet as pq

    return {
        name: [row for file in files.get(name, ()) for row in pq.read_table(file).to_pylist()]
        for name in ("units", "groupings", "unit_successions", "reporting_groups")
    }


def places(rows: dict[str, list[Row]], months: Sequence[str], *, today: date) -> Places:
    """Make the tables."""
    town = Town(rows["units"], rows["groupings"], rows["unit_successions"])
    return Places(
        places_then=[
            (month, home, *place)
            for month in months
            for home in ("", *town.codes)
            for place in town.places(home, last_day(month))
        ],
        places_now=[row for home in ("", *town.codes) for row in town.present_places(home, today)],
    )


def members(groups: list[Row]) -> list[tuple[str, ...]]:
    """(slice_kind, slice, service) of every technology."""
    technology = list(services.TECHNOLOGY)
    found = {("service", code, code) for code in technology}
    found |= {("total", "all", code) for code in technology}
    found |= {("group", g["group"], g["service"]) for g in groups if g["service"] in technology}
    return sorted(found)


class Town:
    """How the municipality is organised, and what became of its units."""

    def __init__(self, units: list[Row], groupings: list[Row], successions: list[Row]) -> None:
        self.units = _by("code", sorted(units, key=lambda u: u["starts_on"]))
        self.codes = sorted(self.units)
        self.towns = [u for u in units if u["level"] == "municipality"]
        self.groupings = _by("unit", groupings)
        self.successions = [s for s in successions if s["predecessor"] != s["successor"]]
        self._eras = self.changes()
        self._known: dict[tuple[str, int], list[tuple[str, str]]] = {}

    def standing(self, day: date) -> list[str]:
        """The units there were on a day."""
        return [code for code in self.codes if any(_holds(u, day) for u in self.units[code])]

    def places(self, home: str, day: date) -> list[tuple[str, str]]:
        """(grouping, unit) of a home on a day; the same all days between two changes."""
        at = (home, bisect_right(self._eras, day))
        if at not in self._known:
            self._known[at] = self._places(home, day)
        return self._known[at]

    def _places(self, home: str, day: date) -> list[tuple[str, str]]:
        if not home:
            return self._whole(day)
        above = self.above(home, day)
        levels = [(unit["level"], unit["code"]) for unit in above]
        groups = {}
        for unit in reversed(above):  # the nearest last: it goes before the others
            groups |= {
                g["grouping"]: g["group"]
                for g in self.groupings.get(unit["code"], ())
                if _holds(g, day)
            }
        return levels + list(groups.items())

    def present_places(self, home: str, today: date) -> Iterable[tuple[str, ...]]:
        """(home, settled, grouping, unit), as it is today."""
        became = self.became(home)
        if len(became) == 1:
            yield from ((home, "", *place) for place in self.places(became[0], today))
            return
        for settled in became:
            yield from ((home, settled, *place) for place in self.places(settled, today))
        yield from ((home, "", *place) for place in self._whole(today))

    def parts(self) -> Iterable[tuple[str, ...]]:
        """(home, lived_in, settled) of homes that were split."""
        for home in self.codes:
            became = self.became(home)
            for lived_in in self.codes if len(became) > 1 else ():
                after = self.became(lived_in)
                if lived_in != home and len(after) == 1 and after[0] in became:
                    yield home, lived_in, after[0]

    def became(self, home: str) -> list[str]:
        """What a unit is today."""
        after = [s["successor"] for s in self.successions if s["predecessor"] == home]
        return sorted({last for code in after for last in self.became(code)}) or [home]

    def changes(self) -> list[date]:
        """The days on which anything of the organisation changed, in order."""
        versions = [unit for of_code in self.units.values() for unit in of_code]
        versions += [member for of_unit in self.groupings.values() for member in of_unit]
        days = {row[name] for row in versions for name in ("starts_on", "ends_on")}
        return sorted((days | {s["changed_on"] for s in self.successions}) - {None})

    def choices(self) -> Iterable[tuple[str, str]]:
        """(home, settled): every home, and every part of those that were split."""
        for home in ("", *self.codes):
            yield home, ""
            became = self.became(home)
            yield from ((home, part) for part in became if len(became) > 1)

    def on(self, home: str, settled: str, day: date) -> str:
        """What a home counts as on a day: itself until it is no more, then what it became."""
        if not home or any(_holds(u, day) or day < u["starts_on"] for u in self.units[home]):
            return home
        after = [
            s["successor"]
            for s in self.successions
            if s["predecessor"] == home and s["changed_on"] <= day
        ]
        if len(after) == 1:
            return self.on(after[0], settled, day)
        return settled if after else home

    def _whole(self, day: date) -> list[tuple[str, str]]:
        towns = [town["code"] for town in self.towns if _holds(town, day)]
        return [("municipality", code) for code in towns] if len(towns) == 1 else []

    def above(self, home: str, day: date) -> list[Row]:
        """A unit as it was on a day, then its parent, and so on."""
        found = []
        code: str | None = home
        while code:
            versions = self.units[code]
            begun = [u for u in versions if u["starts_on"] <= day]
            found.append((begun or versions[:1])[-1])
            code = found[-1]["parent"]
        return found


def _holds(row: Row, day: date) -> bool:
    return bool(row["starts_on"] <= day < (row["ends_on"] or OPEN_END))


def _by(column: str, rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found
