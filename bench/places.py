"""Which units and groups someone who lives in a unit counts in: small tables given to every peer.

Written from the definition of the indicator, not from vft's code, in plain Python: units are few.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vft.tables import services
from vft.tables.period import OPEN_END, first_day, last_day

Row = dict[str, Any]


@dataclass(frozen=True)
class Places:
    """``places_then``: (month, home, grouping, unit); ``places_now``: (home, settled, …).

    ``parts``: (home, lived_in, settled), for homes that were split. ``members``: (slice_kind,
    slice, service). ``ends``: (month, first_day, last_day). A home that is not known is empty.
    """

    places_then: list[tuple[str, ...]]
    places_now: list[tuple[str, ...]]
    parts: list[tuple[str, ...]]
    members: list[tuple[str, ...]]
    ends: list[tuple[str, date, date]]


COLUMNS = {
    "places_then": ("month", "home", "grouping", "unit"),
    "places_now": ("home", "settled", "grouping", "unit"),
    "parts": ("home", "lived_in", "settled"),
    "members": ("slice_kind", "slice", "service"),
    "ends": ("month", "first_day", "last_day"),
}


def read(files: dict[str, list[str]], months: Sequence[str], *, today: date) -> Places:
    """Make the tables from the files of ``units``, ``groupings`` and so on."""
    import pyarrow.parquet as pq

    rows = {
        name: [row for file in files[name] for row in pq.read_table(file).to_pylist()]
        for name in ("units", "groupings", "unit_successions", "reporting_groups")
    }
    return places(rows, months, today=today)


def places(rows: dict[str, list[Row]], months: Sequence[str], *, today: date) -> Places:
    """Make the tables."""
    town = _Town(rows["units"], rows["groupings"], rows["unit_successions"])
    return Places(
        places_then=[
            (month, home, *place)
            for month in months
            for home in ("", *town.codes)
            for place in town.places(home, last_day(month))
        ],
        places_now=[row for home in ("", *town.codes) for row in town.present_places(home, today)],
        parts=list(town.parts()),
        members=_members(rows["reporting_groups"]),
        ends=[(month, first_day(month), last_day(month)) for month in months],
    )


def _members(groups: list[Row]) -> list[tuple[str, ...]]:
    technology = list(services.TECHNOLOGY)
    found = {("service", code, code) for code in technology}
    found |= {("total", "all", code) for code in technology}
    found |= {("group", g["group"], g["service"]) for g in groups if g["service"] in technology}
    return sorted(found)


class _Town:
    def __init__(self, units: list[Row], groupings: list[Row], successions: list[Row]) -> None:
        self.units = _by("code", sorted(units, key=lambda u: u["starts_on"]))
        self.codes = sorted(self.units)
        self.towns = [u for u in units if u["level"] == "municipality"]
        self.groupings = _by("unit", groupings)
        self.successions = [s for s in successions if s["predecessor"] != s["successor"]]

    def places(self, home: str, day: date) -> list[tuple[str, str]]:
        """(grouping, unit) of a home on a day."""
        if not home:
            return self._whole(day)
        above = self._above(home, day)
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

    def _whole(self, day: date) -> list[tuple[str, str]]:
        towns = [town["code"] for town in self.towns if _holds(town, day)]
        return [("municipality", code) for code in towns] if len(towns) == 1 else []

    def _above(self, home: str, day: date) -> list[Row]:
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
