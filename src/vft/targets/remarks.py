"""What must be said with a potential, each thing once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from vft.tables.norwegian import number
from vft.targets import need
from vft.targets.inputs import Inputs
from vft.targets.uptake import Uptake

if TYPE_CHECKING:
    from vft.targets.potential import UnitPotential

_EXERCISE = (
    "Dette er en regneøvelse: hvor mange som kunne hatt tjenesten om nivået fra basisåret "
    "følger befolkningen. Det er ikke en prognose."
)
_SPLIT = (
    "Befolkningen er anslått: grove aldersgrupper er delt som hele landet. Den viker for "
    "SSBs tabell med ettårige eller femårige grupper."
)
_NO_LEVEL = (
    "Der ingen publisert verdi setter nivået, er det ikke noe å følge videre. Oppgi kommunens egen "
    "for {year} med --published."
)


def remarks(
    inputs: Inputs,
    chosen: Sequence[Uptake],
    rows: Sequence["UnitPotential"],
    *,
    base_year: int,
    rounding: int | None,
) -> Iterator[str]:
    """Of the method, of what it was computed from, and of each service that has figures.

    Args:
        inputs: what was computed from.
        chosen: the services.
        rows: what was computed.
        base_year: the year that sets the level.
        rounding: what was asked for instead of each service's own.
    """
    yield _EXERCISE
    if any(need.is_split(inputs, uptake) for uptake in chosen):
        yield _SPLIT
    if any(row.unit and not _has_level(inputs, row, base_year) for row in rows):
        yield _NO_LEVEL.format(year=base_year)
    for uptake in chosen:
        own = [row for row in rows if row.service == uptake.service and row.rounded_to]
        if not own:
            continue
        yield from _of_service(inputs, uptake, own)
        yield from _of_rounding(uptake.service, own, asked=rounding or uptake.rounding)
    yield from (f"Ikke brukt: {what}." for what in inputs.population.left_out)
    if inputs.is_own_published:
        yield from _of_unused(inputs)


def _of_unused(inputs: Inputs) -> Iterator[str]:
    """Of units and services that figures are published of, and nothing is computed for."""
    units = list(dict.fromkeys(inputs.population.rows["unit"]))
    for unit in inputs.published.units:
        if not any(known.startswith(unit) for known in units):
            meant = any(known.startswith(f"0{unit}") for known in units)
            asked = f" Mente du 0{unit}?" if meant else ""
            yield f"Ikke brukt: publisert for {unit}, som ikke er i befolkningen.{asked}"
    services = dict.fromkeys(service for _, service, _ in inputs.published.users)
    for service in services:
        if service not in inputs.uptake:
            yield f"Ikke brukt: publisert for {service}, som ikke har noe opptak."


def _has_level(inputs: Inputs, row: "UnitPotential", base_year: int) -> bool:
    found = inputs.published.unit_of(row.unit, service=row.service, year=base_year)
    return found is not None


def _of_service(inputs: Inputs, uptake: Uptake, rows: Sequence["UnitPotential"]) -> Iterator[str]:
    known, counted = need.youngest_counted(inputs, uptake)
    if counted > known:
        yield (
            f"{uptake.service}: de på {known}–{counted - 1} år er ikke i befolkningstabellen "
            "og er ikke med."
        )
    if not uptake.explained:
        yield _unexplained(uptake.service, rows)
    elif uptake.provenance.estimated:
        yield f"{uptake.service}: opptaket er {uptake.provenance.derivation}."


def _of_rounding(service: str, rows: Iterable["UnitPotential"], *, asked: int) -> Iterator[str]:
    finer = {row.rounded_to for row in rows if row.rounded_to} - {asked}
    if finer:
        units = " eller ".join(number(unit) for unit in sorted(finer))
        yield f"{service}: små tall er avrundet til nærmeste {units}, ikke {number(asked)}."


def _unexplained(service: str, rows: Iterable["UnitPotential"]) -> str:
    compared = [
        f"{number(row.by_demography)} i {row.year} mot publisert {number(row.published)}"
        for row in rows
        if row.published is not None and row.by_demography is not None and row.uptake != 1
    ]
    alone = f" Den alene gir {'; '.join(compared)}." if compared else ""
    return (
        f"{service} kan ikke forklares av demografien.{alone} Opptaket er en tilpasset kurve, "
        "ikke en prediksjon."
    )
