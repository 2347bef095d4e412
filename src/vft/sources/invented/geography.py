"""Where people live: units over time, the reorganisations planted, groupings beside them.

A **plot** is ground that never changes; the unit it belongs to does. Persons are drawn to plots,
so merges, splits, moves and new units follow from one table.
"""

from dataclasses import dataclass
from datetime import date

from vft.sources.invented import facts

LONG_AGO = date(2004, 1, 1)
_SECTOR, _CLUSTER = ("hospital_sector", "Sykehussektor"), ("cluster", "Spredningsklynge")


@dataclass(frozen=True, kw_only=True)
class Plot:
    """Ground under a district of the model (by number), and the unit that it belongs to."""

    district: int
    unit: str
    weight: float = 1.0
    becomes: str = ""  # the unit from ``changed_on``
    changed_on: date | None = None
    opens_on: date | None = None  # nobody lives there before


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One row of the units file."""

    code: str
    name: str
    level: str
    parent: str | None
    starts_on: date = LONG_AGO
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Membership:
    """One row of the groupings file."""

    grouping: tuple[str, str]
    group: str
    unit: str
    starts_on: date = LONG_AGO
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Succession:
    """One row of the file of changes of units."""

    predecessor: str
    successor: str
    changed_on: date
    kind: str


@dataclass(frozen=True, kw_only=True)
class Geography:
    """Plots decide where people are; the rest is what the municipality's files say of it."""

    municipality: str
    plots: tuple[Plot, ...]
    units: tuple[Unit, ...]
    successions: tuple[Succession, ...] = ()
    memberships: tuple[Membership, ...] = ()


def oslo() -> Geography:
    """Fifteen districts with four invented part-districts each, and four reorganisations.

    01.01.2023 two part-districts of Frogner merge; 01.07.2023 one of Østensjø is split;
    01.01.2024 one of Alna moves to Bjerke while its hospital sector stays Ahus; 01.06.2024 a new
    one opens in Gamle Oslo.
    """
    merged, split = date(2023, 1, 1), date(2023, 7, 1)
    moved, opened = date(2024, 1, 1), date(2024, 6, 1)
    units = {u.code: u for u in _oslo_units()}
    for code, day in (("03010503", merged), ("03010504", merged), ("03011302", split)):
        units[code] = _closed(units[code], day)
    units["03011204"] = _closed(units["03011204"], moved)
    new = (
        _part("03010505", "Frogner sørvest", merged),
        _part("03011305", "Østensjø sørøst", split),
        _part("03011306", "Østensjø midt", split),
        Unit(
            code="03011204",
            name="Alna vest",
            level="part_district",
            parent="030109",
            starts_on=moved,
        ),
        _part("03010105", "Gamle Oslo havn", opened),
    )
    changes = {
        "03010503": (("03010505", 1.0),),
        "03010504": (("03010505", 1.0),),
        "03011302": (("03011305", 0.6), ("03011306", 0.4)),
    }
    days = {"03010503": merged, "03010504": merged, "03011302": split}
    plots = [
        Plot(
            district=int(code[4:6]) - 1,
            unit=code,
            weight=weight * (1.3 - 0.2 * int(code[7])),
            becomes=becomes,
            changed_on=days.get(code),
        )
        for code, unit in units.items()
        if unit.level == "part_district"
        for becomes, weight in changes.get(code, (("", 1.0),))
    ]
    plots.append(Plot(district=0, unit="03010105", weight=0.3, opens_on=opened))
    return Geography(
        municipality="0301",
        plots=tuple(plots),
        units=(*units.values(), *new),
        successions=(
            Succession(
                predecessor="03010503", successor="03010505", changed_on=merged, kind="merge"
            ),
            Succession(
                predecessor="03010504", successor="03010505", changed_on=merged, kind="merge"
            ),
            Succession(
                predecessor="03011302", successor="03011305", changed_on=split, kind="split"
            ),
            Succession(
                predecessor="03011302", successor="03011306", changed_on=split, kind="split"
            ),
        ),
        memberships=(
            *(
                Membership(grouping=grouping, group=group, unit=f"0301{n:02d}")
                for grouping, groups in ((_SECTOR, facts.SECTORS), (_CLUSTER, facts.CLUSTERS))
                for group, numbers in groups.items()
                for n in numbers
            ),
            Membership(grouping=_SECTOR, group="Ahus", unit="03011204", starts_on=moved),
        ),
    )


def _oslo_units() -> list[Unit]:
    districts = [
        Unit(code=f"0301{n:02d}", name=name, level="district", parent="0301")
        for n, name in enumerate(facts.DISTRICTS, start=1)
    ]
    parts = [
        Unit(
            code=f"{district.code}{n:02d}",
            name=f"{district.name} {side}",
            level="part_district",
            parent=district.code,
        )
        for district in districts
        for n, side in enumerate(("nord", "øst", "sør", "vest"), start=1)
    ]
    return [Unit(code="0301", name="Oslo", level="municipality", parent=None), *districts, *parts]


