"""``regnskap_<year>.csv``: accounts and budget by district, KOSTRA function and art."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vft.sources.invented.arrays import Numbers
from vft.sources.invented.config import Way
from vft.sources.invented.delimited import Delimited
from vft.sources.invented.exports.reference import districts
from vft.sources.invented.streams import stream
from vft.sources.invented.world import World, numbered

#: Function, art, kroner a month for each home-nursing recipient (invented), by kind of cost.
LINES = (
    ("258", "010", 16_500),
    ("258", "020", 2_100),
    ("258", "030", 900),
    ("258", "040", 700),
    ("258", "090", 2_400),
    ("258", "099", 3_000),
    ("258", "150", 120),
    ("234", "220", 600),
    ("234", "195", 160),
    ("234", "600", -350),
)
#: Function 254 was replaced by 257 and 258 on 1 January 2024.
_REPLACED = ("254", 2024)


def write(world: World) -> None:
    """One file a year."""
    rng = stream(world.seed, "ledger")
    weight = np.array(world.config.districts)
    recipients = world.config.flows[Way.HOME_NURSING].concurrent * weight / weight.sum()
    for year, first, last in world.years:
        months = [m for m in world.months if first <= m[1] < last]
        days = np.array([end - 1 for _, _, end in months])
        m, d, n, k = (g.ravel() for g in np.indices((len(days), len(weight), len(LINES), 2)))
        amount = recipients[d] * np.array([line[2] for line in LINES])[n]
        amount *= np.where(k == 0, rng.normal(1.03, 0.05, len(m)), 1.0)
        functions = [
            _REPLACED[0] if line[0] == "258" and year < _REPLACED[1] else line[0] for line in LINES
        ]
        hundredths = np.round(amount * 100).astype(np.int64)
        table = pa.table(
            {
                "Bilagslinje": numbered(np.arange(len(m)), f"B{year}-", width=6),
                "Enhet": pa.array(districts(world)).take(pa.array(d)),
                "Funksjon": pa.array(functions).take(pa.array(n)),
                "Art": pa.array([line[1] for line in LINES]).take(pa.array(n)),
                "Bokført": world.clock.dates(days[m]),
                "Type": pa.array(["Regnskap", "Budsjett"]).take(pa.array(k)),
                "Beløp": _kroner(hundredths),
            }
        )
        with Delimited(world.exports / f"regnskap_{year}.csv") as out:
            out.write(table)


def _kroner(hundredths: Numbers) -> pa.Array:
    """Hundredths of a krone as text with a decimal comma."""
    exact = pa.array(hundredths / 100).cast(pa.decimal128(14, 2), safe=False)
    return pc.replace_substring(exact.cast(pa.string()), ".", ",")
