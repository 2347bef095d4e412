"""``gerica_opphold.csv``: hospital, short and long stays."""

import numpy as np
import pyarrow as pa

from vft.sources.invented.config import NEVER
from vft.sources.invented.delimited import Delimited
from vft.sources.invented.exports.recipients import last_day
from vft.sources.invented.planted import DUPLICATE, Fault
from vft.sources.invented.world import World, numbered

KINDS = ("KORTTID", "SYKEHUS", "LANGTID")

FAULTS = (
    DUPLICATE,
    Fault(
        name="ends_before_start",
        rule="ends_before_start",
        changes={"Fra dato": "01.06.2024", "Til dato": "01.05.2024"},
    ),
)


def write(world: World) -> None:
    """Stays that reach into the window; a long stay lasts until death."""
    course, config = world.course, world.config
    stays, known = course.stays, world.residents.known
    there = (course.institution == course.home_until) & (course.institution < config.last_day)
    moved_in = np.flatnonzero(known & there)
    passing = np.flatnonzero(
        known[stays.person] & (stays.end > config.first_day) & (stays.start < config.last_day)
    )
    person = np.concatenate([stays.person[passing], moved_in])
    start = np.concatenate([stays.start[passing], course.institution[moved_in]])
    end = np.concatenate([stays.end[passing], course.people.death[moved_in]])
    kind = np.concatenate([stays.hospital[passing] + 0, np.full(len(moved_in), 2)])
    running = end >= config.last_day
    table = pa.table(
        {
            "Oppholdsnr": numbered(np.arange(len(person)), "S", width=7),
            "Fødselsnummer": world.persons(person),
            "Type": pa.array(KINDS).take(pa.array(kind)),
            "Fra dato": world.clock.dates(start),
            "Til dato": world.clock.dates(last_day(np.where(running, NEVER, end))),
        }
    )
    file = "gerica_opphold.csv"
    table = world.planted.into(table, *FAULTS, file=file, table="stays", key="Oppholdsnr")
    with Delimited(world.exports / file) as out:
        out.write(table)
