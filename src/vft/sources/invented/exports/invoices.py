"""``faktura_<year>.xlsx``: the rent of each month; contracts stand in the first file.

Alarms are invoiced by number, for each product and district; other devices one a line. What lies
in stock is paid for too, and so is what was brought back, until somebody gives notice. Prices are
invented.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from vft.sources.invented import workbook
from vft.sources.invented.arrays import Bools, Days, Numbers
from vft.sources.invented.config import NEVER
from vft.sources.invented.exports.equipment import SERVICE_NAMES
from vft.sources.invented.exports.reference import districts
from vft.sources.invented.planted import DUPLICATE
from vft.sources.invented.registers import PRODUCTS, SERVICES
from vft.sources.invented.streams import stream
from vft.sources.invented.world import World, numbered

SHEET = "Faktura"
TITLES = ("Fakturagrunnlag leie av velferdsteknologi",)
_LINES = [(s, *p) for s in SERVICES for p in PRODUCTS[s]]
_PRICE = np.array([line[4] for line in _LINES])
_BY_NUMBER = np.array([line[0] == "TA" for line in _LINES])
_DELIVERED = 14  # days from a device is delivered, and paid for, until it is installed
_NOTICE = 60  # days that are paid for after it was brought back
_FORGOTTEN = 0.08  # share of those that nobody gives notice of
_SCHEMA = pa.schema(
    [
        ("Fakturalinje", pa.string()),
        ("Avtale", pa.string()),
        ("Leverandør", pa.string()),
        ("Produkt", pa.string()),
        ("Tjeneste", pa.string()),
        ("Utstyrsnr", pa.string()),
        ("Enhet", pa.string()),
        ("Fra", pa.date32()),
        ("Til", pa.date32()),
        ("Antall", pa.int64()),
        ("Månedspris", pa.int64()),
        ("Beløp", pa.int64()),
    ]
)


@dataclass(frozen=True, kw_only=True)
class Rented:
    """Arrays by device, with half-open days.

    ``product``: its place among the contracts; ``district``: −1 where nobody ever had it.
    """

    product: Numbers
    district: Numbers
    start: Days
    end: Days

    def on(self, day: int) -> Bools:
        """Which are paid for on a day."""
        return (self.start <= day) & (day < self.end)


def write(world: World) -> None:
    """One workbook a year."""
    rented = _rented(world)
    for n, (year, first, last) in enumerate(world.years):
        spans = [(start, end) for _, start, end in world.months if first <= start < last]
        lines = _invoice_lines(world, rented, spans, year)
        file = f"faktura_{year}.xlsx"
        lines = world.planted.into(lines, DUPLICATE, file=file, table="invoice_lines")
        parts = [_contracts(world), lines] if n == 0 else [lines]
        workbook.write(world.exports / file, pa.concat_tables(parts), titles=TITLES, sheet=SHEET)


def _rented(world: World) -> Rented:
    devices = world.devices
    rng = stream(world.seed, "invoices")
    per_service = np.array([len(PRODUCTS[s]) for s in SERVICES])
    known = devices.case >= 0
    person = world.cases.person[np.where(known, devices.case, 0)]
    back = np.where(
        devices.shared_by >= 0, np.maximum(devices.end, devices.shared_end), devices.end
    )
    forgotten = rng.random(len(devices)) < _FORGOTTEN
    notice = np.where(
        forgotten | (back >= NEVER), NEVER, back + rng.integers(0, _NOTICE, len(back))
    )
    return Rented(
        product=(np.cumsum(per_service) - per_service)[devices.service] + devices.product,
        district=np.where(known, world.course.people.district[person], -1),
        start=np.where(
            devices.start < NEVER,
            np.maximum(devices.acquired, devices.start - _DELIVERED),
            devices.acquired,
        ),
        end=np.where(devices.listed, np.minimum(notice, devices.retired), 0),
    )


def _invoice_lines(
    world: World, rented: Rented, spans: list[tuple[int, int]], year: int
) -> pa.Table:
    by_number = _BY_NUMBER[rented.product]
    parts = [
        part
        for start, end in spans
        for part in (
            _by_number(world, rented, rented.on(start) & by_number, (start, end)),
            _by_device(world, rented, np.flatnonzero(rented.on(start) & ~by_number), (start, end)),
        )
    ]
    lines = pa.concat_tables(parts)
    return lines.set_column(
        0, "Fakturalinje", numbered(np.arange(len(lines)), f"L{year}-", width=6)
    )


def _by_number(world: World, rented: Rented, which: Bools, month: tuple[int, int]) -> pa.Table:
    """A line for each product and district; what nobody has is the first district's."""
    counted = np.zeros((len(_LINES), len(world.config.districts)), np.int64)
    np.add.at(counted, (rented.product[which], np.maximum(rented.district[which], 0)), 1)
    product, district = np.nonzero(counted)
    nobody = pa.nulls(len(product), pa.string())
    return _lines(
        world, product, district, nobody, quantity=counted[product, district], month=month
    )


def _by_device(world: World, rented: Rented, rows: Numbers, month: tuple[int, int]) -> pa.Table:
    device = world.device_id.take(pa.array(rows))
    one = np.ones(len(rows), np.int64)
    return _lines(
        world, rented.product[rows], rented.district[rows], device, quantity=one, month=month
    )


def _lines(  # noqa: PLR0913 - what a line says
    world: World,
    product: Numbers,
    district: Numbers,
    device: pa.Array,
    *,
    quantity: Numbers,
    month: tuple[int, int],
) -> pa.Table:
    n, (start, end) = len(product), month
    return pa.table(
        [
            pa.nulls(n, pa.string()),
            _agreements().take(pa.array(product)),
            *_named(product),
            device,
            pa.array(districts(world)).take(pa.array(district, mask=district < 0)),
            _dates(world, np.full(n, start)),
            _dates(world, np.full(n, end - 1)),
            pa.array(quantity),
            pa.nulls(n, pa.int64()),
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
