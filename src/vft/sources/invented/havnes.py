"""Havnes: a small municipality that exists nowhere, where everything happens in eighteen months.

``MERGED``: Nordbyen and Sørbyen become Byen, their part-districts under it. ``SPLIT``: Fjellbyen,
which has no part-districts, becomes Øvre and Nedre. ``MOVED``: a part-district of Østbyen goes to
Vestbyen, its sector stays. ``OPENED``: a new part-district in Vestbyen.
"""

from datetime import date

from vft.sources.invented.geography import (
    CLUSTER,
    LONG_AGO,
    SECTOR,
    Geography,
    Membership,
    Plot,
    Succession,
    Unit,
)

MERGED, SPLIT = date(2024, 1, 1), date(2024, 3, 15)
MOVED, OPENED = date(2024, 5, 1), date(2024, 7, 1)

#: Code, name, parent, first day, first day that it is no more.
_UNITS = (
    ("9901", "Havnes", None, LONG_AGO, None),
    ("990101", "Nordbyen", "9901", LONG_AGO, MERGED),
    ("990102", "Sørbyen", "9901", LONG_AGO, MERGED),
    ("990107", "Byen", "9901", MERGED, None),
    ("990103", "Fjellbyen", "9901", LONG_AGO, SPLIT),
    ("990108", "Øvre Fjellbyen", "9901", SPLIT, None),
    ("990109", "Nedre Fjellbyen", "9901", SPLIT, None),
    ("990104", "Østbyen", "9901", LONG_AGO, None),
    ("990105", "Vestbyen", "9901", LONG_AGO, None),
    ("990106", "Havna", "9901", LONG_AGO, None),
    ("99010101", "Neset", "990101", LONG_AGO, MERGED),
    ("99010101", "Neset", "990107", MERGED, None),
    ("99010102", "Vika", "990101", LONG_AGO, MERGED),
    ("99010102", "Vika", "990107", MERGED, None),
    ("99010201", "Brygga", "990102", LONG_AGO, MERGED),
    ("99010201", "Brygga", "990107", MERGED, None),
    ("99010202", "Torget", "990102", LONG_AGO, MERGED),
    ("99010202", "Torget", "990107", MERGED, None),
    ("99010401", "Lia", "990104", LONG_AGO, None),
    ("99010402", "Åsen", "990104", LONG_AGO, None),
    ("99010403", "Myra", "990104", LONG_AGO, MOVED),
    ("99010403", "Myra", "990105", MOVED, None),
    ("99010501", "Strand", "990105", LONG_AGO, None),
    ("99010502", "Øya", "990105", LONG_AGO, None),
    ("99010503", "Nylandet", "990105", OPENED, None),
    ("99010601", "Kaia", "990106", LONG_AGO, None),
    ("99010602", "Holmen", "990106", LONG_AGO, None),
)
_LEVELS = {4: "municipality", 6: "district", 8: "part_district"}

_CHANGES = (
    ("990101", "990107", MERGED, "merge"),
    ("990102", "990107", MERGED, "merge"),
    ("990103", "990108", SPLIT, "split"),
    ("990103", "990109", SPLIT, "split"),
)

_SECTORS = (
    ("Sørsykehuset", "990101", LONG_AGO, MERGED),
    ("Sørsykehuset", "990102", LONG_AGO, MERGED),
    ("Sørsykehuset", "990107", MERGED, None),
    ("Nordsykehuset", "990103", LONG_AGO, SPLIT),
    ("Nordsykehuset", "990108", SPLIT, None),
    ("Nordsykehuset", "990109", SPLIT, None),
    ("Nordsykehuset", "990104", LONG_AGO, None),
    ("Vestsykehuset", "990105", LONG_AGO, None),
    ("Vestsykehuset", "990106", LONG_AGO, None),
    ("Nordsykehuset", "99010403", MOVED, None),
)
_CLUSTERS = (("Østbyen (fadder)", "990104"), ("Østbyen (fadder)", "990105"))


def place() -> Geography:
    """The whole of it."""
    return Geography(
        municipality="9901",
        plots=tuple(_plots()),
        units=tuple(
            Unit(
                code=code,
                name=name,
                level=_LEVELS[len(code)],
                parent=parent,
                starts_on=starts,
                ends_on=ends,
            )
            for code, name, parent, starts, ends in _UNITS
        ),
        successions=tuple(
            Succession(predecessor=before, successor=after, changed_on=day, kind=kind)
            for before, after, day, kind in _CHANGES
        ),
        memberships=tuple(_memberships()),
    )


def _plots() -> list[Plot]:
    """Every part-district is a plot of its own; the district without any is split in two."""
    codes = sorted({code for code, *_ in _UNITS if _LEVELS[len(code)] == "part_district"})
    parts = [Plot(district=int(code[4:6]) - 1, unit=code) for code in codes if code != "99010503"]
    return [
        *parts,
        Plot(district=2, unit="990103", weight=0.6, becomes="990108", changed_on=SPLIT),
        Plot(district=2, unit="990103", weight=0.4, becomes="990109", changed_on=SPLIT),
        Plot(district=4, unit="99010503", weight=4.0, opens_on=OPENED),
    ]


def _memberships() -> list[Membership]:
    sectors = [
        Membership(grouping=SECTOR, group=group, unit=unit, starts_on=starts, ends_on=ends)
        for group, unit, starts, ends in _SECTORS
    ]
    return [*sectors, *(Membership(grouping=CLUSTER, group=g, unit=u) for g, u in _CLUSTERS)]
