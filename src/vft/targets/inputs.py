"""What a potential is computed from: the package's tables, or the municipality's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vft.sources import short_table
from vft.sources.short_table import Column
from vft.sources.ssb import population as populations
from vft.sources.ssb.population import Population
from vft.targets import age_mix, age_shares, calibration, provenance, uptake
from vft.targets.age_mix import AgeMix
from vft.targets.age_shares import AgeShares
from vft.targets.calibration import Published
from vft.targets.provenance import Provenance
from vft.targets.uptake import Uptake


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Everything that a potential is computed from.

    ``is_own_published``: whether the published potentials are not the package's.
    """

    population: Population
    population_provenance: tuple[Provenance, ...]
    home_living: AgeShares
    prevalence: Mapping[str, AgeShares]
    uptake: Mapping[str, Uptake]
    age_mix: AgeMix
    published: Published
    is_own_published: bool


def gather(
    *,
    population: Population | None = None,
    home_living: Path | None = None,
    prevalence: Path | None = None,
    uptake_file: Path | None = None,
    published: Path | None = None,
) -> Inputs:
    """The files given, and the package's own for the rest.

    Raises:
        FileRefused: a file is wrong, with every fault of it.
    """
    own = provenance.packaged
    return Inputs(
        population=population or populations.read(own("population.csv")),
        population_provenance=_given(population) if population else _packaged(),
        home_living=age_shares.read_home_living(home_living or own("home_living.csv")),
        prevalence=age_shares.read_prevalence(prevalence or own("prevalence.csv")),
        uptake=uptake.read(uptake_file or own("uptake.csv")),
        age_mix=age_mix.read(own("age_mix.csv")),
        published=calibration.read(published or own("published_potential.csv")),
        is_own_published=published is not None,
    )


def _given(population: Population) -> tuple[Provenance, ...]:
    return (
        Provenance(
            input="befolkning",
            source=population.source,
            owner="",
            valid_from=None,
            valid_to=None,
            estimated=False,
            derivation="",
        ),
    )


def _packaged() -> tuple[Provenance, ...]:
    path = provenance.packaged("population.csv")
    rows = short_table.read(path, (Column(name="year"), *provenance.COLUMNS))
    short_table.refuse_all(path, provenance.faults(rows))
    return tuple(provenance.of_row(f"befolkning {row.cells['year']}", row) for row in rows)
