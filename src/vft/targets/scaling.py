"""Several services at once: use now, best practice and theoretical potential beside each other."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel

from vft.disclosure.cell import State
from vft.sources import short_table
from vft.sources.short_table import Column, Row
from vft.tables.period import is_year
from vft.targets import flags, unit_values
from vft.targets.flags import Flag
from vft.targets.unit_values import SPOKEN


class Measure(StrEnum):
    """What a row of the table holds."""

    ACTUAL = "actual"
    BEST_PRACTICE = "best_practice"
    POTENTIAL = "potential"


class Figure(BaseModel):
    """Users of one service by one measure in one year; null where ``state`` is not VALUE."""

    service: str
    measure: Measure
    year: int
    value: float | None
    state: State = State.VALUE


class ServiceScaling(BaseModel):
    """One service. ``potential`` is that of ``potential_year``: the last one not after ``year``."""

    service: str
    year: int
    actual: float | None
    best_practice: float | None
    potential: float | None
    potential_year: int | None


class Scaling(BaseModel):
    """All services of a table, what is to be said of them, and what they have no figure of."""

    services: list[ServiceScaling]
    flags: list[Flag]
    notes: list[str]


_SPOKEN = {
    Measure.ACTUAL: "faktisk bruk",
    Measure.BEST_PRACTICE: "beste praksis",
    Measure.POTENTIAL: "teoretisk potensial",
}


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
    by_service = {s: [f for f in figures if f.service == s] for s in _services(figures)}
    services = [_of_service(service, own) for service, own in by_service.items()]
    return Scaling(
        services=services,
        flags=[flag for one in services for flag in _flags(one)],
        notes=[note for one in services for note in _notes(one, by_service[one.service])],
    )


def _services(figures: Sequence[Figure]) -> list[str]:
    return list(dict.fromkeys(figure.service for figure in figures))


def _of_service(service: str, own: Sequence[Figure]) -> ServiceScaling:
    year = max((f.year for f in own if f.measure is not Measure.POTENTIAL), default=own[0].year)
    known = [f for f in own if f.measure is Measure.POTENTIAL and f.year <= year]
    potential = max(known, key=lambda figure: figure.year, default=None)
    now = {f.measure: f.value for f in own if f.year == year}
    return ServiceScaling(
        service=service,
        year=year,
        actual=now.get(Measure.ACTUAL),
        best_practice=now.get(Measure.BEST_PRACTICE),
        potential=potential.value if potential else None,
        potential_year=potential.year if potential else None,
    )


def _notes(service: ServiceScaling, own: Sequence[Figure]) -> Iterator[str]:
    """Why each figure that is not there is not."""
    states = {(figure.measure, figure.year): figure.state for figure in own}
    for measure, spoken in _SPOKEN.items():
        is_potential = measure is Measure.POTENTIAL
        year = (service.potential_year if is_potential else None) or service.year
        state = states.get((measure, year))
        if state is None:
            later = [str(f.year) for f in own if is_potential and f.measure is measure]
            told = f"gjelder først {min(later)}" if later else "står ikke i tabellen"
            yield f"{service.service}: {spoken} for {year} {told}."
        elif state in SPOKEN:
            yield f"{service.service}: {spoken} for {year} {SPOKEN[state]}."


def _flags(service: ServiceScaling) -> Iterator[Flag]:
    if service.best_practice is not None:
        name, target = service.service, service.best_practice
        yield from flags.above_potential(name, target=target, potential=service.potential)
        yield from flags.below_actual(name, target=target, actual=service.actual)


def _figure(row: Row) -> Figure:
    value = unit_values.value_of(row.cells["value"])
    return Figure(
        service=row.cells["service"],
        measure=Measure(row.cells["measure"]),
        year=int(row.cells["year"]),
        value=float(value.exact) if value.exact is not None else None,
        state=value.state,
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
