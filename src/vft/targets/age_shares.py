"""Shares of people by age: living at home, or with an indication."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vft.sources import short_table
from vft.sources.short_table import Column, Row
from vft.sources.ssb.ages import WRITTEN, Age, age
from vft.targets import provenance
from vft.targets.provenance import Provenance

_AGE = Column(name="age", headings=("alder",))
_SHARE = Column(name="share", headings=("andel",))
_INDICATION = Column(name="indication", headings=("indikasjon",))
#: Of the tables that are read.
HOME_LIVING = (_AGE, _SHARE, *provenance.COLUMNS)
PREVALENCE = (_INDICATION, *HOME_LIVING)


@dataclass(frozen=True, kw_only=True)
class AgeShares:
    """``bands``: age group → share of 1, in order, none overlapping."""

    bands: dict[Age, float]
    provenance: tuple[Provenance, ...]

    def of(self, group: Age) -> float | None:
        """The share of those within one band; None where the group is in none, or in several."""
        return next((share for band, share in self.bands.items() if band.holds(group)), None)

    def knows_none_of(self, group: Age) -> bool:
        """Whether nobody of the group is in a band."""
        return not any(band.meets(group) for band in self.bands)


def read_home_living(path: Path) -> AgeShares:
    """Share living at home, by age.

    Raises:
        FileRefused: every row that is wrong.
    """
    rows = _rows(path, HOME_LIVING)
    return _shares("hjemmeboende", rows)


def read_prevalence(path: Path) -> dict[str, AgeShares]:
    """Share with each indication, by age. Indication → shares.

    Raises:
        FileRefused: every row that is wrong.
    """
    rows = _rows(path, PREVALENCE)
    names = dict.fromkeys(row.cells["indication"] for row in rows)
    return {
        name: _shares(f"forekomst: {name}", [r for r in rows if r.cells["indication"] == name])
        for name in names
    }


def _rows(path: Path, columns: Sequence[Column]) -> list[Row]:
    rows = short_table.read(path, columns)
    if not rows:
        raise short_table.without_rows(path)
    short_table.refuse_all(path, [*_faults(rows), *provenance.faults(rows)])
    return rows


def _shares(name: str, rows: Sequence[Row]) -> AgeShares:
    bands = {group: row for row in rows if (group := age(row.cells["age"]))}
    return AgeShares(
        bands={g: float(short_table.number(bands[g].cells["share"]) or 0) for g in sorted(bands)},
        provenance=tuple(provenance.of_row(f"{name}, {g}", bands[g]) for g in sorted(bands)),
    )


def _faults(rows: Sequence[Row]) -> Iterator[str]:
    seen: list[tuple[str, Age]] = []
    for row in rows:
        yield from (f"rad {row.number}, {fault}" for fault in _faults_of(row.cells))
        name, group = row.cells.get("indication", ""), age(row.cells["age"])
        if group is not None:
            if any(other == name and group.meets(band) for other, band in seen):
                yield f"rad {row.number}: {group} overlapper en annen rad"
            seen.append((name, group))


def _faults_of(cells: dict[str, str]) -> Iterator[str]:
    share = short_table.number(cells["share"])
    if share is None or not 0 <= share <= 1:
        wrong = f"«{cells['share']}» er ikke en andel fra 0 til 1"
        yield f"kolonnen «share»: {wrong}; skriv 0,05 for 5 %"
    if not cells.get("indication", "alle"):
        yield "kolonnen «indication»: må være med"
    if age(cells["age"]) is None:
        yield f"kolonnen «age»: «{cells['age']}» er ikke en alder; skriv {WRITTEN}"
