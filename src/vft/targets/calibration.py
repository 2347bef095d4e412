"""Published potentials: one year's sets the level, the others are only compared with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vft.sources import short_table
from vft.sources.short_table import Column, Row
from vft.tables.period import is_year
from vft.targets import provenance, unit_values
from vft.targets.provenance import Provenance


@dataclass(frozen=True, kw_only=True)
class Published:
    """(unit, service, year) → users, and where it was published."""

    users: dict[tuple[str, str, int], float]
    provenance: dict[tuple[str, str, int], Provenance]

    @property
    def units(self) -> list[str]:
        """Units with a figure, in order."""
        return list(dict.fromkeys(unit for unit, _, _ in self.users))

    def unit_of(self, unit: str, *, service: str, year: int) -> str | None:
        """The unit itself, or the nearest one it is a part of, that has a figure that year."""
        known = [code for code, name, when in self.users if (name, when) == (service, year)]
        above = [code for code in known if unit.startswith(code)]
        return max(above, key=len, default=None)

    def told_of(self, unit: str, *, service: str) -> list[float]:
        """The unit's own figures of all years."""
        return [
            told for (code, name, _), told in self.users.items() if (code, name) == (unit, service)
        ]


#: Of the table that is read.
COLUMNS = (
    unit_values.UNIT,
    Column(name="service", headings=("tjeneste",)),
    Column(name="year", headings=("år",)),
    unit_values.VALUE,
    *provenance.COLUMNS,
)


def read(path: Path) -> Published:
    """Potentials by unit code, service and year.

    Raises:
        FileRefused: every row that is wrong.
    """
    rows = short_table.read(path, COLUMNS)
    short_table.refuse_all(path, [*_faults(rows), *provenance.faults(rows)])
    exact = {_what(row): unit_values.value_of(row.cells["value"]).exact for row in rows}
    users = {what: float(found) for what, found in exact.items() if found is not None}
    return Published(
        users=users,
        provenance={
            what: provenance.of_row(f"publisert potensial: {what[1]} {what[2]}", row)
            for row in rows
            if (what := _what(row)) in users
        },
    )


def _what(row: Row) -> tuple[str, str, int]:
    return row.cells["unit"], row.cells["service"], int(row.cells["year"])


def _faults(rows: Sequence[Row]) -> Iterator[str]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        for column, name in (("unit", "enheten"), ("service", "tjenesten")):
            if not row.cells[column]:
                yield f"rad {row.number}, kolonnen «{column}»: {name} er ikke oppgitt"
        if not is_year(row.cells["year"]):
            yield f"rad {row.number}, kolonnen «year»: «{row.cells['year']}» er ikke et årstall"
        if fault := unit_values.fault_of_value(row.cells["value"]):
            yield f"rad {row.number}, kolonnen «value»: {fault}"
        what = tuple(row.cells[name] for name in ("unit", "service", "year"))
        if what in seen:
            yield f"rad {row.number}: {' '.join(what)} står også i rad {seen[what]}"
        seen.setdefault(what, row.number)
