"""Several services at once: use now, best practice and theoretical potential beside each other."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel

from vft.sources import short_table
from vft.sources.short_table import Column, Row
from vft.tables.period import is_year
from vft.targets import flags, unit_values
from vft.targets.flags import Flag


class Measure(StrEnum):
    """What a row of the table holds."""

    ACTUAL = "actual"
    BEST_PRACTICE = "best_practice"
    POTENTIAL = "potential"


class Figure(BaseModel):
    """Users of one service by one measure in one year; null where not documented."""

    service: str
    measure: Measure
    year: int
    value: float | None


class ServiceScaling(BaseModel):
    """One service. ``potential`` is that of ``potential_year``: the last known by then."""

    service: str
    year: int
    actual: float | None
    best_practice: float | None
    potential: float | None
    potential_year: int | None


class Scaling(BaseModel):
    """All services of a table, and what is to be said of them."""

    services: list[ServiceScaling]
    flags: list[Flag]


#: Of the table that is read.
COLUMNS = (
    Column(name="service", headings=("tjeneste",)),
    Column(name="measure", headings=("mål",)),
    Column(name="year", headings=("år",)),
    unit_values.VALUE,
)


def read(path: Path) -> list[Figure]:
    """The table: columns service, measure, year, value.

    Raises:
        FileRefused: every row with an unknown measure, a year or a value that is none, or a figure
            given twice.
    """
    rows = short_table.read(path, COLUMNS)
    if not rows:
        raise short_table.without_rows(path)
    short_table.refuse_all(path, _faults(rows))
    return [_figure(row) for row in rows]


def compare(figures: Sequence[Figure]) -> Scaling:
    """Each service's latest best practice against its use, and against its potential by then."""
    services = [_of_service(s, figures) for s in dict.fromkeys(f.service for f in figures)]
    return Scaling(services=services, flags=[flag for s in services for flag in _flags(s)])


def _of_service(service: str, figures: Sequence[Figure]) -> ServiceScaling:
    own = [figure for figure in figures if figure.service == service]
    year = max((f.year for f in own if f.measure is not Measure.POTENTIAL), default=own[0].year)
    potential = _known_by(year, [f for f in own if f.measure is Measure.POTENTIAL])
    now = {f.measure: f.value for f in own if f.year == year}
    return ServiceScaling(
        service=service,
        year=year,
        actual=now.get(Measure.ACTUAL),
        best_practice=now.get(Measure.BEST_PRACTICE),
        potential=potential.value if potential else None,
        potential_year=potential.year if potential else None,
    )


def _known_by(year: int, potentials: Sequence[Figure]) -> Figure | None:
    """The last potential not after the year, else the first after: later ones are for later."""
    earlier = [figure for figure in potentials if figure.year <= year]
    if earlier:
        return max(earlier, key=lambda figure: figure.year)
    return min(potentials, key=lambda figure: figure.year, default=None)


def _flags(service: ServiceScaling) -> Iterator[Flag]:
    if service.best_practice is not None:
        name, target = service.service, service.best_practice
        yield from flags.above_potential(name, target=target, potential=service.potential)
        yield from flags.below_actual(name, target=target, actual=service.actual)


def _figure(row: Row) -> Figure:
    value = unit_values.value_of(row.cells["value"]).exact
    return Figure(
        service=row.cells["service"],
        measure=Measure(row.cells["measure"]),
        year=int(row.cells["year"]),
        value=float(value) if value is not None else None,
    )


def _faults(rows: Sequence[Row]) -> Iterator[str]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells = row.cells
        for fault in _faults_of_cells(cells):
            yield f"rad {row.number}, {fault}"
        what = (cells["service"], cells["measure"], cells["year"])
        if what in seen:
            yield f"rad {row.number}: {' '.join(what)} står også i rad {seen[what]}"
        seen.setdefault(what, row.number)


def _faults_of_cells(cells: dict[str, str]) -> Iterator[str]:
    if not cells["service"]:
        yield "kolonnen «service»: tjenesten er ikke oppgitt"
    if cells["measure"] not in set(Measure):
        yield f"kolonnen «measure»: «{cells['measure']}» er ikke en av {', '.join(Measure)}"
    if not is_year(cells["year"]):
        yield f"kolonnen «year»: «{cells['year']}» er ikke et årstall"
    if fault := unit_values.fault_of_value(cells["value"]):
        yield f"kolonnen «value»: {fault}"
