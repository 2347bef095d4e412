"""``dho_maalinger_<year>.parquet``: what recipients measure themselves, as LOINC codes."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vft.sources.invented.happenings import device_on
from vft.sources.invented.registers import SERVICES
from vft.sources.invented.streams import stream
from vft.sources.invented.world import World, numbered

#: Heart rate, blood pressure, oxygen saturation, glucose, weight.
CODES = ("8867-4", "85354-9", "2708-6", "15074-8", "29563-7")
_A_DAY = 0.4


def write(world: World) -> None:
    """One file a year, typed."""
    rng = stream(world.seed, "measurements")
    config, cases = world.config, world.cases
    mine = np.flatnonzero(cases.service == SERVICES.index("DHO"))
    start = np.maximum(cases.start[mine], config.first_day)
    days = np.maximum(np.minimum(cases.end[mine], config.last_day) - start, 0)
    row = np.repeat(np.arange(len(mine)), rng.poisson(_A_DAY * days))
    day = (start[row] + np.floor(rng.random(len(row)) * days[row])).astype(np.int32)
    second = rng.integers(7 * 3600, 21 * 3600, len(row))
    order = np.lexsort((second, day))
    case, day, second = mine[row][order], day[order], second[order]
    table = pa.table(
        {
            "maaling_id": numbered(np.arange(len(case)), "M", width=8),
            "enhet": world.device_id.take(pa.array(device_on(world, case, day))),
            "tidspunkt": world.clock.instants(day, second),
            "loinc": pa.array(CODES).take(pa.array(rng.integers(0, len(CODES), len(case)))),
        }
    )
    for year, first, last in world.years:
        rows = np.flatnonzero((day >= first) & (day < last))
        pq.write_table(table.take(pa.array(rows)), world.exports / f"dho_maalinger_{year}.parquet")
