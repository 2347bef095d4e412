"""How large a part of those with an indication can be reached, by year: 1 in the base year.

constant: 1. yearly: (1 + rate)^(t − base). logistic: L / (1 + (L − 1)·e^(−rate·(t − base))), which
is 1 in the base year and grows towards the ceiling L.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import exp
from pathlib import Path

from vft.sources import short_table
from vft.sources.short_table import Column, Row
from vft.tables.norwegian import decimal, number
from vft.targets import provenance
from vft.targets.provenance import Provenance


class Kind(StrEnum):
    """The curve."""

    CONSTANT = "constant"
    YEARLY = "yearly"
    LOGISTIC = "logistic"


@dataclass(frozen=True, kw_only=True)
class Uptake:
    """One service: whom it is for, how its uptake grows, and how its potential is rounded.

    ``explained``: whether demography explains the published growth.
    """

    service: str
    indication: str
    kind: Kind
    rate: float
    ceiling: float
    rounding: int
    explained: bool
    provenance: Provenance

    def factor(self, year: int, *, base_year: int) -> float:
        """Uptake over that of the base year."""
        elapsed = year - base_year
        if self.kind is Kind.YEARLY:
            return float((1 + self.rate) ** elapsed)
        if self.kind is Kind.LOGISTIC:
            return self.ceiling / (1 + (self.ceiling - 1) * exp(-self.rate * elapsed))
        return 1.0


#: Of the table that is read.
COLUMNS = (
    Column(name="service", headings=("tjeneste",)),
    Column(name="indication", headings=("indikasjon",)),
    Column(name="kind", headings=("kurve",)),
    Column(name="rate", headings=("vekst",), required=False),
    Column(name="ceiling", headings=("tak",), required=False),
    Column(name="rounding", headings=("avrunding",)),
    Column(name="explained", headings=("forklart",)),
    *provenance.COLUMNS,
)
_COARSEST = 100_000
#: Parameters that each curve needs.
_NEEDS = {Kind.CONSTANT: (), Kind.YEARLY: ("rate",), Kind.LOGISTIC: ("rate", "ceiling")}
#: What each may be between: beyond, a percentage was written where a share should be.
_LIMITS = {"rate": (Decimal("-0.5"), Decimal(1)), "ceiling": (Decimal("0.01"), Decimal(1000))}
_MEND = {
    "rate": "skriv 0,05 for 5 % i året",
    "ceiling": "skriv 2 for det dobbelte av basisåret",
}


def read(path: Path) -> dict[str, Uptake]:
    """Service → uptake.

    Raises:
        FileRefused: every row that is wrong.
    """
    rows = short_table.read(path, COLUMNS)
    if not rows:
        raise short_table.without_rows(path)
    short_table.refuse_all(path, [*_faults(rows), *provenance.faults(rows)])
    return {row.cells["service"]: _uptake(row) for row in rows}


def _uptake(row: Row) -> Uptake:
    cells = row.cells
    return Uptake(
        service=cells["service"],
        indication=cells["indication"],
        kind=Kind(cells["kind"]),
        rate=float(short_table.number(cells["rate"]) or 0),
        ceiling=float(short_table.number(cells["ceiling"]) or 0),
        rounding=int(short_table.number(cells["rounding"]) or 1),
        explained=bool(short_table.yes_no(cells["explained"])),
        provenance=provenance.of_row(f"opptak: {cells['service']}", row),
    )


def _faults(rows: Sequence[Row]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for row in rows:
        yield from (f"rad {row.number}, {fault}" for fault in _faults_of(row.cells))
        service = row.cells["service"]
        if service in seen:
            yield f"rad {row.number}: {service} står også i rad {seen[service]}"
        seen.setdefault(service, row.number)


def _faults_of(cells: dict[str, str]) -> Iterator[str]:
    for column in ("service", "indication"):
        if not cells[column]:
            yield f"kolonnen «{column}»: må være med"
    if cells["kind"] not in set(Kind):
        yield f"kolonnen «kind»: «{cells['kind']}» er ikke en av {', '.join(Kind)}"
    else:
        for column in _NEEDS[Kind(cells["kind"])]:
            yield from _faults_of_number(column, cells[column])
    rounding = short_table.number(cells["rounding"])
    if rounding is None or not 1 <= rounding <= _COARSEST or rounding != int(rounding):
        most = number(_COARSEST)
        yield f"kolonnen «rounding»: «{cells['rounding']}» er ikke et helt tall fra 1 til {most}"
    if short_table.yes_no(cells["explained"]) is None:
        yield f"kolonnen «explained»: «{cells['explained']}» er verken ja eller nei"


def _faults_of_number(column: str, text: str) -> Iterator[str]:
    found, (low, high) = short_table.number(text), _LIMITS[column]
    if found is None:
        yield f"kolonnen «{column}»: «{text}» er ikke et tall"
    elif not low <= found <= high:
        between = f"{decimal(float(low), 2)} til {decimal(float(high), 2)}"
        yield f"kolonnen «{column}»: «{text[:20]}» er ikke fra {between}; {_MEND[column]}"
