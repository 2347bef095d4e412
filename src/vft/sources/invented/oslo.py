"""Oslo: fifteen districts with four invented part-districts each, and four reorganisations.

01.01.2023 two part-districts of Frogner merge; 01.07.2023 one of Østensjø is split; 01.01.2024 one
of Alna moves to Bjerke while its hospital sector stays Ahus; 01.06.2024 a new one opens in Gamle
Oslo.
"""

from datetime import date

from vft.sources.invented import facts
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

MERGED, SPLIT = date(2023, 1, 1), date(2023, 7, 1)
MOVED, OPENED = date(2024, 1, 1), date(2024, 6, 1)
_SIDES = ("nord", "øst", "sør", "vest")
_SPLIT_SHARES = (0.6, 0.4)  # of the recipients, to each of the two

#: Predecessor, successor, day, kind.
_CHANGES = (
    ("03010503", "03010505", MERGED, "merge"),
    ("03010504", "03010505", MERGED, "merge"),
    ("03011302", "03011305", SPLIT, "split"),
    ("03011302", "03011306", SPLIT, "split"),
)
#: Code, name, parent, first day: units that were not there from the start.
_LATER = (
    ("03010505", "Frogner sørvest", "030105", MERGED),
    ("03011305", "Østensjø sørøst", "030113", SPLIT),
    ("03011306", "Østensjø midt", "030113", SPLIT),
    ("03011204", "Alna vest", "030109", MOVED),
    ("03010105", "Gamle Oslo havn", "030101", OPENED),
)
_ENDED = {"03011204": MOVED, **{before: day for before, _, day, _ in _CHANGES}}


def place() -> Geography:
    """The whole of it."""
    return Geography(
        municipality="0301",
        plots=tuple(_plots()),
        units=tuple(_units()),
        successions=tuple(
            Succession(predecessor=before, successor=after, changed_on=day, kind=kind)
            for before, after, day, kind in _CHANGES
        ),
        memberships=tuple(_memberships()),
    )


def _units() -> list[Unit]:
    town = Unit(code="0301", name="Oslo", level="municipality", parent=None)
    districts = [
        Unit(code=f"0301{n:02d}", name=name, level="district", parent="0301")
        for n, name in enumerate(facts.DISTRICTS, start=1)
    ]
    parts = [
        _part(f"{d.code}{n:02d}", f"{d.name} {side}", d.code, LONG_AGO)
        for d in districts
        for n, side in enumerate(_SIDES, start=1)
    ]
    return [town, *districts, *parts, *(_part(*later) for later in _LATER)]


def _part(code: str, name: str, parent: str, starts_on: date) -> Unit:
    return Unit(
        code=code,
        name=name,
        level="part_district",
        parent=parent,
        starts_on=starts_on,
        ends_on=_ENDED.get(code) if starts_on == LONG_AGO else None,
    )


def _plots() -> list[Plot]:
    """Ground of the part-districts there were from the start, the first of each the largest."""
    codes = [f"0301{d:02d}{n:02d}" for d in range(1, 16) for n in range(1, len(_SIDES) + 1)]
    becomes = {code: [after for before, after, *_ in _CHANGES if before == code] for code in codes}
    there = [
        Plot(
            district=int(code[4:6]) - 1,
            unit=code,
            weight=(1.3 - 0.2 * int(code[7])) * share,
            becomes=after,
            changed_on=_ENDED[code] if after else None,
        )
        for code in codes
        for after, share in zip(becomes[code] or [""], _shares(becomes[code]), strict=True)
    ]
    return [*there, Plot(district=0, unit="03010105", weight=0.3, opens_on=OPENED)]


def _shares(successors: list[str]) -> tuple[float, ...]:
    return _SPLIT_SHARES if len(successors) > 1 else (1.0,)


def _memberships() -> list[Membership]:
    standing = [
        Membership(grouping=grouping, group=group, unit=f"0301{n:02d}")
        for grouping, groups in ((SECTOR, facts.SECTORS), (CLUSTER, facts.CLUSTERS))
        for group, numbers in groups.items()
        for n in numbers
    ]
    return [*standing, Membership(grouping=SECTOR, group="Ahus", unit="03011204", starts_on=MOVED)]
