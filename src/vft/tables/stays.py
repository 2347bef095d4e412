"""Stays in an institution or a hospital."""

from vft.tables.schema import ENDS_AFTER_START, Column, Kind, Table, ends_on, recipient, starts_on

TABLE = Table(
    name="stays",
    title="Opphold",
    meaning="A recipient stays during the interval.",
    key=("stay_id",),
    columns=(
        Column(name="stay_id", kind=Kind.CODE, title="Oppholdsnummer", required=True),
        recipient(),
        Column(
            name="kind",
            kind=Kind.CODE,
            title="Type",
            required=True,
            codes=("short", "long", "hospital"),
        ),
        starts_on(),
        ends_on(),
    ),
    rules=(ENDS_AFTER_START,),
)
