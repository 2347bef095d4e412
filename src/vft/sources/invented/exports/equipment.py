"""``utstyrsliste.xlsx``: the suppliers' devices, two title rows above the header."""

import numpy as np
import pyarrow as pa

from vft.sources.invented import workbook
from vft.sources.invented.arrays import Numbers
from vft.sources.invented.config import NEVER
from vft.sources.invented.planted import DUPLICATE, Fault
from vft.sources.invented.registers import PRODUCTS, SERVICES
from vft.sources.invented.world import World, numbered

TITLES = ("Velferdsteknologi – utstyr i drift og på lager", "Uttrekk fra leverandørenes lister")
SHEET = "Utstyr"
FILE = "utstyrsliste.xlsx"

SERVICE_NAMES = {
    "TA": "Trygghetsalarm",
    "GPS": "GPS",
    "DMS": "Medisindispenser",
    "DT": "Digitalt tilsyn",
    "DHO": "Måling hjemme",
}

FAULTS = (
    DUPLICATE,
    Fault(name="unknown_service", rule="unknown_code", changes={"Tjeneste": "UKJENT"}),
    Fault(
        name="no_number",
        rule="not_an_identity",
        changes={"Bruker": "01819912345", "Medbruker": None},
        table="device_assignments",
    ),
)


def write(world: World) -> None:
    """Write the list. Devices the suppliers do not know of are left out."""
    table = table_of(world).filter(pa.array(world.devices.listed))
    table = world.planted.into(table, *FAULTS, file=FILE, table="devices", key="Utstyrsnr")
    workbook.write(world.exports / FILE, table, titles=TITLES, sheet=SHEET)


def table_of(world: World) -> pa.Table:
    """The vendor's columns; dates are dates, so that Excel shows them as such."""
    devices, cases = world.devices, world.cases
    product = np.array([len(PRODUCTS[s]) for s in SERVICES])
    place = (np.cumsum(product) - product)[devices.service] + devices.product
    every = [p for s in SERVICES for p in PRODUCTS[s]]
    stopped = devices.stop < NEVER
    return pa.table(
        {
            "Utstyrsnr": world.device_id,
            "Produkt": pa.array([p[0] for p in every]).take(pa.array(place)),
            "Leverandør": pa.array([p[1] for p in every]).take(pa.array(place)),
            "Serienr": numbered(np.arange(len(devices)) * 7919 % 99_999_989, "SN", width=8),
            "Tjeneste": pa.array([SERVICE_NAMES[s] for s in SERVICES]).take(
                pa.array(devices.service)
            ),
            "Anskaffet": _dates(world, devices.acquired),
            "Kassert": _dates(world, devices.retired),
            "Bruker": world.persons(_person(cases.person, devices.case)),
            "Utplassert": _dates(world, devices.start),
            "Hentet inn": _dates(world, devices.end),
            "Medbruker": world.persons(_person(cases.person, devices.shared_by)),
            "Medbruker fra": _dates(world, devices.shared_start),
            "Medbruker til": _dates(world, devices.shared_end),
            "Stans fra": _dates(world, devices.stop),
            "Stans til": _dates(world, devices.stop_end),
            "Stans årsak": pa.array(["Feil", "Pause"]).take(
                pa.array(devices.paused + 0, mask=~stopped)
            ),
        }
    )


def _person(person: Numbers, case: Numbers) -> Numbers:
    return np.where(case >= 0, person[case], -1)


def _dates(world: World, day: Numbers) -> pa.Array:
    """Date cells; empty for what has not happened when the list is drawn."""
    known = day < world.config.last_day
    return pa.array(world.clock.date(np.where(known, day, NEVER)).astype("datetime64[D]"))
