"""Where a recipient lives: what decides the unit she is counted in."""

from vft.tables.schema import ENDS_AFTER_START, Column, Kind, Table, ends_on, recipient, starts_on

TABLE = Table(
    name="residences",
    title="Bosted",
    meaning="A recipient lives in a unit, the finest one known, during an interval.",
    key=("recipient_id", "starts_on"),
    columns=(
        recipient(),
        Column(name="unit", kind=Kind.CODE, title="Enhet", required=True, refers_to="units.code"),
        starts_on(),
        ends_on(),
    ),
    rules=(ENDS_AFTER_START,),
)
