"""``faktura_<year>.xlsx``: rent a month, product and district; contracts stand in the first file.

Prices are invented. What lies in stock is paid for too.
"""

import numpy as np
import pyarrow as pa

from vft.sources.invented import workbook
from vft.sources.invented.arrays import Numbers
from vft.sources.invented.config import NEVER
from vft.sources.invented.exports.equipment import SERVICE_NAMES
from vft.sources.invented.exports.reference import districts
from vft.sources.invented.planted import DUPLICATE
from vft.sources.invented.registers import PRODUCTS, SERVICES
from vft.sources.invented.world import World, numbered

SHEET = "Faktura"
TITLES = ("Fakturagrunnlag leie av velferdsteknologi",)
_LINES = [(s, *p) for s in SERVICES for p in PRODUCTS[s]]
_PRICE = np.array([line[4] for line in _LINES])
_SCHEMA = pa.schema(
    [
        ("Fakturalinje", pa.string()),
        ("Avtale", pa.string()),
        ("Leverandør", pa.string()),
        ("Produkt", pa.string()),
        ("Tjeneste", pa.string()),
        ("Enhet", pa.string()),
        ("Fra", pa.date32()),
        ("Til", pa.date32()),
        ("Antall", pa.int64()),
        ("Månedspris", pa.int64()),
        ("Beløp", pa.int64()),
    ]
)


def write(world: World) -> None:
    """One workbook a year."""
    counted = _counted(world)
    for n, (year, first, last) in enumerate(world.years):
        month = np.array([first <= start < last for _, start, _ in world.months])
        lines = _invoice_lines(world, counted, np.flatnonzero(month), year)
        file = f"faktura_{year}.xlsx"
        lines = world.planted.into(lines, DUPLICATE, file=file, table="invoice_lines")
        parts = [_contracts(world), lines] if n == 0 else [lines]
        workbook.write(world.exports / file, pa.concat_tables(parts), titles=TITLES, sheet=SHEET)


def _counted(world: World) -> Numbers:
    """Devices rented at each month's start: months × products × districts; stock in the first."""
    devices, cases = world.devices, world.cases
    per_service = np.array([len(PRODUCTS[s]) for s in SERVICES])
    product = (np.cumsum(per_service) - per_service)[devices.service] + devices.product
    person = np.where(devices.case >= 0, cases.person[devices.case], -1)
    district = np.where(person >= 0, world.course.people.district[person], 0)
    shape = (len(world.months), len(_LINES), len(world.config.districts))
    counted = np.zeros(shape, np.int64)
    for n, (_, day, _) in enumerate(world.months):
        rented = (devices.acquired <= day) & (day < devices.retired)
        np.add.at(counted[n], (product[rented], district[rented]), 1)
    return counted


def _invoice_lines(world: World, counted: Numbers, months: Numbers, year: int) -> pa.Table:
    month, product, district = np.nonzero(counted[months])
    quantity = counted[months][month, product, district]
    spans = np.array([(start, end) for _, start, end in world.months])[months]
    return pa.table(
        [
            numbered(np.arange(len(month)), f"L{year}-", width=6),
            _agreements().take(pa.array(product)),
            *_named(product),
            pa.array(districts(world)).take(pa.array(district)),
            _dates(world, spans[month, 0]),
            _dates(world, spans[month, 1] - 1),
            pa.array(quantity),
            pa.nulls(len(month), pa.int64()),
            pa.array(quantity * _PRICE[product]),
        ],
        schema=_SCHEMA,
    )


def _contracts(world: World) -> pa.Table:
    product = np.arange(len(_LINES))
    n = len(product)
    return pa.table(
        [
            pa.nulls(n, pa.string()),
            _agreements(),
            *_named(product),
            pa.nulls(n, pa.string()),
            _dates(world, np.full(n, world.config.first_day - 200)),
            _dates(world, np.full(n, NEVER)),
            pa.nulls(n, pa.int64()),
            pa.array(_PRICE),
            pa.nulls(n, pa.int64()),
        ],
        schema=_SCHEMA,
    )


def _agreements() -> pa.Array:
    return numbered(np.arange(len(_LINES)) + 1, "AVT-", width=3)


def _named(product: Numbers) -> list[pa.Array]:
    supplier, name, service = (
        pa.array([line[2] for line in _LINES]),
        pa.array([line[1] for line in _LINES]),
        pa.array([SERVICE_NAMES[line[0]] for line in _LINES]),
    )
    return [column.take(pa.array(product)) for column in (supplier, name, service)]


def _dates(world: World, day: Numbers) -> pa.Array:
    return pa.array(world.clock.date(day).astype("datetime64[D]"))
