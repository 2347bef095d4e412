"""``alarmlogg_<year>.txt``: Windows-1252, tabs, local time, SCAIP codes and the vendor's own."""

import numpy as np
import pyarrow as pa

from vft.sources.invented.arrays import Numbers
from vft.sources.invented.delimited import Delimited
from vft.sources.invented.happenings import EVERY, TECHNICAL, Happenings
from vft.sources.invented.planted import DUPLICATE, Fault
from vft.sources.invented.world import World, numbered

FAULTS = (
    DUPLICATE,
    Fault(name="unknown_code", rule="unknown_code", changes={"Hendelse": "9999"}),
    Fault(name="unassigned_device", rule="", changes={"Enhet": "TA9999999"}),
    Fault(
        name="not_an_instant", rule="not_an_instant", changes={"Tidspunkt": "30.02.2024 10:00:00"}
    ),
)


def write(world: World, found: Happenings) -> None:
    """One file a year."""
    for year, first, last in world.years:
        rows = np.flatnonzero((found.day >= first) & (found.day < last))
        file = f"alarmlogg_{year}.txt"
        table = table_of(world, found.take(rows), rows)
        table = world.planted.into(table, *FAULTS, file=file, table="device_events", key="Løpenr")
        _note(world, file, found.take(rows))
        with Delimited(world.exports / file, delimiter="\t", encoding="windows-1252") as out:
            out.write(table)


def _note(world: World, file: str, found: Happenings) -> None:
    """Nothing is wrong with tests and technical messages: they are to be told apart."""
    unlisted = ~world.devices.listed[found.device]
    for fault, rows in (
        ("test", found.test),
        ("technical", TECHNICAL[found.code]),
        ("device_not_listed", unlisted),
    ):
        world.planted.note(
            file=file, table="device_events", fault=fault, rule="", rows=int(rows.sum())
        )


def table_of(world: World, found: Happenings, number: Numbers) -> pa.Table:
    """The vendor's columns."""
    code = pa.array(found.code)
    return pa.table(
        {
            "Løpenr": numbered(number, "A", width=8),
            "Enhet": world.device_id.take(pa.array(found.device)),
            "Tidspunkt": world.clock.seconds(found.day, found.second),
            "Hendelse": pa.array([m.code for m in EVERY]).take(code),
            "Beskrivelse": pa.array([m.text for m in EVERY]).take(code),
            "Prøve": pa.array(["N", "J"]).take(pa.array(found.test + 0)),
            "Teknisk": pa.array(["N", "J"]).take(pa.array(TECHNICAL[found.code] + 0)),
        }
    )
