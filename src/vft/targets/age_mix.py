"""Coarse age groups split as the whole country is that year.

A published total for 80 and over says nothing of how many are over 90; the split is an estimate
and is said to be one.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vft.sources import short_table
from vft.sources.short_table import Column
from vft.sources.ssb import population
from vft.sources.ssb.ages import Age
from vft.targets import provenance
from vft.targets.provenance import Provenance


@dataclass(frozen=True, kw_only=True)
class AgeMix:
    """``persons``: age group → people by year, as in ``years``."""

    years: tuple[int, ...]
    persons: dict[Age, tuple[float, ...]]
    provenance: tuple[Provenance, ...]

    def split(self, group: Age, *, year: int) -> dict[Age, float] | None:
        """Share of the group in each finer one, straight between years; None where none fit."""
        parts = {band: self._at(band, year) for band in self.persons if group.holds(band)}
        covered = [age for band in parts for age in range(band.low, band.last + 1)]
        if len(parts) < 2 or covered != list(range(group.low, group.last + 1)):  # noqa: PLR2004 - a split has two parts
            return None
        total = sum(parts.values())
        return {band: persons / total for band, persons in parts.items()}

    def _at(self, band: Age, year: int) -> float:
        return float(np.interp(year, self.years, self.persons[band]))


def read(path: Path) -> AgeMix:
    """A country by age and year, with provenance by row.

    Raises:
        FileRefused: every row that is wrong.
    """
    rows = short_table.read(path, (Column(name="age"), Column(name="year"), *provenance.COLUMNS))
    short_table.refuse_all(path, provenance.faults(rows))
    frame = population.read(path).rows.sort_values("year")
    groups = {
        Age(low, None if high < 0 else high): tuple(part["persons"].tolist())
        for (low, high), part in frame.groupby(["age_low", "age_high"])
    }
    return AgeMix(
        years=tuple(sorted({int(year) for year in frame["year"]})),
        persons={group: groups[group] for group in sorted(groups)},
        provenance=tuple(
            provenance.of_row(f"aldersfordeling, {row.cells['age']}, {row.cells['year']}", row)
            for row in rows
        ),
    )
