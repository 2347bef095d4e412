"""From a recipient's home unit to every unit and group that she counts in, as small tables."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import ibis

from vft.indicators.geography import Geography, Place
from vft.tables.period import last_day

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: The home of someone whose residence is not known.
UNKNOWN = ""


def then(geography: Geography, months: Sequence[str]) -> "ir.Table":
    """``(month, home, grouping, unit)``: as it was on the last day of each month."""
    rows = [
        (month, home, place.grouping, place.unit)
        for month in months
        for home in geography.codes
        for place in geography.places(home, last_day(month))
    ]
    rows += [
        (month, UNKNOWN, "municipality", whole)
        for month in months
        if (whole := geography.whole(last_day(month)))
    ]
    return _table(rows, ("month", "home", "grouping", "unit"))


def now(geography: Geography, months: Sequence[str]) -> "ir.Table":
    """``(home, settled, grouping, unit)``: as it is on the last day of the newest month.

    ``settled``: for a home that was split, the unit of today that its resident has moved to, else
    empty. Who has not settled counts in the municipality only.
    """
    today = last_day(months[-1])
    rows: list[tuple[str, str, str, str]] = []
    for home in geography.codes:
        present = geography.present(home)
        if len(present) == 1:
            rows += _rows(home, "", geography.places(present[0], today))
            continue
        for settled in present:
            rows += _rows(home, settled, geography.places(settled, today))
        rows += _rows(home, "", _shared_whole(geography.places(p, today) for p in present))
    if whole := geography.whole(today):
        rows.append((UNKNOWN, "", "municipality", whole))
    return _table(rows, ("home", "settled", "grouping", "unit"))


def settlings(geography: Geography, homes: "ir.Table") -> "ir.Table":
    """``(recipient_id, home, settled)``: where residents of split units went, their first move.

    ``homes``: ``(recipient_id, starts_on, ends_on, unit)``.
    """
    parts = _parts(geography)
    later = homes.select("recipient_id", "starts_on", lived_in="unit").join(parts, "lived_in")
    residents = homes.select("recipient_id", home="unit").distinct()
    moved = residents.join(later, ["recipient_id", "home"])
    return moved.group_by("recipient_id", "home").agg(settled=moved.settled.argmin(moved.starts_on))


def _parts(geography: Geography) -> "ir.Table":
    """``(home, lived_in, settled)``: a split unit, a unit that it became, and that unit today."""
    split = {code: p for code in geography.codes if len(p := geography.present(code)) > 1}
    rows = [
        (home, lived_in, became[0])
        for home, parts in split.items()
        for lived_in in geography.codes
        if lived_in != home
        and len(became := geography.present(lived_in)) == 1
        and became[0] in parts
    ]
    return _table(rows, ("home", "lived_in", "settled"))


def _rows(home: str, settled: str, places: Iterable[Place]) -> list[tuple[str, str, str, str]]:
    return [(home, settled, place.grouping, place.unit) for place in places]


def _shared_whole(places: Iterable[list[Place]]) -> list[Place]:
    wholes = {place.unit for each in places for place in each if place.grouping == "municipality"}
    return [Place(grouping="municipality", unit=u) for u in wholes] if len(wholes) == 1 else []


def _table(rows: Sequence[tuple[str, ...]], names: Sequence[str]) -> "ir.Table":
    import pyarrow as pa

    columns = {name: pa.array([r[i] for r in rows], pa.string()) for i, name in enumerate(names)}
    return ibis.memtable(pa.table(columns))
