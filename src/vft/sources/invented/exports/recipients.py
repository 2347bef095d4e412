"""``gerica_brukere.csv`` and ``gerica_bosted.csv``: who the recipients are and where they live."""

import numpy as np
import pyarrow as pa

from vft.sources.invented.arrays import Bools, Numbers
from vft.sources.invented.config import NEVER
from vft.sources.invented.delimited import Delimited
from vft.sources.invented.planted import DUPLICATE, Fault
from vft.sources.invented.residents import names
from vft.sources.invented.world import World

#: Skatteetaten-synthetic like the rest, but its check digits are wrong.
NO_NUMBER = "01819912345"

PERSON_FAULTS = (
    DUPLICATE,
    Fault(name="no_number", rule="not_an_identity", changes={"Fødselsnummer": NO_NUMBER}),
)
HOME_FAULTS = (
    DUPLICATE,
    Fault(
        name="unknown_unit",
        rule="unknown_unit",
        changes={"Enhet": "999999", "Fra dato": "02.06.2010"},
    ),
    Fault(
        name="ends_before_start",
        rule="ends_before_start",
        changes={"Fra dato": "01.06.2024", "Til dato": "01.05.2024"},
    ),
)


def write(world: World) -> None:
    """Write both files for those the exports know."""
    _write_persons(world)
    _write_homes(world)


def _write_persons(world: World) -> None:
    who = np.flatnonzero(world.residents.known)
    table = persons(world, who)
    file = "gerica_brukere.csv"
    table = world.planted.into(table, *PERSON_FAULTS, file=file, table="recipients")
    with Delimited(world.exports / file) as out:
        out.write(table)


def persons(world: World, who: Numbers) -> pa.Table:
    """The vendor's columns."""
    people, residents = world.course.people, world.residents
    women, men, family = names()
    year = residents.born[who].astype("datetime64[Y]").astype(int) + 1970
    return pa.table(
        {
            "Fødselsnummer": world.persons(who),
            "Fornavn": pa.array([*women, *men]).take(pa.array(residents.given[who])),
            "Etternavn": pa.array(family).take(pa.array(residents.family[who])),
            "Adressesperre": _yes_no(residents.blocked[who]),
            "Fødselsår": pa.array(year),
            "Kjønn": pa.array(["M", "K"]).take(pa.array(people.female[who] + 0)),
            "Husstand": pa.array(["SAMMEN", "ALENE"]).take(pa.array(people.alone[who] + 0)),
            "Død dato": world.clock.dates(world.course.died[who]),
            "Flyttet dato": world.clock.dates(world.course.moved_out[who]),
        }
    )


def _yes_no(values: Bools) -> pa.Array:
    return pa.array(["N", "J"]).take(pa.array(values + 0))


def _write_homes(world: World) -> None:
    rows = world.residents.residences
    keep = world.residents.known[rows.person]
    table = pa.table(
        {
            "Fødselsnummer": world.persons(rows.person[keep]),
            "Enhet": world.unit_codes.take(pa.array(rows.unit[keep])),
            "Fra dato": world.clock.dates(rows.start[keep]),
            "Til dato": world.clock.dates(last_day(rows.end[keep])),
        }
    )
    file = "gerica_bosted.csv"
    table = world.planted.into(table, *HOME_FAULTS, file=file, table="residences")
    with Delimited(world.exports / file) as out:
        out.write(table)


def last_day(
    end: Numbers,
) -> Numbers:
    """The vendor writes the last day that counts; the course keeps the first that does not."""
    return np.where(end < NEVER, end - 1, NEVER)
