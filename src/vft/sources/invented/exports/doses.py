"""``dispenserlogg_<year>.csv``: commas, instants in UTC, a vendor that writes English.

Doses given out, doses missed and what the machine says of itself.
"""

import numpy as np
import pyarrow as pa

from vft.sources.invented.arrays import Bools, Days, Numbers
from vft.sources.invented.delimited import Delimited
from vft.sources.invented.happenings import Happenings, joined, with_devices
from vft.sources.invented.planted import DUPLICATE, Fault
from vft.sources.invented.registers import SERVICES
from vft.sources.invented.streams import stream
from vft.sources.invented.world import World, numbered

#: The vendor's words, and the share of events that are so. The last three are technical.
EVENTS = (
    ("DISPENSED", 0.935),
    ("DISPENSED_ASSISTED", 0.025),
    ("MISSED", 0.027),
    ("TRAVEL", 0.005),
    ("STUCK", 0.002),
    ("LOW", 0.004),
    ("OFFLINE", 0.002),
)
MISSED = 2
_FIRST_TECHNICAL = 4
_TWICE_A_DAY = 0.3  # share of recipients with two doses a day, the others have one
_TEST_DAYS = 2
_LATE_DAYS = 2

FAULTS = (
    DUPLICATE,
    Fault(name="unknown_code", rule="unknown_code", changes={"Event": "REBOOT"}),
    Fault(name="unassigned_device", rule="", changes={"Device": "MD9999999"}),
    Fault(name="not_an_instant", rule="not_an_instant", changes={"Time": "2024-13-01T08:00:00Z"}),
)


def doses(world: World) -> Happenings:
    """Every event of every dispenser within the window."""
    rng = stream(world.seed, "doses")
    config, cases = world.config, world.cases
    mine = np.flatnonzero(cases.service == SERVICES.index("DMS"))
    start = np.maximum(cases.start[mine], config.first_day)
    days = np.maximum(np.minimum(cases.end[mine], config.last_day) - start, 0)
    row = np.repeat(np.arange(len(mine)), days)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(days) - days, days)
    day = (start[row] + nth).astype(np.int32)
    case = mine[row]
    home = ~_away(world, cases.person[case], day)
    home &= ~((cases.pause[case] <= day) & (day < cases.pause_end[case]))
    case, day = case[home], day[home]
    evening = np.flatnonzero((rng.random(len(mine)) < _TWICE_A_DAY)[row[home]])
    morning = _given(world, case, day, 8 * 3600, rng)
    return with_devices(
        world, joined(morning, _given(world, case[evening], day[evening], 20 * 3600, rng))
    )


def _away(world: World, person: Numbers, day: Days) -> Bools:
    """Whether a person was in hospital or on a short stay that day."""
    stays = world.course.stays
    key = stays.person * 1_000_000 + stays.start
    if len(key) == 0:
        return np.zeros(len(person), bool)
    at = np.searchsorted(key, person * 1_000_000 + day, side="right") - 1
    last = np.maximum(at, 0)
    return np.asarray((at >= 0) & (stays.person[last] == person) & (day < stays.end[last]))


def _given(
    world: World, case: Numbers, day: Days, hour: int, rng: np.random.Generator
) -> Happenings:
    n = len(case)
    code = np.searchsorted(np.cumsum([share for _, share in EVENTS])[:-1], rng.random(n))
    late = np.where(code == MISSED, 7200, 0)
    return Happenings(
        case=case,
        device=case,
        day=day,
        second=hour + late + (600 * rng.standard_exponential(n)).astype(np.int64) % 10_000,
        code=code,
        test=day < world.cases.start[case] + _TEST_DAYS,
    )


def write(world: World, found: Happenings) -> pa.Table:
    """One file a year. Gives the rows that come late: some dispensers' last two days."""
    late = (found.day >= world.config.last_day - _LATE_DAYS) & (found.device % 5 == 0)
    numbers = np.arange(len(found))
    for year, first, last in world.years:
        rows = np.flatnonzero((found.day >= first) & (found.day < last) & ~late)
        file = f"dispenserlogg_{year}.csv"
        table = table_of(world, found.take(rows), rows)
        table = world.planted.into(table, *FAULTS, file=file, table="device_events", key="LogId")
        world.planted.note(
            file=file,
            table="device_events",
            fault="test",
            rule="",
            rows=int(found.test[rows].sum()),
        )
        with Delimited(world.exports / file, delimiter=",") as out:
            out.write(table)
    return table_of(world, found.take(late), numbers[late])


def table_of(world: World, found: Happenings, number: Numbers) -> pa.Table:
    """The vendor's columns."""
    return pa.table(
        {
            "LogId": numbered(number, "D", width=8),
            "Device": world.device_id.take(pa.array(found.device)),
            "Time": world.clock.utc(found.day, found.second),
            "Event": pa.array([code for code, _ in EVENTS]).take(pa.array(found.code)),
            "Test": _true_false(found.test),
            "Technical": _true_false(found.code >= _FIRST_TECHNICAL),
        }
    )


def _true_false(values: Bools) -> pa.Array:
    return pa.array(["false", "true"]).take(pa.array(values + 0))