def _part(code: str, name: str, starts_on: date) -> Unit:
    return Unit(code=code, name=name, level="part_district", parent=code[:-2], starts_on=starts_on)


def _closed(unit: Unit, day: date) -> Unit:
    return Unit(code=unit.code, name=unit.name, level=unit.level, parent=unit.parent, ends_on=day)


MERGED, SPLIT = date(2024, 1, 1), date(2024, 3, 15)
MOVED, OPENED = date(2024, 5, 1), date(2024, 7, 1)


def havnes() -> Geography:
    """A small municipality that exists nowhere, where everything happens in eighteen months.

    ``MERGED``: Nordbyen and Sørbyen become Byen, their part-districts under it. ``SPLIT``:
    Fjellbyen, which has no part-districts, becomes Øvre and Nedre. ``MOVED``: a part-district of
    Østbyen goes to Vestbyen, its sector stays. ``OPENED``: a new part-district in Vestbyen.
    """
    return Geography(
        municipality="9901",
        plots=(
            *(Plot(district=0, unit=f"9901010{n}") for n in (1, 2)),
            *(Plot(district=1, unit=f"9901020{n}") for n in (1, 2)),
            Plot(district=2, unit="990103", weight=0.6, becomes="990108", changed_on=SPLIT),
            Plot(district=2, unit="990103", weight=0.4, becomes="990109", changed_on=SPLIT),
            *(Plot(district=3, unit=f"9901040{n}") for n in (1, 2, 3)),
            *(Plot(district=4, unit=f"9901050{n}") for n in (1, 2)),
            Plot(district=4, unit="99010503", weight=1.5, opens_on=OPENED),
            *(Plot(district=5, unit=f"9901060{n}") for n in (1, 2)),
        ),
        units=tuple(_havnes_units()),
        successions=tuple(
            Succession(predecessor=before, successor=after, changed_on=day, kind=kind)
            for before, after, day, kind in (
                ("990101", "990107", MERGED, "merge"),
                ("990102", "990107", MERGED, "merge"),
                ("990103", "990108", SPLIT, "split"),
                ("990103", "990109", SPLIT, "split"),
            )
        ),
        memberships=tuple(_havnes_memberships()),
    )


def _havnes_units() -> list[Unit]:
    def district(code: str, name: str, starts: date = LONG_AGO, ends: date | None = None) -> Unit:
        return Unit(
            code=code, name=name, level="district", parent="9901", starts_on=starts, ends_on=ends
        )

    def part(
        code: str, name: str, parent: str, starts: date = LONG_AGO, ends: date | None = None
    ) -> Unit:
        return Unit(
            code=code,
            name=name,
            level="part_district",
            parent=parent,
            starts_on=starts,
            ends_on=ends,
        )

    merging = {
        "99010101": "Neset",
        "99010102": "Vika",
        "99010201": "Brygga",
        "99010202": "Torget",
    }
    lasting = {
        "99010401": "Lia",
        "99010402": "Åsen",
        "99010501": "Strand",
        "99010502": "Øya",
        "99010601": "Kaia",
        "99010602": "Holmen",
    }
    return [
        Unit(code="9901", name="Havnes", level="municipality", parent=None),
        district("990101", "Nordbyen", ends=MERGED),
        district("990102", "Sørbyen", ends=MERGED),
        district("990107", "Byen", starts=MERGED),
        district("990103", "Fjellbyen", ends=SPLIT),
        district("990108", "Øvre Fjellbyen", starts=SPLIT),
        district("990109", "Nedre Fjellbyen", starts=SPLIT),
        district("990104", "Østbyen"),
        district("990105", "Vestbyen"),
        district("990106", "Havna"),
        *(part(code, name, code[:6], ends=MERGED) for code, name in merging.items()),
        *(part(code, name, "990107", starts=MERGED) for code, name in merging.items()),
        *(part(code, name, code[:6]) for code, name in lasting.items()),
        part("99010403", "Myra", "990104", ends=MOVED),
        part("99010403", "Myra", "990105", starts=MOVED),
        part("99010503", "Nylandet", "990105", starts=OPENED),
    ]


def _havnes_memberships() -> list[Membership]:
    sectors = (
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
    clusters = (("Østbyen (fadder)", "990104"), ("Østbyen (fadder)", "990105"))
    return [
        *(
            Membership(grouping=_SECTOR, group=group, unit=unit, starts_on=starts, ends_on=ends)
            for group, unit, starts, ends in sectors
        ),
        *(Membership(grouping=_CLUSTER, group=group, unit=unit) for group, unit in clusters),
    ]


def nation() -> Geography:
    """357 invented municipalities without districts; codes are made up, four digits."""
    codes = [f"9{n:03d}" for n in range(facts.MUNICIPALITIES)]
    return Geography(
        municipality=codes[0],
        plots=tuple(Plot(district=n, unit=code) for n, code in enumerate(codes)),
        units=tuple(
            Unit(code=code, name=f"Kommune {code}", level="municipality", parent=None)
            for code in codes
        ),
    )
