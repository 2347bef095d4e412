"""Who has which device, and when."""

from vft.tables.schema import ENDS_AFTER_START, Column, Kind, Table, ends_on, recipient, starts_on

TABLE = Table(
    name="device_assignments",
    title="Utplassering av utstyr",
    meaning=(
        "A device is installed with a recipient during the interval. A shared device has a row "
        "for each; role says whose alarms it sends."
    ),
    key=("device_id", "recipient_id", "starts_on"),
    columns=(
        Column(name="device_id", kind=Kind.CODE, title="Enhetens id", required=True),
        recipient(),
        Column(name="role", kind=Kind.CODE, title="Rolle", codes=("primary", "shared")),
        starts_on(),
        ends_on(),
    ),
    rules=(ENDS_AFTER_START,),
)
