"""Where people live: units over time, the reorganisations planted, groupings beside them.

A **plot** is ground that never changes; the unit it belongs to does. Persons are drawn to plots,
so merges, splits, moves and new units follow from one table.
"""

from dataclasses import dataclass
from datetime import date

from vft.sources.invented import facts

LONG_AGO = date(2004, 1, 1)
SECTOR, CLUSTER = ("hospital_sector", "Sykehussektor"), ("cluster", "Spredningsklynge")


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
