"""Falls and deviations."""

from vft.tables.schema import Column, Kind, Table, recipient

TABLE = Table(
    name="incidents",
    title="Hendelser og avvik",
    meaning="A registered incident. More of them can mean better detection.",
    key=("incident_id",),
    columns=(
        Column(name="incident_id", kind=Kind.CODE, title="Avviksnummer", required=True),
        recipient(required=False),
        Column(name="unit", kind=Kind.CODE, title="Enhet", refers_to="units.code"),
        Column(name="occurred_on", kind=Kind.DATE, title="Dato", required=True),
        Column(
            name="kind",
            kind=Kind.CODE,
            title="Type",
            required=True,
            codes=("fall", "medication", "technology", "other"),
        ),
        Column(
            name="severity", kind=Kind.CODE, title="Alvorlighet", codes=("low", "medium", "high")
        ),
    ),
)
