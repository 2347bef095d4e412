"""When a device that is installed does not work."""

from vft.tables.schema import ENDS_AFTER_START, Column, Kind, Table, ends_on, starts_on

TABLE = Table(
    name="device_downtimes",
    title="Utstyr ute av drift",
    meaning="The device is paused or faulty during the interval.",
    key=("device_id", "starts_on"),
    columns=(
        Column(name="device_id", kind=Kind.CODE, title="Enhetens id", required=True),
        starts_on(),
        ends_on(),
        Column(
            name="reason", kind=Kind.CODE, title="Årsak", required=True, codes=("pause", "fault")
        ),
    ),
    rules=(ENDS_AFTER_START,),
)
