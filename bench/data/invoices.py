"""What suppliers charge for equipment: alarms by number, the rest a line a device."""

from datetime import date
from typing import Any

import numpy as np

from bench.data import geography
from bench.data.people import AFTER, FIRST_DAY, NONE, Columns, stacked
from bench.data.services import TECHNOLOGY
from vft.tables import period

_EPOCH = date(1970, 1, 1)
_MONTHS = period.months_between("2020-01", "2024-12")
#: Øre a month, in the order of TECHNOLOGY; what is charged by the quarter does not divide by days.
_PRICE = np.array([14_950, 28_900, 89_000, 19_975, 41_037])
_BY_NUMBER, _BY_QUARTER = TECHNOLOGY.index("TA"), TECHNOLOGY.index("DHO")
_NOTICE, _FORGOTTEN = 60, 0.08


def lines(registered: Columns, first: Any, last: Any, rng: np.random.Generator) -> Columns:
    """Every month's lines of what is rented, for some weeks after it was brought back too.

    ``first`` and ``last``: days between which somebody had each device; what nobody had is rented
    from the first day on.
    """
    n = len(first)
    used = first < AFTER
    begin = np.where(used, first - 14, FIRST_DAY)
    end = np.where(rng.random(n) < _FORGOTTEN, AFTER, last + rng.integers(0, _NOTICE, n))
    rented = {
        "device_id": registered["device_id"],
        "kind": _kind(registered["service"]),
        "district": rng.integers(0, len(geography.DISTRICTS), n),
    }
    parts = []
    for number, month in enumerate(_MONTHS):
        start = (period.first_day(month) - _EPOCH).days
        on = (begin <= start) & (start < np.where(used, end, AFTER))
        alarms = on & (rented["kind"] == _BY_NUMBER)
        others = on & ~alarms & ((rented["kind"] != _BY_QUARTER) | (number % 3 == 0))
        parts += [_by_number(rented, alarms, start), _by_device(rented, others, start)]
    charged = stacked(parts)
    charged = _numbered(stacked([charged, _credited(charged, rng)]))
    return charged | {"unit": _told(charged, rng), "ends_on": _ends(charged, rng)}


def _kind(service: Any) -> Any:
    """The place of each service among TECHNOLOGY."""
    order = np.argsort(TECHNOLOGY)
    return order[np.searchsorted(TECHNOLOGY, service, sorter=order)]


def _by_number(rented: Columns, which: Any, start: int) -> Columns:
    counted = np.bincount(rented["district"][which], minlength=len(geography.DISTRICTS))
    district = np.flatnonzero(counted)
    quantity = counted[district]
    nobody = np.full(len(district), "", dtype="U10")
    return _lines(nobody, np.full(len(district), _BY_NUMBER), district, quantity, start)


def _by_device(rented: Columns, which: Any, start: int) -> Columns:
    device, kind, district = (rented[name][which] for name in ("device_id", "kind", "district"))
    return _lines(device, kind, district, np.ones(len(device), np.int64), start)


def _lines(device: Any, kind: Any, district: Any, quantity: Any, start: int) -> Columns:
    months = np.where(kind == _BY_QUARTER, 3, 1)
    return {
        "device_id": device,
        "service": np.array(TECHNOLOGY)[kind],
        "district": district,
        "starts_on": np.full(len(device), start),
        "months": months,
        "quantity": quantity.astype(float),
        "amount": quantity * months * _PRICE[kind] / 100,
    }


def _credited(charged: Columns, rng: np.random.Generator) -> Columns:
    """A hundredth is taken back, half of it in full."""
    index = np.flatnonzero(rng.random(len(charged["amount"])) < 0.01)
    back = {name: column[index] for name, column in charged.items()}
    share = np.where(rng.random(len(index)) < 0.5, 1, 0.5)
    return back | {"amount": -np.floor(back["amount"] * share * 100) / 100}


def _numbered(charged: Columns) -> Columns:
    n = len(charged["amount"])
    return charged | {
        "invoice_line_id": np.char.add("L", np.arange(n).astype("U9")),
        "supplier": np.full(n, "Leverandør"),
    }


def _told(charged: Columns, rng: np.random.Generator) -> Any:
    """The district where the line says it: always by number, of devices a third of the time."""
    unit = np.array(geography.DISTRICTS)[charged["district"]]
    told = (charged["device_id"] == "") | (rng.random(len(unit)) < 0.33)
    return np.where(told, unit, "")


def _ends(charged: Columns, rng: np.random.Generator) -> Any:
    days = np.array([(period.first_day(m) - _EPOCH).days for m in _MONTHS] + [AFTER] * 3)
    ends = days[np.searchsorted(days, charged["starts_on"]) + charged["months"]]
    return np.where(rng.random(len(ends)) < 0.01, NONE, ends)
